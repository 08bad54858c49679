using Chancery.Records;
using CsCheck;
using Xunit;

namespace Chancery.Archive.Tests;

public sealed class SqliteFilterTests() : FilterTests(new SqlitePlace());

/// <summary>Filters find what they say and nothing else; pages give every entry once.</summary>
public abstract class FilterTests(ArchivePlace place) : ArchiveTests(place)
{
    private Archive Filled() => Fill(
        Place.Make(),
        new ReportBuilder("one").By("Harbour Courier", "2024-04-10").At("https://courier.example/1")
            .Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", mode: "visit", place: new("Beijing", "CHN") { Latitude = 39.9, Longitude = 116.4 }, verb: "visited")
            .Says(Somebody.Vale, SpeechAct.Praise, "the lighthouse treaty was fine", Somebody.Marsh)
            .Says(Somebody.Quill, SpeechAct.Criticise, "secondary sanctions hurt the harbour"),
        new ReportBuilder("two").By("Morning Lamp", "2024-05-02")
            .Event("SANCTION", Somebody.France, Somebody.Chile, "2024-05-01", EventStatus.Planned, claimedBy: Somebody.Courier, verb: "will impose sanctions on"),
        new ReportBuilder("three").By("Evening Bell", "2024-06-03")
            .Event("AID", Somebody.Romania, Somebody.Quill, "2024-06-02", place: new("Santiago", "CHL"), score: 7));

    private static ArchiveFilter Of(string option, string value) => option switch
    {
        "--actor" => new() { Actor = value },
        "--with" => new() { With = value },
        "--on" => new() { On = value },
        "--word-of" => new() { WordOf = value },
        "--type" => new() { Kinds = value.Split(',') },
        "--status" => new() { Statuses = value.Split(',') },
        "--from" => new() { From = Edtf.Days(value)!.Value.First },
        "--to" => new() { To = Edtf.Days(value)!.Value.Last },
        "--place" => new() { Place = value },
        "--publisher" => new() { Publisher = value },
        "--claimed" => new() { Claimed = true },
        "--own-voice" => new() { Claimed = false },
        _ => throw new ArgumentOutOfRangeException(nameof(option)),
    };

    [Theory]
    [InlineData("--actor", "Ada Marsh", "CONSULT")]
    [InlineData("--actor", "ada marsh", "CONSULT")]
    [InlineData("--actor", "Mars", "CONSULT")]
    [InlineData("--actor", "person|ada marsh|FRA", "CONSULT")]
    [InlineData("--actor", "France", "CONSULT SANCTION")]
    [InlineData("--actor", "FRA", "CONSULT SANCTION")]
    [InlineData("--actor", "French", "CONSULT SANCTION")]
    [InlineData("--actor", "Chile", "AID SANCTION")]
    [InlineData("--with", "Romania", "AID CONSULT")]
    [InlineData("--on", "Chile", "AID SANCTION")]
    [InlineData("--on", "Ion Vale", "CONSULT")]
    [InlineData("--on", "France", "")]
    [InlineData("--word-of", "Harbour Courier", "SANCTION")]
    [InlineData("--type", "CONSULT", "CONSULT")]
    [InlineData("--type", "consult,aid", "AID CONSULT")]
    [InlineData("--type", "ASSAULT", "")]
    [InlineData("--status", "planned", "SANCTION")]
    [InlineData("--status", "Actual,planned", "AID CONSULT SANCTION")]
    [InlineData("--status", "negated", "")]
    [InlineData("--from", "2024-05", "AID SANCTION")]
    [InlineData("--from", "2024-05-02", "AID")]
    [InlineData("--to", "2024-04-08", "CONSULT")]
    [InlineData("--to", "2024-05", "CONSULT SANCTION")]
    [InlineData("--place", "Beijing", "CONSULT")]
    [InlineData("--place", "beij", "CONSULT")]
    [InlineData("--place", "CHL", "AID")]
    [InlineData("--place", "USA", "")]
    [InlineData("--publisher", "Lamp", "SANCTION")]
    [InlineData("--claimed", "", "SANCTION")]
    [InlineData("--own-voice", "", "AID CONSULT")]
    public void Each_filter_finds_what_it_says(string option, string value, string found) =>
        Assert.Equal(found, string.Join(' ', All(Filled(), ArchiveView.Timeline, Of(option, value)).Select(e => e.Kind).Order(StringComparer.Ordinal)));

