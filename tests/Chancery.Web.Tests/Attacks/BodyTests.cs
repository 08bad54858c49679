using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Chancery.Web.Serving;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Bodies, heads and connections that want to use the server up.</summary>
public class BodyTests(SampleServer samples)
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_that_are_too_large_are_refused_whether_they_say_so_or_not()
    {
        foreach (var (path, type, bytes) in new[] { ("/api/v1/documents", "application/json", 18 << 20), ("/api/v1/files", "multipart/form-data; boundary=x", 33 << 20), ("/mcp", "application/json", 2 << 20) })
        {
            foreach (var chunked in new[] { false, true })
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new Endless(bytes, chunked, path.EndsWith("files", StringComparison.Ordinal) ? "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n" : "{\"text\":\"") };
                request.Content.Headers.TryAddWithoutValidation("Content-Type", type);
                request.Headers.TryAddWithoutValidation("Accept", "application/json, text/event-stream");
                try
                {
                    using var answer = await samples.Http.SendAsync(request, Stop);
                    Assert.True(answer.StatusCode == HttpStatusCode.RequestEntityTooLarge, $"{path} {chunked}: {(int)answer.StatusCode}");
                }
                catch (HttpRequestException e) when (e.InnerException is IOException or SocketException)
                {
                    // The connection was closed before all was sent, as it should be.
                }
            }
        }
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{\"changes\":", "}")]
    public async Task JSON_that_is_too_deep_is_refused(string open, string close)
    {
        var json = string.Concat(Enumerable.Repeat(open, 10_000)) + "1" + string.Concat(Enumerable.Repeat(close, 10_000));
        foreach (var path in new[] { "/api/v1/documents", "/api/v1/documents/x/entries/e1/corrections" })
        {
            using var answer = await samples.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"), Stop);
            await ApiTests.IsProblemAsync(answer, 400, "CH0542", "JSON");
        }
    }

    [Theory]
    [InlineData("{\"text\":\"a\",\"text\":\"b\"}")]
    [InlineData("{\"text\":1}")]
    [InlineData("{\"text\":\"a\"} trailing")]
    [InlineData("{\"text\":\"\\ud800\"}")]
    [InlineData("{\"text\":\"a\",\"published\":\"2024-99-99\"}")]
    [InlineData("{\"text\":\"a\",\"__proto__\":{}}")]
    [InlineData("null")]
    [InlineData("\"text\"")]
    [InlineData("{")]
    [InlineData("")]
    public async Task JSON_of_another_shape_is_refused(string json)
    {
        using var answer = await samples.Http.PostAsync(new Uri("/api/v1/documents", UriKind.Relative), new StringContent(json, Encoding.UTF8, "application/json"), Stop);
        await ApiTests.IsProblemAsync(answer, 400, "CH0542", "");
    }

    [Fact]
    public async Task Files_that_burst_are_refused_and_told()
    {
        await using var server = await SampleServer.StartAsync(records: []);
        using var bomb = new MemoryStream();
        using (var pack = new System.IO.Compression.GZipStream(bomb, System.IO.Compression.CompressionLevel.SmallestSize, leaveOpen: true))
        {
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 1500; i++)
                pack.Write(zeros);
        }
        foreach (var (name, bytes) in new (string, byte[])[]
        {
            ("rows.jsonl.gz", bomb.ToArray()),
            ("deep.html", Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("<div>", 300_000)) + "x")),
            ("laughs.html", Encoding.UTF8.GetBytes("<?xml version=\"1.0\"?><!DOCTYPE l [<!ENTITY a \"ha\">" + string.Concat(Enumerable.Range(1, 30).Select(i => $"<!ENTITY a{i} \"&a{i - 1};&a{i - 1};\">")) + "]><rss><channel><title>&a30;</title></channel></rss>")),
            ("empty.txt", []),
            ("binary.txt", [0, 1, 2, 3, 0, 0, 0, 255, 254]),
        })
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(bytes), "file", name } };
            using var answer = await server.Http.PostAsync(new Uri("/api/v1/files", UriKind.Relative), form, Stop);
            if (answer.StatusCode == HttpStatusCode.BadRequest)
                continue;
            var job = await ApiTests.FinishedAsync(server.Client, await server.Client.GetJobAsync(answer.Headers.Location!.ToString().Split('/')[^1], Stop));
            Assert.True(job.Steps[0].Code != "CH0500", $"{name}: {job.State} {job.Steps[0].Code} {job.Steps[0].Detail}");
        }
        // Whatever was kept of them is no longer than it was.
        Assert.All((await server.Client.ListDocumentsAsync(cancellationToken: Stop)).Entries, d => Assert.True(server.Archive.TextOf(d.Key)!.Length < 10_000, d.Key));
    }

    [Fact]
    public async Task Heads_that_are_too_large_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info");
        request.Headers.TryAddWithoutValidation("X-Long", new string('a', 100_000));
        using var head = await samples.Http.SendAsync(request, Stop);
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, head.StatusCode);
        using var line = await samples.Http.GetAsync(new Uri("/api/v1/search?q=" + new string('a', 60_000), UriKind.Relative), Stop);
        Assert.True(line.StatusCode is HttpStatusCode.RequestUriTooLong or HttpStatusCode.BadRequest);
        using var value = await samples.Http.GetAsync(new Uri("/api/v1/search?q=" + new string('a', 301), UriKind.Relative), Stop);
        await ApiTests.IsProblemAsync(value, 400, "CH0540", "300");
    }

    [Fact]
    public async Task Slow_heads_and_bodies_are_cut_off_while_others_are_answered()
    {
        await using var server = await SampleServer.StartAsync(records: [SampleServer.Records[0]]);
        var watch = Stopwatch.StartNew();
        var slow = Enumerable.Range(0, 20).Select(i => DripAsync(server.Address, i % 2 == 0
            ? "GET /api/v1/info HTTP/1.1\r\nHost: localhost\r\nX-Slow: "
            : "POST /api/v1/documents HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n{\"text\":\"")).ToArray();
        using var answer = await server.Http.GetAsync(new Uri("/api/v1/info", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True(await Task.WhenAll(slow).WaitAsync(TimeSpan.FromMinutes(2), Stop) is { } ends && ends.All(e => e is "" or "408" or "400"));
        Assert.True(watch.Elapsed > TimeSpan.FromSeconds(5));
        Assert.Equal(1, (await server.Client.GetInfoAsync(Stop)).Documents);
    }

    [Fact]
    public async Task Regular_expressions_and_searches_take_no_long_time()
    {
        foreach (var words in new[] { new string('"', 299), string.Join(" OR ", Enumerable.Repeat("a*", 60)), new string('(', 300), "NEAR(a b, 1000000000)", "* * * *", "a AND NOT b:c", "\"unclosed", "{a}: ^b + c - d", "' UNION SELECT password FROM account --", "\0" })
        {
            var watch = Stopwatch.StartNew();
            using var answer = await samples.Http.GetAsync(new Uri("/api/v1/search?q=" + Uri.EscapeDataString(words), UriKind.Relative), Stop);
            Assert.True((int)answer.StatusCode is 200 or 400, $"{words}: {(int)answer.StatusCode}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(30));
        }
    }

    /// <summary>Sends a byte each half second; says with which status, if any, that ended.</summary>
    private static async Task<string> DripAsync(Uri address, string beginning)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, Stop);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning), Stop);
        var buffer = new byte[2048];
        var read = stream.ReadAsync(buffer, Stop).AsTask();
        try
        {
            while (!read.IsCompleted)
            {
                await stream.WriteAsync("a"u8.ToArray(), Stop);
                await Task.WhenAny(read, Task.Delay(500, Stop));
            }
            var answer = Encoding.ASCII.GetString(buffer, 0, await read);
            return answer.Length > 12 ? answer[9..12] : "";
        }
        catch (IOException)
        {
            return "";
        }
    }

    private sealed class Endless(int bytes, bool chunked, string beginning) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(beginning));
            var block = new byte[64 << 10];
            Array.Fill(block, (byte)'a');
            for (var left = bytes - beginning.Length; left > 0; left -= block.Length)
                await stream.WriteAsync(block.AsMemory(0, Math.Min(left, block.Length)));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes;
            return !chunked;
        }
    }
}
