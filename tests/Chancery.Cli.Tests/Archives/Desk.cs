using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Chancery.Archive.Tests;
using Chancery.Formats.Json;
using Chancery.Records;
using Xunit;

namespace Chancery.Cli.Tests.Archives;

/// <summary>An analyst's desk: an archive in a folder of its own, and the command over it.</summary>
internal sealed class Desk : IDisposable
{
    private readonly Session _session = new();

    public string Folder => _session.Folder;

    public string Archive => Path.Combine(Folder, "archive.db");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        _session.Dispose();
    }

    public string Write(string name, string text) => _session.Write(name, text);

    public string Write(string name, byte[] bytes)
    {
        var path = Write(name, "");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Reports with their records, as another archive exported them.</summary>
    public string Records(string name, params IEnumerable<ReportBuilder> reports)
    {
        var lines = new StringBuilder();
        foreach (var report in reports)
        {
            using var buffer = new MemoryStream();
            using (var json = new Utf8JsonWriter(buffer))
                RecordJson.Write(json, report.Record, withText: true);
            lines.Append(Encoding.UTF8.GetString(buffer.ToArray())).Append('\n');
        }
        return Write(name, lines.ToString());
    }

    /// <summary>Runs the command over the archive.</summary>
    public async Task<Answer> RunAsync(params string[] arguments)
    {
        using var session = new Session();
        var code = await session.RunAsync([.. arguments, "--archive", Archive]);
        return new(code, session.Output.ToString(), session.Error.ToString());
    }

    /// <summary>The same, which must go well.</summary>
    public async Task<string> DoAsync(params string[] arguments)
    {
        var answer = await RunAsync(arguments);
        Assert.True(answer.Code == 0, $"chancery {string.Join(' ', arguments)}: {answer.Code} {answer.Error}");
        return answer.Output;
    }

    /// <summary>Everything in the archive as one text.</summary>
    public Task<string> ExportAsync() => DoAsync("export", "jsonl");

    /// <summary>The command as a process of its own, over the archive, with the trained model.</summary>
    public Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo(
        "dotnet", [Path.Combine(AppContext.BaseDirectory, "Chancery.Cli.dll"), .. arguments, "--archive", Archive]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    /// <summary>What is expected of somebody who reads the reports of a desk: four publishers, a visit, sanctions, a denial, a change of mind.</summary>
    public static IEnumerable<ReportBuilder> Reports() =>
    [
        new ReportBuilder("one").By("Harbour Courier", "2024-04-10").At("https://courier.example/1").Titled("A visit")
            .Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", mode: "visit", place: new("Beijing", "CHN") { Latitude = 39.9, Longitude = 116.4 }, verb: "visited")
            .Says(Somebody.Vale, SpeechAct.Support, "the lighthouse treaty", Somebody.Marsh)
            .Says(Somebody.Quill, SpeechAct.Accuse, "France of hiding the ledger", Somebody.France).Says(Somebody.France, SpeechAct.Deny, "that a ledger was hidden").Linked(LinkKind.Denies, "s2", "s1"),
        new ReportBuilder("two").By("Morning Lamp", "2024-05-02")
            .Event("SANCTION", Somebody.France, Somebody.Chile, "2024-05-01", EventStatus.Planned, claimedBy: Somebody.Courier, verb: "will impose sanctions on")
            .Says(Somebody.Vale, SpeechAct.Reject, "the lighthouse treaty"),
        new ReportBuilder("three").By("Evening Bell", "2024-06-03")
            .Event("AID", Somebody.Romania, Somebody.Quill, "2024-06-02", place: new("Santiago", "CHL"), score: 7)
            .Event("CONSULT", Somebody.Vale, Somebody.Quill, "2024-07-01", EventStatus.Planned, mode: "meet", verb: "will meet")
            .Says(Somebody.France, SpeechAct.Criticise, "unilateral sanctions as unjust"),
        new ReportBuilder("four").By("Evening Bell", "2024-06-04")
            .Event("SANCTION", Somebody.France, Somebody.Chile, "2024-06-04", verb: "imposed sanctions on", score: -5),
    ];

    internal sealed record Answer(int Code, string Output, string Error);
}