    [Fact]
    public void Filters_narrow_each_other()
    {
        var archive = Filled();
        Assert.Equal("CONSULT", Assert.Single(All(archive, ArchiveView.Timeline, new() { Actor = "France", With = "Romania" })).Kind);
        Assert.Empty(All(archive, ArchiveView.Timeline, new() { Actor = "France", With = "Romania", Kinds = ["AID"] }));
        Assert.Equal("AID", Assert.Single(All(archive, ArchiveView.Timeline, new() { Actor = "Romania", From = new(2024, 6, 1), Claimed = false, Publisher = "Evening Bell" })).Kind);
    }

    [Fact]
    public void Filters_go_for_every_view()
    {
        var archive = Filled();
        Assert.Equal("praise", Assert.Single(All(archive, ArchiveView.Statements, new() { On = "Ada Marsh" })).Kind);
        Assert.Equal("criticise", Assert.Single(All(archive, ArchiveView.Statements, new() { Kinds = ["Criticise"] })).Kind);
        Assert.Equal("visit", Assert.Single(All(archive, ArchiveView.Diary, new() { Kinds = ["visit"], Place = "CHN" })).Kind);
        Assert.Equal("announced", Assert.Single(All(archive, ArchiveView.Measures, new() { On = "Chile", Statuses = ["announced"] })).Status);
        Assert.Equal("Rosa Quill", Assert.Single(Assert.Single(All(archive, ArchiveView.Positions, new() { On = "sanctions", Statuses = ["opposes"] })).Who).Name);
    }

