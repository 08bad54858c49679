using System.Text.Json;
using Chancery.Archive.Tests;
using Chancery.Records;
using Xunit;

namespace Chancery.Cli.Tests.Archives;

/// <summary>What is kept: added again and again, corrected, exported and taken back, killed, shared.</summary>
public sealed class KeepTests : IDisposable
{
    private const string Report = "Ministers meet in Paris\n\nFrance and Germany signed a treaty in Paris on Monday. The French foreign minister said that the treaty was good for peace.\n";

    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task What_is_there_already_is_passed_over()
    {
        var file = _desk.Write("in/paris.txt", Report);
        Assert.StartsWith("1 added.", await _desk.DoAsync("add", file), StringComparison.Ordinal);
        var before = await _desk.ExportAsync();
        Assert.StartsWith("0 added, 1 there already.", await _desk.DoAsync("add", file, Path.GetDirectoryName(file)!), StringComparison.Ordinal);
        Assert.Equal(before, await _desk.ExportAsync());
    }

    [Theory]
    [InlineData("the same words", "Nothing of note happened at the crossing on Monday.", "Nothing of note happened at the crossing on Monday.", "https://two.example/2")]
    [InlineData("the same address", "The ferry sank on Monday near the old harbour with nobody on board, the captain said, and the owners want to raise it.",
        "Brought up to date: the ferry sank on Monday near the old harbour with nobody on board. The mayor of the town has since ordered that all of the boats of that company stay in port until each has been looked at by somebody who is not paid by it.", "https://one.example/1")]
    public async Task Reports_are_copies_of_one_by(string what, string one, string other, string address)
    {
        Assert.NotNull(what);
        var file = _desk.Write("rows.jsonl", JsonSerializer.Serialize(new { text = one, url = "https://one.example/1", date = "2024-04-01" }) + "\n" + JsonSerializer.Serialize(new { text = other, url = address, date = "2024-04-02" }) + "\n");
        Assert.StartsWith("1 added, 1 as copies.", await _desk.DoAsync("add", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_report_at_an_address_of_headlines_is_no_copy()
    {
        var file = _desk.Write("rows.jsonl", string.Concat(new[] { Report, "The ferry sank on Monday near the old harbour with nobody on board, the captain said, and the owners want to raise it." }
            .Select(t => JsonSerializer.Serialize(new { text = t, url = "https://one.example/", date = "2024-04-01" }) + "\n")));
        Assert.StartsWith("2 added.", await _desk.DoAsync("add", file), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_export_comes_back_as_an_equal_archive()
    {
        await _desk.DoAsync("add", _desk.Records("reports.jsonl", Desk.Reports()));
        await _desk.DoAsync("add", _desk.Write("french.txt", "Le ministre des affaires étrangères a rencontré son homologue allemand à Paris lundi, et les deux hommes ont signé un traité sur la frontière."));
        await CorrectAsync();
        var (lines, path) = (await _desk.ExportAsync(), Path.Combine(_desk.Folder, "out.jsonl"));
        await _desk.DoAsync("export", "jsonl", "--output", path);
        Assert.Equal(lines, File.ReadAllText(path));
        using var other = new Desk();
        await other.DoAsync("add", path);
        Assert.Equal(lines, await other.ExportAsync());
        foreach (var view in new[] { "timeline", "statements", "diary", "measures", "positions", "disputes", "actors", "documents", "relations" })
            Assert.Equal(Lines(view, await _desk.DoAsync(view, "--format", "csv")), Lines(view, await other.DoAsync(view, "--format", "csv")));
        await other.DoAsync("archive", "check");

        // Of actors that are in equally many reports, and of the two of a pair, he comes first who came first into the archive.
        static IEnumerable<string> Lines(string view, string table) => table.Split('\n').Select(l => view == "relations" ? InOrder(l.Split(',')) : l).Order(StringComparer.Ordinal);

        static string InOrder(string[] fields) => fields is [var key, var name, var other, var otherName, .. var rest] && string.CompareOrdinal(key, other) > 0
            ? string.Join(',', [other, otherName, key, name, .. rest]) : string.Join(',', fields);
    }

    [Fact]
    public async Task What_people_decide_is_shown_everywhere_and_goes_out_to_train_with()
    {
        await _desk.DoAsync("add", _desk.Records("reports.jsonl", Desk.Reports()));
        var key = await CorrectAsync();
        Assert.Contains("confirmed", await _desk.DoAsync("timeline", "--actor", "Ada Marsh"), StringComparison.Ordinal);
        Assert.Contains("\"corrected\":\"confirmed\"", await _desk.DoAsync("diary", "--format", "jsonl"), StringComparison.Ordinal);
        Assert.Contains("(confirmed by a person)", await _desk.DoAsync("brief", "--since", "2024-04-01"), StringComparison.Ordinal);
        Assert.DoesNotContain("hiding the ledger", await _desk.DoAsync("statements", "--format", "csv"), StringComparison.Ordinal);
        var folder = Path.Combine(_desk.Folder, "tables");
        await _desk.DoAsync("export", "csv", "--output", folder);
        Assert.Contains(",confirmed\r\n", File.ReadAllText(Path.Combine(folder, "events.csv")), StringComparison.Ordinal);
        Assert.Contains(",edited\r\n", File.ReadAllText(Path.Combine(folder, "statements.csv")), StringComparison.Ordinal);
        using var training = JsonDocument.Parse(await _desk.DoAsync("export", "corrections"));
        Assert.Equal(key, training.RootElement.GetProperty("document").GetString());
        Assert.Equal(["confirm", "edit", "reject"], training.RootElement.GetProperty("corrections").EnumerateArray().Select(c => c.GetProperty("action").GetString()).Order());
        Assert.All(training.RootElement.GetProperty("corrections").EnumerateArray(), c => Assert.True(c.TryGetProperty("sentence", out _) || c.TryGetProperty("content", out _)));
        await _desk.DoAsync("archive", "check");
    }

    [Fact]
    public async Task Every_export_is_written()
    {
        await _desk.DoAsync("add", _desk.Records("reports.jsonl", Desk.Reports()));
        foreach (var format in new[] { "jsonl", "ics", "graphml", "gexf", "polecat", "icews", "gdelt", "gdelt-mentions", "ftm" })
            Assert.NotEmpty(await _desk.DoAsync("export", format));
        foreach (var format in new[] { "csv", "parquet" })
        {
            var folder = Path.Combine(_desk.Folder, format);
            await _desk.DoAsync("export", format, "--output", folder);
            Assert.Equal(["actors", "datapackage", "documents", "events", "links", "statements"], Directory.EnumerateFiles(folder).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal));
            Assert.StartsWith("CH0410", (await _desk.RunAsync("export", format, "--output", folder)).Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Backups_and_forgetting()
    {
        await _desk.DoAsync("add", _desk.Records("reports.jsonl", Desk.Reports()));
        await _desk.DoAsync("archive", "backup", Path.Combine(_desk.Folder, "copy.db"));
        const string Key = "two";
        await _desk.DoAsync("archive", "forget", Key);
        Assert.DoesNotContain("Morning Lamp", await _desk.ExportAsync(), StringComparison.Ordinal);
        Assert.StartsWith("CH0423", (await _desk.RunAsync("archive", "forget", Key)).Error, StringComparison.Ordinal);
        Assert.Contains("3 documents", await _desk.DoAsync("archive", "info"), StringComparison.Ordinal);
        await _desk.DoAsync("archive", "check");
    }

    [Fact]
    public async Task Killed_at_any_moment_it_goes_on_and_the_archive_is_that_of_an_undisturbed_run()
    {
        const int Documents = 12;
        var folder = Path.GetDirectoryName(_desk.Write("in/none.csv", "text\n"))!;
        for (var i = 0; i < Documents; i++)
            _desk.Write($"in/report{i}.txt", $"Report {i}\n\n{string.Join(' ', Enumerable.Range(0, 20).Select(n => $"word{i}x{n}"))}.\n\nFrance and Germany signed a treaty in Paris on Monday. The French foreign minister said that the treaty was good for peace.\n");
        using var undisturbed = new Desk();
        using (var process = undisturbed.Start("add", folder))
            await EndAsync(process);
        // Before the first document, between two, and when all are in and views are merged.
        foreach (var moment in new[] { 0, 1, 5, Documents })
        {
            using var process = _desk.Start("add", folder);
            while (!process.HasExited && DocumentsIn(_desk.Archive) < moment)
                await Task.Delay(2, TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (File.Exists(_desk.Archive))
                await _desk.DoAsync("archive", "check");
        }
        using (var process = _desk.Start("add", folder))
            await EndAsync(process);
        Assert.Equal(await undisturbed.ExportAsync(), await _desk.ExportAsync());
        Assert.Equal(await undisturbed.DoAsync("timeline", "--format", "csv"), await _desk.DoAsync("timeline", "--format", "csv"));
        await _desk.DoAsync("archive", "check");
    }

    [Fact]
    public async Task Two_processes_add_the_same_at_once_and_nothing_is_lost_or_twice()
    {
        var file = _desk.Records("reports.jsonl", Enumerable.Range(0, 60).Select(i => new ReportBuilder($"r{i}").By("Harbour Courier").Event("CONSULT", Somebody.Marsh, Somebody.Vale, $"2024-04-{(i % 28) + 1:d2}").Says(Somebody.Vale, SpeechAct.Support, $"treaty {i}")));
        using (var one = _desk.Start("add", file))
        using (var other = _desk.Start("add", file))
            await Task.WhenAll(EndAsync(one), EndAsync(other));
        using var alone = new Desk();
        await alone.DoAsync("add", file);
        Assert.Equal(await alone.ExportAsync(), await _desk.ExportAsync());
        foreach (var view in new[] { "timeline", "statements", "diary", "positions" })
            Assert.Equal(Sorted(await alone.DoAsync(view, "--format", "csv", "--limit", "1000")), Sorted(await _desk.DoAsync(view, "--format", "csv", "--limit", "1000")));
        await _desk.DoAsync("archive", "check");

        static IEnumerable<string> Sorted(string lines) => lines.Split("\r\n").Order(StringComparer.Ordinal);
    }

    private async Task<string> CorrectAsync()
    {
        // What was exported keeps its key.
        const string Key = "one";
        await _desk.DoAsync("correct", "confirm", Key, "e0", "--by", "Iris", "--note", "seen the cable");
        await _desk.DoAsync("correct", "edit", Key, "s0", "--by", "Iris", "--set", "act=praise");
        await _desk.DoAsync("correct", "reject", Key, "s1", "--by", "Otto");
        return Key;
    }

    private static long DocumentsIn(string archive)
    {
        try
        {
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={archive};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT count(*) FROM document";
            return (long)command.ExecuteScalar()!;
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            return -1;
        }
    }

    private static async Task EndAsync(System.Diagnostics.Process process)
    {
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"{process.ExitCode}: {await output}{await error}");
    }
}
