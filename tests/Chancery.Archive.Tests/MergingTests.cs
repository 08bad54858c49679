using Chancery.Records;
using CsCheck;
using Xunit;

namespace Chancery.Archive.Tests;

public sealed class SqliteMergingTests() : MergingTests(new SqlitePlace());

/// <summary>What many reports tell of one event is one entry, and nothing else is.</summary>
public abstract class MergingTests(ArchivePlace place) : ArchiveTests(place)
{
    private int _made;

    private static ReportBuilder Report(string id, string publisher, string published) => new ReportBuilder(id).By(publisher, published);

    private static ReportBuilder Told(string id, string publisher = "Harbour Courier", string published = "2024-04-10", string type = "CONSULT", Somebody? target = null, string? date = "2024-04-08", EventStatus status = EventStatus.Actual, string? mode = null, EventPlace? place = null, Somebody? claimedBy = null) =>
        Report(id, publisher, published).Event(type, Somebody.Marsh, target ?? Somebody.Vale, date, status, mode, place, claimedBy, score: 2.5, verb: "visited");

    [Fact]
    public void Three_reports_in_any_order_give_the_same_picture()
    {
        ReportBuilder[] reports =
        [
            Told("a", published: "2024-04-09", mode: "visit").Says(Somebody.Vale, SpeechAct.Support, "the lighthouse treaty is sound").Event("SANCTION", Somebody.France, Somebody.Chile, "2024-04-07", verb: "imposed sanctions on"),
            Told("b", "Morning Lamp", "2024-04-10", claimedBy: Somebody.Courier, place: new("Beijing", "CHN")).Event("ASSAULT", Somebody.Romania, Somebody.Chile, "2024-04"),
            Told("c", "Evening Bell", "2024-04-11", date: null, status: EventStatus.Negated).Event("ASSAULT", Somebody.Romania, Somebody.Chile, "2024-04-03").Says(Somebody.Vale, SpeechAct.Reject, "the lighthouse treaty is dead"),
            Told("d", "Dawn Post", "2024-04-10", date: "2024-04-08/2024-04-09"),
        ];
        string? export = null, picture = null;
        Gen.Shuffle(reports).Select(Gen.Bool.Array[reports.Length]).Sample(
            (order, mergeAfter) =>
            {
                var archive = Place.Make($"order{Interlocked.Increment(ref _made)}");
                foreach (var (report, merge) in order.Zip(mergeAfter))
                {
                    archive.Add(report.Build());
                    if (merge)
                        archive.Merge();
                }
                archive.Merge();
                Assert.Equal(export ??= Export(archive), Export(archive));
                Assert.Equal(picture ??= Picture(archive), Picture(archive));
            },
            iter: 24, threads: 1);
        var one = All(Place.Again($"order{_made}"), ArchiveView.Timeline).Single(e => e.Kind == "CONSULT");
        Assert.Equal(4, one.Reports);
        Assert.Equal(["Dawn Post", "Evening Bell", "Harbour Courier", "Morning Lamp"], one.Publishers);
        Assert.Equal(new DateOnly(2024, 4, 9), one.Since);
        Assert.StartsWith("a-", one.Evidence[0].Document, StringComparison.Ordinal);
        Assert.Equal("Beijing", one.Place);
        Assert.True(one.Contradicted);
        Assert.False(one.Claimed);
    }

    [Fact]
    public void Many_reports_are_one_event_with_publishers_counted_once()
    {
        var archive = Fill(Place.Make(), Told("a", "Morning Lamp", "2024-04-11"), Told("b", "Morning Lamp"), Told("c", "Evening Bell", "2024-04-09"));
        var one = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal((3, 3), (one.Reports, one.Sources));
        Assert.Equal(["Evening Bell", "Morning Lamp"], one.Publishers);
        Assert.Equal(new DateOnly(2024, 4, 9), one.Since);
        Assert.Equal(["c", "b", "a"], one.Evidence.Select(e => e.Document[..1]));
        Assert.Equal(1, archive.Info().MergedEvents);
        Assert.Equal(3, archive.Info().Events);
    }

