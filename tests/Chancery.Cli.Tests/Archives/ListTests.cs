using System.Text.Json;
using Ical.Net;
using Xunit;

namespace Chancery.Cli.Tests.Archives;

/// <summary>Every list in every format, with every filter, as an analyst types them.</summary>
public sealed class ListTests : IAsyncLifetime, IDisposable
{
    private static readonly string[] Views = ["timeline", "statements", "diary", "measures", "positions", "disputes"];

    private readonly Desk _desk = new();

    public async ValueTask InitializeAsync() => await _desk.DoAsync("add", _desk.Records("reports.jsonl", Desk.Reports()));

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _desk.Dispose();

    [Fact]
    public async Task Every_list_comes_in_every_format_with_as_many_entries()
    {
        string[] lists = [.. Views, "actors", "documents", "relations", "search lighthouse"];
        foreach (var list in lists.Select(l => l.Split(' ')))
        {
            var json = JsonDocument.Parse(await _desk.DoAsync([.. list, "--format", "json"])).RootElement.GetArrayLength();
            Assert.True(json > 0, $"{list[0]} is empty");
            Assert.Equal(json, Lines(await _desk.DoAsync([.. list, "--format", "jsonl"])));
            Assert.Equal(json + 1, Lines(await _desk.DoAsync([.. list, "--format", "tsv"])));
            Assert.Equal(json + 2, Lines(await _desk.DoAsync([.. list, "--format", "md"])));
            Assert.Contains("\r\n", await _desk.DoAsync([.. list, "--format", "csv"]), StringComparison.Ordinal);
            Assert.NotEmpty(await _desk.DoAsync(list));
            var parquet = Path.Combine(_desk.Folder, $"{list[0]}.parquet");
            await _desk.DoAsync([.. list, "--format", "parquet", "--output", parquet]);
            Assert.Equal("PAR1"u8.ToArray(), File.ReadAllBytes(parquet)[..4]);
        }
    }

    [Fact]
    public async Task Every_view_takes_every_filter()
    {
        (string Option, string[] Values)[] filters =
        [
            ("--actor", ["France"]), ("--with", ["Chile"]), ("--on", ["Chile"]), ("--word-of", ["Harbour Courier"]), ("--type", ["consult,sanction"]), ("--status", ["actual"]), ("--from", ["2024-04"]), ("--to", ["2024-05-02"]),
            ("--place", ["Beijing"]), ("--publisher", ["Lamp"]), ("--claimed", []), ("--own-voice", []), ("--contradicted", []),
        ];
        foreach (var view in Views)
        {
            var all = await CountAsync(view);
            foreach (var (option, values) in filters)
            {
                var answer = await _desk.RunAsync([view, option, .. values, "--format", "jsonl"]);
                // An issue, place or publisher that a view does not have is told.
                Assert.True(answer.Code == 0 || answer.Error.StartsWith("CH042", StringComparison.Ordinal), $"{view} {option}: {answer.Error}");
                Assert.InRange(Lines(answer.Output), 0, all);
            }
        }
        Assert.Equal(2, await CountAsync("timeline", "--type", "sanction"));
        Assert.Equal(1, await CountAsync("timeline", "--type", "sanction", "--claimed"));
        Assert.Equal(2, await CountAsync("measures", "--actor", "France", "--with", "Chile"));
        Assert.Equal(1, await CountAsync("diary", "--from", "2024-07"));
        Assert.Equal(1, await CountAsync("positions", "--on", "lighthouse"));
        Assert.Equal(1, await CountAsync("documents", "--publisher", "Lamp"));
        Assert.Equal(3, await CountAsync("documents", "--actor", "Chile", "--with", "France", "--from", "2024-05"));
        Assert.Equal(1, await CountAsync("actors", "--actor", "Marsh"));
    }

    [Fact]
    public async Task Words_are_looked_for_among_what_filters_let_through()
    {
        Assert.Equal(4, await CountAsync("search", "lighthouse"));
        Assert.Equal(2, await CountAsync("search", "lighthouse", "--publisher", "Lamp"));
        Assert.Equal(2, await CountAsync("search", "lighthouse", "--to", "2024-04"));
        Assert.Equal(1, await CountAsync("search", "lighthouse", "--type", "reject"));
        Assert.Equal(0, await CountAsync("search", "lighthouse", "--actor", "Rosa Quill", "--from", "2024-05"));
        Assert.Equal("CH0420", (await _desk.RunAsync("search", "lighthouse", "--actor", "Nobody Atall")).Error[..6]);
    }

