using System.Text.Json;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Cli.Tests;

public sealed class CommandTests : IDisposable
{
    private const string Report = "Envoys quarrel\n\nEden said “ it rained on the canal ”\nPineau said nothing of the kind had been agreed between the two governments , whatever the newspapers of Cairo might print\nNobody spoke\n";

    private readonly Session _session = new();

    public void Dispose() => _session.Dispose();

    [Theory]
    [InlineData("read", "text", "read.txt")]
    [InlineData("read", "json", "read.json")]
    [InlineData("read", "jsonl", "read.jsonl")]
    [InlineData("parse", "conllu", "parse.conllu")]
    [InlineData("parse", "json", "parse.json")]
    [InlineData("parse", "text", "parse.txt")]
    public async Task Prints_in_every_format(string command, string format, string approved)
    {
        var file = _session.Write("suez.txt", Report);
        Assert.Equal(0, await _session.RunAsync(command, file, "--format", format));
        Assert.Empty(_session.Error.ToString());
        Approved.Same(_session.Output.ToString(), approved);
    }

    [Theory]
    [InlineData("help.txt", "--help")]
    [InlineData("help-read.txt", "read", "--help")]
    [InlineData("help-view.txt", "view", "--help")]
    [InlineData("help-parse.txt", "parse", "--help")]
    public async Task Helps(string approved, params string[] arguments)
    {
        Assert.Equal(0, await _session.RunAsync(arguments));
        // The name of the process is the test's own, and the default of --threads is the machine's.
        Approved.Same(System.Text.RegularExpressions.Regex.Replace(_session.Output.ToString().Replace("Chancery.Cli.Tests", "chancery", StringComparison.Ordinal), @"\[default: \d+\]", "[default: N]").ReplaceLineEndings("\n"), approved);
    }

    [Fact]
    public async Task Reads_standard_input()
    {
        Assert.Equal(0, await _session.RunWithAsync("Eden said it rained", default, "read", "-", "--format", "jsonl"));
        using var json = JsonDocument.Parse(_session.Output.ToString());
        Assert.Equal("it rained", json.RootElement.GetProperty("statements")[0].GetProperty("text").GetString());
    }

    [Fact]
    public async Task Prints_documents_in_the_order_named_on_any_number_of_threads()
    {
        var names = Enumerable.Range(0, 60).Select(i => $"{i:d2}.txt").ToList();
        foreach (var name in names)
            _session.Write(name, string.Concat(Enumerable.Repeat("Eden said it rained\n", name[0] == '0' ? 400 : 1)));
        Assert.Equal(0, await _session.RunAsync("read", _session.Folder, "--format", "jsonl", "--threads", "8"));
        Assert.Equal(names, Ids().Select(id => id + ".txt"));
    }

    [Fact]
    public async Task Many_records_as_json_are_one_list()
    {
        _session.Write("a.txt", "Eden said no");
        _session.Write("b.txt", "Eden said yes");
        Assert.Equal(0, await _session.RunAsync("read", _session.Folder, "--format", "json"));
        using var json = JsonDocument.Parse(_session.Output.ToString());
        Assert.Equal(2, json.RootElement.GetArrayLength());
    }