    [Fact]
    public void One_report_that_tells_it_twice_is_one_report()
    {
        var one = Assert.Single(All(Fill(Place.Make(), Told("a").Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", verb: "met")), ArchiveView.Timeline));
        Assert.Equal(1, one.Reports);
        Assert.Equal(2, one.Evidence.Count);
    }

    public static TheoryData<string> Apart => ["another day", "another type", "another dyad", "the other way round", "another place", "another manner", "a month after"];

    [Theory]
    [MemberData(nameof(Apart))]
    public void Other_events_stay_apart(string what)
    {
        var first = Told("a", mode: "visit", place: new("Beijing", "CHN") { Latitude = 39.9, Longitude = 116.4 });
        var second = what switch
        {
            "another day" => Told("b", date: "2024-04-09"),
            "another type" => Told("b", type: "AGREE"),
            "another dyad" => Told("b", target: Somebody.Quill),
            "the other way round" => Report("b", "Morning Lamp", "2024-04-10").Event("CONSULT", Somebody.Vale, Somebody.Marsh, "2024-04-08"),
            "another place" => Told("b", place: new("Shanghai", "CHN") { Latitude = 31.2, Longitude = 121.5 }),
            "another manner" => Told("b", mode: "phone"),
            _ => Told("b", published: "2024-05-10", date: null),
        };
        Assert.Equal(2, All(Fill(Place.Make(), first, second), ArchiveView.Timeline).Count);
    }

    public static TheoryData<string> Together => ["the same day", "no day, reported soon after", "a range with the day", "the month", "a place told by one", "the country of the place", "claimed", "reported later"];

    [Theory]
    [MemberData(nameof(Together))]
    public void The_same_event_told_otherwise_is_one(string what)
    {
        var first = Told("a", place: new("Beijing", "CHN") { Latitude = 39.9, Longitude = 116.4 });
        var second = what switch
        {
            "the same day" => Told("b"),
            "no day, reported soon after" => Told("b", date: null),
            "a range with the day" => Told("b", date: "2024-04-07/2024-04-09"),
            "the month" => Told("b", date: "2024-04"),
            "a place told by one" => Told("b", mode: "visit"),
            "the country of the place" => Told("b", place: new("China", "CHN")),
            "claimed" => Told("b", claimedBy: Somebody.Courier),
            _ => Told("b", published: "2025-01-01"),
        };
        var one = Assert.Single(All(Fill(Place.Make(), first, second), ArchiveView.Timeline));
        Assert.Equal(2, one.Reports);
        Assert.Equal("Beijing", one.Place);
    }

    [Fact]
    public void A_month_in_which_two_happened_is_told_of_neither() =>
        Assert.Equal(3, All(Fill(Place.Make(), Told("a"), Told("b", date: "2024-04-20"), Told("c", date: "2024-04")), ArchiveView.Timeline).Count);

    [Fact]
    public void Undated_reports_of_unknown_day_never_merge() =>
        Assert.Equal(2, All(Fill(Place.Make(), Told("a", published: null!, date: null), Told("b", published: null!, date: null)), ArchiveView.Timeline).Count);

    [Fact]
    public void Planned_and_then_actual_is_actual_and_says_how_many_of_each()
    {
        var archive = Fill(Place.Make(), Told("a", published: "2024-04-05", status: EventStatus.Planned, mode: "visit"));
        Assert.Equal("planned", Assert.Single(All(archive, ArchiveView.Timeline)).Status);
        Assert.Equal("planned", Assert.Single(All(archive, ArchiveView.Diary)).Status);
        Fill(archive, Told("b", "Morning Lamp", mode: "visit"), Told("c", "Evening Bell", "2024-04-04", status: EventStatus.Possible, mode: "visit"));
        var one = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal("actual", one.Status);
        Assert.Equal([new("actual", 1), new("planned", 1), new("possible", 1)], one.Counts);
        Assert.False(one.Contradicted);
        Assert.Equal(new DateOnly(2024, 4, 4), one.Since);
        Assert.Equal("held", Assert.Single(All(archive, ArchiveView.Diary)).Status);
    }

    [Fact]
    public void What_some_say_did_not_happen_is_contradicted()
    {
        var archive = Fill(Place.Make(), Told("a", mode: "visit"), Told("b", "Morning Lamp", status: EventStatus.Negated, mode: "visit"));
        Assert.True(Assert.Single(All(archive, ArchiveView.Timeline)).Contradicted);
        Assert.True(Assert.Single(All(archive, ArchiveView.Diary)).Contradicted);
        Assert.Single(All(archive, ArchiveView.Timeline, new() { Contradicted = true }));
        archive.Forget(archive.Documents(new()).Single(d => d.Publisher == "Morning Lamp").Key);
        archive.Merge();
        Assert.False(Assert.Single(All(archive, ArchiveView.Timeline)).Contradicted);
        Assert.Empty(All(archive, ArchiveView.Timeline, new() { Contradicted = true }));
    }

    [Fact]
    public void What_one_reporter_says_himself_is_no_mere_claim()
    {
        var archive = Fill(Place.Make(), Told("a", claimedBy: Somebody.Courier));
        var claimed = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.True(claimed.Claimed);
        Assert.Equal("Harbour Courier", Assert.Single(claimed.WordOf).Name);
        Fill(archive, Told("b", "Morning Lamp"));
        Assert.False(Assert.Single(All(archive, ArchiveView.Timeline)).Claimed);
    }

    [Fact]
    public void Positions_gather_over_reports()
    {
        var archive = Fill(
            Place.Make(),
            Report("a", "Morning Lamp", "2024-04-08").Says(Somebody.Vale, SpeechAct.Support, "the embargo"),
            Report("b", "Morning Lamp", "2024-04-09").Says(Somebody.Vale, SpeechAct.Support, "a tight embargo"));
        var position = Assert.Single(All(archive, ArchiveView.Positions));
        Assert.Equal(("supports", 2), (position.Status, position.Reports));
        Fill(archive, Report("c", "Morning Lamp", "2024-04-12").Says(Somebody.Vale, SpeechAct.Reject, "any embargo"));
        position = Assert.Single(All(archive, ArchiveView.Positions));
        Assert.Equal("ambivalent", position.Status);
        Assert.Equal([new("opposes", 1), new("supports", 2)], position.Counts);
        Assert.Equal((new DateOnly(2024, 4, 8), new DateOnly(2024, 4, 12)), (position.Since!.Value, position.Day!.Value));
    }

    [Fact]
    public void Disputes_and_measures_are_listed()
    {
        var archive = Fill(Place.Make(), Report("a", "Morning Lamp", "2024-04-08")
            .Says(Somebody.Marsh, SpeechAct.Accuse, "Romania had burnt the lighthouse", Somebody.Vale).Says(Somebody.Vale, SpeechAct.Deny, "nothing had burnt").Linked(LinkKind.Denies, "s1", "s0")
            .Event("SANCTION", Somebody.France, Somebody.Romania, "2024-05", EventStatus.Planned, verb: "will impose sanctions on"));
        var dispute = Assert.Single(All(archive, ArchiveView.Disputes));
        Assert.Equal(("denied", "Romania had burnt the lighthouse", "nothing had burnt"), (dispute.Kind, dispute.Text, dispute.Answer));
        var measure = Assert.Single(All(archive, ArchiveView.Measures));
        Assert.Equal(("sanctions", "announced"), (measure.Kind, measure.Status));
    }

    [Fact]
    public void The_balance_counts_each_event_once_and_nothing_that_did_not_happen()
    {
        var archive = Fill(Place.Make(), Told("a"), Told("b", "Morning Lamp"), Told("c", date: "2024-05-01"), Told("d", date: "2024-06-01", status: EventStatus.Negated));
        var relation = Assert.Single(archive.Relations("Ada Marsh", "Ion Vale", 10, months: true));
        Assert.Equal((2, 5.0, 2.5), (relation.Events, relation.Sum, relation.Mean));
        Assert.Equal(["2024-04", "2024-05"], relation.Months.Select(m => m.Month));
        Assert.Equal(1, relation.Months[0].ByType["CONSULT"]);
        foreach (var document in archive.Documents(new()))
            archive.Forget(document.Key);
        archive.Merge();
        Assert.Empty(archive.Relations(null, null, 10));
    }

    [Fact]
    public void Merging_anew_changes_nothing()
    {
        ReportBuilder[] reports = [Told("a"), Told("b", "Morning Lamp"), Told("c", date: "2024-04", place: new("China", "CHN")).Says(Somebody.Vale, SpeechAct.Support, "the treaty")];
        var archive = Fill(Place.Make(), reports);
        var (before, ids) = (Picture(archive), All(archive, ArchiveView.Timeline).Select(e => e.Id).Order().ToList());
        archive.Merge();
        foreach (var report in reports)
            archive.Replace(KeyOf(report), report.Record);
        archive.Merge();
        Assert.Equal(before, Picture(archive));
        Assert.Equal(ids, All(archive, ArchiveView.Timeline).Select(e => e.Id).Order());
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void Merging_that_was_stopped_goes_on_where_it_was()
    {
        ReportBuilder Long()
        {
            var report = Told("long", mode: "visit");
            // More than are merged at once.
            for (var i = 0; i < 8500; i++)
                report.Says(Somebody.Vale, SpeechAct.State, $"sentence number {i} of the long speech");
            return report;
        }
        var archive = Place.Make();
        archive.Add(Long().Build());
        var all = archive.Waiting;
        using var stop = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => archive.Merge(_ => stop.Cancel(), stop.Token));
        var left = archive.Waiting;
        Assert.InRange(left, 1, all - 1);
        // Whoever was stopped has done no damage.
        Assert.Empty(archive.Check());
        Place.CloseAll();
        archive = Place.Again();
        Assert.Equal(left, archive.Waiting);
        archive.Merge();
        Assert.Equal(Picture(Fill(Place.Make("two"), Long())), Picture(archive));
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void Nobody_is_two_people_because_reports_differ_in_accents_and_nobody_is_one_for_a_surname()
    {
        var archive = Fill(
            Place.Make(),
            Report("a", "Morning Lamp", "2024-04-08").Says(new("Zoé Brandt", Lexicon.ActorKind.Person, "CHL"), SpeechAct.State, "it is late"),
            Report("b", "Morning Lamp", "2024-04-08").Says(new("Zoe Brandt", Lexicon.ActorKind.Person, "CHL"), SpeechAct.State, "it is early"),
            Report("c", "Morning Lamp", "2024-04-08").Says(new("Zoe Brandt", Lexicon.ActorKind.Person, "ROU"), SpeechAct.State, "it is noon"),
            Report("d", "Morning Lamp", "2024-04-08").Says(new("Brandt", Lexicon.ActorKind.Person, "CHL"), SpeechAct.State, "it is night"),
            Report("e", "Morning Lamp", "2024-04-08").Says(new("Brandt", Lexicon.ActorKind.Person, "CHL"), SpeechAct.State, "it is dawn"));
        Assert.Equal([2, 1, 1, 1], archive.Actors(null, 10).Select(a => a.Documents));
        Assert.Equal(["same name and country"], archive.Actors("zoe", 10)[0].Why);
    }
}