    [Theory]
    [InlineData("--actor", "Nobody Atall", "CH0420")]
    [InlineData("--with", "Nobody Atall", "CH0420")]
    [InlineData("--on", "Nobody Atall", "CH0420")]
    [InlineData("--word-of", "Nobody Atall", "CH0420")]
    [InlineData("--place", "Nowhere", "CH0421")]
    [InlineData("--publisher", "No Paper", "CH0421")]
    [InlineData("--actor", "%", "CH0420")]
    [InlineData("--actor", "_", "CH0420")]
    [InlineData("--actor", "'; DROP TABLE document; --", "CH0420")]
    [InlineData("--place", "\\", "CH0421")]
    public void A_name_that_nobody_has_is_told(string option, string value, string code)
    {
        var told = Assert.Throws<ArchiveException>(() => All(Filled(), ArchiveView.Timeline, Of(option, value)));
        Assert.Equal(code, told.Code);
        Assert.StartsWith(value + ":", told.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_issue_that_nobody_speaks_of_is_told() =>
        Assert.Equal("CH0421", Assert.Throws<ArchiveException>(() => All(Filled(), ArchiveView.Positions, new() { On = "unicorns" })).Code);

    [Theory]
    [InlineData("x")]
    [InlineData("1")]
    [InlineData("1.2.3")]
    [InlineData("-1.5")]
    [InlineData("99999999999.1")]
    [InlineData("")]
    public void What_is_no_end_of_a_page_is_told(string after) =>
        Assert.Equal("CH0422", Assert.Throws<ArchiveException>(() => Filled().Entries(ArchiveView.Timeline, new() { After = after })).Code);

    [Fact]
    public void Documents_actors_and_relations_are_listed_by_what_is_asked()
    {
        var archive = Filled();
        Assert.Equal(3, archive.Documents(new()).Count);
        Assert.Equal("Evening Bell", archive.Documents(new() { Limit = 1 })[0].Publisher);
        Assert.Equal("Morning Lamp", Assert.Single(archive.Documents(new() { Limit = 1 }, skip: 1)).Publisher);
        Assert.Equal("https://courier.example/1", Assert.Single(archive.Documents(new() { Publisher = "Harbour Courier" })).Url);
        Assert.Equal(2, archive.Documents(new() { From = new(2024, 5, 1) }).Count);
        Assert.Single(archive.Documents(new() { To = new(2024, 4, 30) }));
        Assert.Equal(2, archive.Documents(new() { Actor = "Rosa Quill" }).Count);
        Assert.Equal(2, archive.Documents(new() { Actor = "France" }).Count);
        Assert.Equal(["Rosa Quill"], archive.Actors("quill", 5).Select(a => a.Name));
        Assert.Equal(["Ada Marsh", "France"], archive.Actors("France", 5).Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["foreign minister"], archive.Actors("Ada Marsh", 5)[0].Offices);
        Assert.Empty(archive.Actors("Nobody Atall", 5));
        Assert.Equal(7, Assert.Single(archive.Relations("Romania", null, 10)).Sum);
        Assert.Equal("Romania", Assert.Single(archive.Relations("Romania", "Rosa Quill", 10)).One.Name);
        Assert.Equal("CH0420", Assert.Throws<ArchiveException>(() => archive.Relations("Nobody Atall", null, 10)).Code);
    }

    [Fact]
    public void What_is_new_since_a_day_is_first_what_most_report()
    {
        var archive = Filled();
        Fill(archive, new ReportBuilder("again").By("Dawn Post", "2024-06-04").Event("AID", Somebody.Romania, Somebody.Quill, "2024-06-02").Event("AGREE", Somebody.Chile, Somebody.Vale));
        Assert.Equal(["AID", "AGREE", "SANCTION"], archive.Reported(ArchiveView.Timeline, new(2024, 5, 1), 10).Select(e => e.Kind));
        Assert.Equal(["AID"], archive.Reported(ArchiveView.Timeline, new(2024, 5, 1), 1).Select(e => e.Kind));
        Assert.Empty(archive.Reported(ArchiveView.Timeline, new(2024, 6, 5), 10));
    }

    private static readonly Somebody[] Cast = [Somebody.Marsh, Somebody.Vale, Somebody.Quill, Somebody.France, Somebody.Romania, Somebody.Chile];

    // Few days and many entries, so that pages end within a day.
    private static readonly Gen<ReportBuilder> AnyReport = Gen.Select(Gen.Int[0, 100_000], Gen.Select(Gen.Int[0, 5], Gen.Int[0, 5], Gen.Int[1, 3], Gen.OneOf("AID", "CONSULT", "ASSAULT")).Array[1, 5], (id, events) =>
    {
        var report = new ReportBuilder($"r{id}").By($"Paper {id % 3}", "2024-04-05");
        foreach (var (who, whom, day, type) in events)
            report.Event(type, Cast[who], Cast[whom], $"2024-04-0{day}");
        return report;
    });

    private static readonly ArchiveFilter[] Filters =
        [new(), new() { Kinds = ["AID", "CONSULT"] }, new() { Actor = "France", Kinds = ["AID"] }, new() { From = new(2024, 4, 2), Actor = "Romania" }];

    private int _made;

    [Fact]
    public void Pages_give_every_entry_once_also_while_reports_come_in() => Gen.Select(AnyReport.Array[1, 8], AnyReport.Array[0, 4], Gen.Int[0, 3].Select(i => Filters[i]), Gen.Int[1, 4]).Sample(
        (reports, later, filter, limit) =>
        {
            var archive = Fill(Place.Make($"pages{Interlocked.Increment(ref _made)}"), reports);
            // What is reported once more is no new entry, and must be met all the same.
            var coming = new Queue<ReportBuilder>(later.Concat(reports.Select((r, i) => Again(r, i))));
            List<long> wanted, met = [];
            try
            {
                wanted = [.. All(archive, ArchiveView.Timeline, filter).Select(e => e.Id)];
            }
            catch (ArchiveException e) when (e.Code == "CH0420")
            {
                return;
            }
            string? after = null;
            do
            {
                var page = archive.Entries(ArchiveView.Timeline, filter with { Limit = limit, After = after }, evidence: 0);
                Assert.InRange(page.Entries.Count, 0, limit);
                met.AddRange(page.Entries.Select(e => e.Id));
                after = page.Next;
                if (coming.TryDequeue(out var report))
                    Fill(archive, report);
            }
            while (after is not null);
            Assert.Equal(met.Count, met.Distinct().Count());
            Assert.Empty(wanted.Except(met));
        },
        iter: 40, threads: 1);

    private static ReportBuilder Again(ReportBuilder report, int number)
    {
        var again = new ReportBuilder($"again{number}").By("Late Paper", "2024-04-05");
        foreach (var one in report.Record.Events)
            again.Event(one.Type, Cast.First(c => c.Name == report.Record.Actors.First(a => a.Id == one.Source[0]).Name), Cast.First(c => c.Name == report.Record.Actors.First(a => a.Id == one.Target[0]).Name), one.Date!.Edtf);
        return again;
    }

    [Fact]
    public void Whatever_is_looked_for_gives_an_answer() => Gen.Frequency((3, Gen.String[Gen.Char["ab \"*OR()-+:^{}'\0é日"], 0, 20]), (1, Gen.OneOf("OR", "a OR", "OR OR", "a OR OR b", "\"", "\"\"", "NEAR(a b)", "title:x", "a*b*", "-")), (1, Gen.String)).Sample(
        words =>
        {
            try
            {
                _words ??= Filled();
                _words.Search(words, 3);
            }
            catch (ArchiveException e) when (e.Code == "CH0426")
            {
                Assert.DoesNotContain(words, char.IsAsciiLetter);
            }
        },
        iter: 2000, threads: 1);

    private Archive? _words;
}