    [Fact]
    public async Task One_bad_document_does_not_stop_the_rest()
    {
        _session.Write("a.txt", "Eden said no");
        _session.Write("b.txt", "\0\0\0");
        _session.Write("c.txt", "  ");
        _session.Write("d.txt", "Eden said yes");
        Assert.Equal(1, await _session.RunAsync("read", _session.Folder, "gone.txt", "--format", "jsonl"));
        Assert.Equal(["a", "d"], Ids());
        var problems = _session.Error.ToString();
        Assert.Contains("CH0101 gone.txt:", problems, StringComparison.Ordinal);
        Assert.Contains("CH0104 ", problems, StringComparison.Ordinal);
        Assert.Contains("CH0105 ", problems, StringComparison.Ordinal);
        Assert.Contains("3 could not be read, the others were.", problems, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_folder_without_texts_is_told()
    {
        Assert.Equal(1, await _session.RunAsync("read", _session.Folder));
        Assert.Contains("CH0106 ", _session.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("read")]
    [InlineData("read", "a.txt", "--format", "xml")]
    [InlineData("read", "a.txt", "--published", "yesterday")]
    [InlineData("read", "a.txt", "--published", "2024-13")]
    [InlineData("parse", "a.txt", "--threads", "0")]
    [InlineData("parse", "a.txt", "--threads", "many")]
    [InlineData("destroy")]
    public async Task A_command_that_is_mistyped_says_how_to_mend_it(params string[] arguments)
    {
        Assert.Equal(2, await _session.RunAsync(arguments));
        Assert.NotEmpty(_session.Error.ToString());
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("2024-04")]
    [InlineData("2024-04-10")]
    public async Task The_day_of_publication_goes_into_the_record(string day)
    {
        var file = _session.Write("a.txt", "Eden said no");
        Assert.Equal(0, await _session.RunAsync("read", file, "--published", day, "--format", "json"));
        using var json = JsonDocument.Parse(_session.Output.ToString());
        Assert.Equal(day, json.RootElement.GetProperty("document").GetProperty("published").GetString());
    }

    [Fact]
    public async Task Output_goes_to_the_file_named()
    {
        var (file, to) = (_session.Write("a.txt", "Eden said no"), Path.Combine(_session.Folder, "out.jsonl"));
        Assert.Equal(0, await _session.RunAsync("read", file, "--format", "jsonl", "-o", to));
        Assert.Empty(_session.Output.ToString());
        Assert.StartsWith("{\"schema\"", await File.ReadAllTextAsync(to), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_output_that_cannot_be_written_is_told()
    {
        var file = _session.Write("a.txt", "Eden said no");
        Assert.Equal(1, await _session.RunAsync("read", file, "-o", _session.Folder));
        Assert.StartsWith("CH0203 ", _session.Error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CH0202", false)]
    [InlineData("CH0201", true)]
    public async Task A_model_that_cannot_be_loaded_is_told(string code, bool there)
    {
        using var session = new Session { Models = null! };
        var file = session.Write("a.txt", "Eden said no");
        Assert.Equal(1, await session.RunAsync("read", file, "--model", there ? session.Folder : Path.Combine(session.Folder, "gone")));
        Assert.StartsWith(code + " ", session.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stops_when_cancelled()
    {
        using var cancellation = new CancellationTokenSource();
        using var session = new Session { Models = (_, _) => new Session.PlainModel { Reading = _ => cancellation.Cancel() } };
        foreach (var i in Enumerable.Range(0, 20))
            session.Write($"{i}.txt", "Eden said no");
        Assert.Equal(130, await session.RunWithAsync("", cancellation.Token, "read", session.Folder));
    }

    [Fact]
    public async Task Shows_progress_to_a_person_who_waits()
    {
        using var session = new Session { Progress = true, Models = (_, _) => new Session.PlainModel { Reading = _ => Thread.Sleep(60) } };
        foreach (var i in Enumerable.Range(0, 20))
            session.Write($"{i}.txt", "Eden said no");
        Assert.Equal(0, await session.RunAsync("read", session.Folder, "--format", "jsonl", "--threads", "1"));
        Assert.Contains(" of 20 documents", session.Error.ToString(), StringComparison.Ordinal);
    }

    private IEnumerable<string> Ids() => _session.Output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
    {
        using var json = JsonDocument.Parse(line);
        return json.RootElement.GetProperty("document").GetProperty("id").GetString()!;
    });

    [Fact]
    public async Task Dictionaries_become_tables_that_the_command_reads()
    {
        using var session = new Session();
        var dictionary = session.Write("actors.txt", "KARL_WEISS_ [AUTGOV 19110101-19120101]\n+KARL_WEISZ_\nODD_\n");
        var folder = Path.Combine(session.Folder, "mine");
        Assert.Equal(0, await session.RunAsync("lexicon", "import", dictionary, "--to", folder));
        Assert.Contains("line 3: 'ODD' has no code", session.Error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("lexicon", "show", "Karl Weisz", "--lexicon", folder));
        Assert.Contains("Karl Weiss: person, AUT, GOV", session.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, await session.RunAsync("lexicon", "import", dictionary, "--to", folder));
        Assert.Contains("CH0303", session.Error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explaining_goes_with_text_only()
    {
        using var session = new Session();
        var report = session.Write("a.txt", "Eden said yes");
        Assert.Equal(0, await session.RunAsync("read", report, "--explain"));
        Assert.Contains("because: who-said-what tags", session.Output.ToString(), StringComparison.Ordinal);
        Assert.Equal(2, await session.RunAsync("read", report, "--explain", "--format", "json"));
    }
}