    [Fact]
    public async Task Pages_come_one_after_the_other()
    {
        foreach (var view in Views)
        {
            var (seen, after) = (new List<string>(), (string?)null);
            do
            {
                var page = await _desk.RunAsync([view, "--limit", "1", "--format", "jsonl", .. after is null ? Array.Empty<string>() : ["--after", after]]);
                seen.Add(page.Output);
                after = page.Error.StartsWith("more: --after ", StringComparison.Ordinal) ? page.Error["more: --after ".Length..].Trim() : null;
            }
            while (after is not null);
            Assert.Equal(await _desk.DoAsync(view, "--format", "jsonl"), string.Concat(seen));
        }
        Assert.Equal(await CountAsync("actors"), await CountAsync("actors", "--limit", "2") + await CountAsync("actors", "--skip", "2"));
    }

    [Fact]
    public async Task Words_stand_under_entries_with_their_report_and_number()
    {
        foreach (var view in Views)
            Assert.Matches("(one|two|three|four) [es][0-9]: “", await _desk.DoAsync(view, "--evidence"));
    }

    [Fact]
    public async Task A_change_of_mind_is_told_in_order()
    {
        var table = await _desk.DoAsync("positions", "--actor", "Ion Vale", "--format", "tsv");
        Assert.Contains("supports 1 (2024-04-10)|opposes 1 (2024-05-02)", table, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(await _desk.DoAsync("positions", "--actor", "Ion Vale", "--format", "json"));
        var course = json.RootElement[0].GetProperty("course");
        Assert.Equal(["supports", "opposes"], course.EnumerateArray().Select(c => c.GetProperty("stance").GetString()));
        Assert.Equal(["2024-04-10", "2024-05-02"], course.EnumerateArray().Select(c => c.GetProperty("since").GetString()));
    }

    [Fact]
    public async Task Words_against_deeds_are_a_question_with_both_quotes()
    {
        using var json = JsonDocument.Parse(await _desk.DoAsync("disputes", "--type", "contradicted by deeds", "--format", "json"));
        var one = Assert.Single(json.RootElement.EnumerateArray());
        Assert.Equal("unilateral sanctions as unjust", one.GetProperty("claim").GetString());
        Assert.Contains("imposed sanctions on Chile", one.GetProperty("answer").GetString(), StringComparison.Ordinal);
        Assert.Equal(["four", "three"], one.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("document").GetString()!).Distinct().Order());
    }

    [Fact]
    public async Task Relations_are_plotted_by_month_and_of_a_period()
    {
        var plot = await _desk.DoAsync("relations", "--actor", "France", "--with", "Chile");
        Assert.Contains("France and Chile: 2 events", plot, StringComparison.Ordinal);
        Assert.Matches("2024-06 +█+│", plot);
        Assert.Contains("France and Chile: 1 events", await _desk.DoAsync("relations", "--actor", "France", "--with", "Chile", "--from", "2024-06"), StringComparison.Ordinal);
        Assert.Equal(1, await CountAsync("relations", "--from", "2024-06", "--to", "2024-06", "--actor", "France"));
        Assert.Equal(0, await CountAsync("relations", "--from", "2025"));
    }

    [Fact]
    public async Task The_diary_opens_as_a_calendar()
    {
        foreach (var command in new[] { new[] { "diary", "--format", "ics" }, ["export", "ics"] })
        {
            var events = Calendar.Load(await _desk.DoAsync(command))!.Events;
            Assert.Equal(2, events.Count);
            Assert.Equal(["CONFIRMED", "TENTATIVE"], events.Select(e => e.Status).Order());
        }
    }

    [Fact]
    public async Task The_brief_says_what_is_new_each_line_with_its_source()
    {
        var brief = await _desk.DoAsync("brief", "--since", "2024-04-01");
        Assert.Contains("## What happened", brief, StringComparison.Ordinal);
        Assert.Contains("[Harbour Courier, 2024-04-10, one]", brief, StringComparison.Ordinal);
        Assert.Contains("](<https://courier.example/1>)", brief, StringComparison.Ordinal);
        Assert.Contains("Do words and deeds part?", brief, StringComparison.Ordinal);
        Assert.All(brief.Split('\n').Where(l => l.StartsWith("- ", StringComparison.Ordinal)), l => Assert.Matches(@"\[[^\]]+\](\(<[^>]+>\))?$", l));
        var html = await _desk.DoAsync("brief", "--since", "2024-04-01", "--format", "html");
        Assert.Contains("<a href=\"https://courier.example/1\">", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Morning Lamp", await _desk.DoAsync("brief", "--since", "2024-04-01", "--actor", "Ada Marsh"), StringComparison.Ordinal);
        Assert.Equal(2, (await _desk.RunAsync("brief", "--since", "soon")).Code);
    }

    private async Task<int> CountAsync(params string[] arguments) => Lines(await _desk.DoAsync([.. arguments, "--format", "jsonl"]));

    private static int Lines(string text) => text.Count(c => c == '\n');
}
