using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit;

namespace Chancery.Cli.Tests.Archives;

/// <summary>What is no report is told with file and mend, and never stops or harms what is.</summary>
public sealed class BadInputTests : IDisposable
{
    private const string Good = "Ministers meet in Paris\n\nFrance and Germany signed a treaty in Paris on Monday. The French foreign minister said that the treaty was good for peace.\n";

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    private static byte[] Text(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Bad(string what) => what switch
    {
        "empty" => [],
        "blank" => Text("  \n\n "),
        "binary" => [0x7F, 0x45, 0x4C, 0x46, 0, 0, 1, 2, 0, 0, 3, 0, 0xFF, 0xFE, 0, 0],
        "UTF-16 without its mark" => Encoding.Unicode.GetBytes(Good),
        "deep" => Text($"<html><body>{string.Concat(Enumerable.Repeat("<div>", 100_000))}x"),
        "wide" => Text($"<html><body><article>{string.Concat(Enumerable.Repeat("<p>one two", 200_000))}"),
        "entities" => Text("<?xml version=\"1.0\"?><!DOCTYPE html [<!ENTITY a \"aaaaaaaaaa\">" + string.Concat(Enumerable.Range(1, 9).Select(i => $"<!ENTITY {(char)('a' + i)} \"{string.Concat(Enumerable.Repeat($"&{(char)('a' + i - 1)};", 10))}\">"))
            + "]><html><body><p>&j;&j;</p></body></html>"),
        "damaged" => Text("%PDF-1.4\n1 0 obj\n<< /Type /Catalog garbage"),
        "locked" => Locked(),
        "packed and damaged" => [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF],
        _ => throw new ArgumentOutOfRangeException(nameof(what)),
    };

    private static byte[] Locked()
    {
        var (file, offsets) = (new StringBuilder("%PDF-1.4\n"), new List<int>());
        string[] objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200] >>", $"<< /Filter /Standard /V 1 /R 2 /O <{new string('A', 64)}> /U <{new string('B', 64)}> /P -4 >>"];
        for (var i = 0; i < objects.Length; i++)
        {
            offsets.Add(file.Length);
            file.Append($"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }
        var start = file.Length;
        file.Append("xref\n0 5\n0000000000 65535 f \n");
        foreach (var offset in offsets)
            file.Append($"{offset:0000000000} 00000 n \n");
        return Encoding.Latin1.GetBytes(file.Append($"trailer\n<< /Size 5 /Root 1 0 R /Encrypt 4 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>] >>\nstartxref\n{start}\n%%EOF\n").ToString());
    }

    [Theory]
    [InlineData("empty", "a.txt", "CH0105")]
    [InlineData("blank", "a.txt", "CH0105")]
    [InlineData("binary", "a.txt", "CH0310")]
    [InlineData("UTF-16 without its mark", "a.txt", "CH0310")]
    [InlineData("deep", "a.html", "CH0320")]
    [InlineData("wide", "a.html", "CH0320")]
    [InlineData("entities", "a.html", "CH0321")]
    [InlineData("damaged", "a.pdf", "CH0331")]
    [InlineData("locked", "a.pdf", "CH0330")]
    [InlineData("packed and damaged", "a.txt.gz", "CH0316")]
    public async Task One_bad_file_is_told_and_the_others_are_added(string what, string name, string code)
    {
        var bad = _desk.Write($"in/{name}", Bad(what));
        _desk.Write("in/good.txt", Good);
        var answer = await _desk.RunAsync("add", Path.Combine(_desk.Folder, "in"));
        Assert.Equal(1, answer.Code);
        Assert.StartsWith($"{code} {bad}: ", answer.Error, StringComparison.Ordinal);
        Assert.Matches("[;,] [a-z][^;]+\\.", answer.Error);
        Assert.StartsWith("1 added, 1 could not be read.", answer.Output, StringComparison.Ordinal);
        await _desk.DoAsync("archive", "check");
    }

    [Theory]
    [InlineData("long.txt", "CH0103")]
    [InlineData("long.jsonl", "CH0311")]
    [InlineData("long.csv", "CH0311")]
    public async Task Two_hundred_megabytes_of_one_line_are_told_in_little_memory(string name, string code)
    {
        var path = _desk.Write($"in/{name}", name.EndsWith("csv", StringComparison.Ordinal) ? "text,date\n" : "");
        using (var to = new FileStream(path, FileMode.Append))
        {
            var megabyte = Text(new string('a', 1 << 20));
            for (var i = 0; i < 200; i++)
                to.Write(megabyte);
        }
        _desk.Write("in/good.txt", Good);
        var answer = await _desk.RunAsync("add", Path.Combine(_desk.Folder, "in"));
        Assert.StartsWith($"{code} {path}: ", answer.Error, StringComparison.Ordinal);
        Assert.StartsWith("1 added, 1 could not be read.", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_encodings_are_read_as_what_they_are()
    {
        _desk.Write("in/latin.txt", Encoding.Latin1.GetBytes("The mayor of Besançon met the president of the café owners on Monday, and both said that the talks were useful."));
        _desk.Write("in/marked.txt", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Good)]);
        Assert.StartsWith("2 added.", await _desk.DoAsync("add", Path.Combine(_desk.Folder, "in")), StringComparison.Ordinal);
        Assert.Contains("Besançon", await _desk.ExportAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bad_rows_are_told_by_their_line()
    {
        var file = _desk.Write("rows.jsonl", "{\"text\":\"France met Germany in Paris on Monday.\"}\n{no json}\n{\"title\":\"no text\"}\n{\"schema\":\"chancery/record/9\",\"document\":{}}\n{\"text\":\"Russia sent troops to Poland on Tuesday.\"}\n");
        var answer = await _desk.RunAsync("add", file);
        Assert.Equal(["CH0312", "CH0313", "CH0428"], answer.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l[..6]).Order(StringComparer.Ordinal));
        Assert.Contains("line 2", answer.Error, StringComparison.Ordinal);
        Assert.StartsWith("2 added, 3 could not be read.", answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("this is no feed", "CH0350")]
    [InlineData("<html><head><title>Not found</title></head><body><p>Gone.</p></body></html>", "CH0351")]
    [InlineData("<?xml version=\"1.0\"?><recipe/>", "CH0352")]
    [InlineData("<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a \"aaaa\">]><rss version=\"2.0\"><channel><title>&a;</title></channel></rss>", "CH0354")]
    public async Task What_is_no_feed_is_told_and_watching_goes_on(string body, string code)
    {
        using var server = new OneAnswer(body);
        _desk.Write("in/good.txt", Good);
        var answer = await _desk.RunAsync("watch", server.Address, Path.Combine(_desk.Folder, "in"), "--once", "--allow-private");
        Assert.Equal(1, answer.Code);
        Assert.Contains($"{code} {server.Address}", answer.Error, StringComparison.Ordinal);
        Assert.Contains("1 added.", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_feed_is_watched_and_what_was_seen_is_not_added_again()
    {
        using var server = new OneAnswer("<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Wire</title><item><guid>1</guid><title>Ministers meet</title><description>France and Germany signed a treaty in Paris on Monday, and the French foreign minister said that it was good for peace.</description><pubDate>Mon, 08 Apr 2024 10:00:00 GMT</pubDate></item></channel></rss>");
        Assert.Contains("1 added.", await _desk.DoAsync("watch", server.Address, "--once", "--feed-only", "--allow-private"), StringComparison.Ordinal);
        Assert.Equal("", await _desk.DoAsync("watch", server.Address, "--once", "--feed-only", "--allow-private"));
        Assert.Contains("2024-04-08\tThe Wire\tMinisters meet", await _desk.DoAsync("documents", "--format", "tsv"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_archive_of_a_newer_version_is_told_by_every_command()
    {
        await _desk.DoAsync("add", _desk.Write("good.txt", Good));
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={_desk.Archive};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 9999";
            command.ExecuteNonQuery();
        }
        string[][] commands = [["add", "good.txt"], ["timeline"], ["search", "treaty"], ["brief"], ["export", "jsonl"], ["archive", "info"], ["archive", "check"], ["correct", "confirm", "a", "e1"]];
        foreach (var command in commands)
        {
            var answer = await _desk.RunAsync(command);
            Assert.Equal(1, answer.Code);
            Assert.StartsWith($"CH0404 {_desk.Archive}: made by a newer Chancery", answer.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Where_there_is_no_archive_lists_say_what_to_do()
    {
        var answer = await _desk.RunAsync("timeline");
        Assert.Equal(1, answer.Code);
        Assert.StartsWith("CH0402", answer.Error, StringComparison.Ordinal);
        Assert.Contains("chancery add", answer.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(_desk.Archive));
    }

    /// <summary>A server on this machine that answers everything with the same words.</summary>
    private sealed class OneAnswer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly byte[] _answer;

        public OneAnswer(string body)
        {
            _answer = Text($"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\nConnection: close\r\n\r\n{body}");
            _listener.Start();
            _ = AnswerAsync();
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/feed";

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync();
                    var stream = client.GetStream();
                    var asked = new byte[8192];
                    var read = await stream.ReadAsync(asked);
                    // Rules for robots there are none.
                    await stream.WriteAsync(Encoding.ASCII.GetString(asked, 0, read).Contains("/robots.txt", StringComparison.Ordinal) ? "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray() : _answer);
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
