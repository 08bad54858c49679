using Chancery.Records;
using Xunit;

namespace Chancery.Archive.Tests;

public sealed class SqliteAddingTests() : AddingTests(new SqlitePlace());

/// <summary>Documents come in, are replaced, are forgotten.</summary>
public abstract class AddingTests(ArchivePlace place) : ArchiveTests(place)
{
    private static ReportBuilder Visit(string id = "visit", string publisher = "Harbour Courier") => new ReportBuilder(id).By(publisher)
        .Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", mode: "visit", verb: "visited")
        .Says(Somebody.Vale, SpeechAct.Promise, "the lighthouse treaty would be kept");

    [Fact]
    public void A_new_document_is_in_every_view_after_merging()
    {
        var archive = Place.Make();
        Assert.Equal(Admission.New, archive.Add(Visit().Build()));
        Assert.Empty(All(archive, ArchiveView.Timeline));
        Assert.True(archive.Waiting > 0);
        archive.Merge();
        Assert.Equal(0, archive.Waiting);
        var visit = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal(("CONSULT", "actual", "2024-04-08", 1), (visit.Kind, visit.Status, visit.Date, visit.Reports));
        Assert.Equal("Ada Marsh visited Ion Vale on 2024-04-08.", Assert.Single(visit.Evidence).Text);
        Assert.Equal("the lighthouse treaty would be kept", Assert.Single(All(archive, ArchiveView.Statements)).Text);
        Assert.Equal("visit", Assert.Single(All(archive, ArchiveView.Diary)).Kind);
        Assert.Equal("Ion Vale", Assert.Single(Assert.Single(All(archive, ArchiveView.Positions)).Who).Name);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void The_same_document_is_known()
    {
        var archive = Place.Make();
        var report = Visit().At("https://courier.example/1");
        Assert.False(archive.Has(report.Document));
        archive.Add(report.Build());
        Assert.True(archive.Has(report.Document));
        Assert.Equal(Admission.Known, archive.Add(report.Build()));
        Assert.Single(archive.Documents(new()));
    }

    [Fact]
    public void The_same_words_elsewhere_are_a_copy()
    {
        var archive = Place.Make();
        archive.Add(Visit().At("https://courier.example/1").Build());
        Assert.Equal(Admission.Copy, archive.Add(Visit().At("https://mirror.example/1").Build()));
        archive.Merge();
        Assert.Equal((2, 1), Assert.Single(All(archive, ArchiveView.Timeline).Select(e => (e.Reports, e.Sources))));
    }

    [Fact]
    public void A_document_that_was_not_read_is_kept_and_found()
    {
        var archive = Place.Make();
        var document = new Document("brief", "Le ministre a visité le phare du port, puis il a pris le train pour la capitale.") { Language = "fr" };
        Assert.Equal(Admission.Unread, archive.Add(new(document, null, "in another language (fr)")));
        archive.Merge();
        Assert.Equal("in another language (fr)", Assert.Single(archive.Documents(new())).Note);
        Assert.Single(archive.Search("phare", 10).Documents);
        Assert.Null(archive.Find(DocumentKey.Of(document))!.Record);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void A_copy_by_another_publisher_is_one_more_report_and_no_more_evidence()
    {
        var archive = Place.Make();
        var agency = Visit("agency", "Coast Agency");
        archive.Add(agency.Build());
        Assert.Equal(Admission.Copy, archive.Add(agency.CopiedBy("Morning Lamp", "2024-04-11", "Minister calls")));
        archive.Merge();
        var visit = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal((2, 1), (visit.Reports, visit.Sources));
        Assert.Equal(["Coast Agency", "Morning Lamp"], visit.Publishers);
        Assert.Equal(KeyOf(agency), Assert.Single(visit.Evidence).Document);
        Assert.Single(All(archive, ArchiveView.Statements));
        Assert.Equal(KeyOf(agency), archive.Documents(new()).Single(d => d.Publisher == "Morning Lamp").CopyOf);
        Assert.Equal(1, archive.Info().Copies);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void The_first_published_of_copies_is_the_original_whichever_came_in_first()
    {
        var archive = Place.Make();
        var agency = Visit("agency", "Coast Agency");
        archive.Add(agency.CopiedBy("Morning Lamp", "2024-04-11", "Minister calls"));
        archive.Merge();
        archive.Add(agency.Build());
        archive.Merge();
        Assert.Equal(KeyOf(agency), Assert.Single(Assert.Single(All(archive, ArchiveView.Timeline)).Evidence).Document);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void When_an_original_is_forgotten_a_copy_takes_its_place()
    {
        var archive = Place.Make();
        var agency = Visit("agency", "Coast Agency");
        archive.Add(agency.Build());
        archive.Add(agency.CopiedBy("Morning Lamp", "2024-04-11", "Minister calls"));
        archive.Add(agency.CopiedBy("Evening Bell", "2024-04-12", "A visit"));
        archive.Merge();
        Assert.True(archive.Forget(KeyOf(agency)));
        archive.Merge();
        var visit = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal((2, 1), (visit.Reports, visit.Sources));
        Assert.Equal(["Evening Bell", "Morning Lamp"], visit.Publishers);
        Assert.Contains("Morning-Lamp", Assert.Single(visit.Evidence).Document, StringComparison.Ordinal);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void When_a_copy_is_forgotten_the_original_has_one_report_fewer()
    {
        var archive = Place.Make();
        var agency = Visit("agency", "Coast Agency");
        var copy = agency.CopiedBy("Morning Lamp", "2024-04-11", "Minister calls");
        archive.Add(agency.Build());
        archive.Add(copy);
        archive.Merge();
        Assert.True(archive.Forget(DocumentKey.Of(copy.Document)));
        archive.Merge();
        Assert.Equal((1, 1), Assert.Single(All(archive, ArchiveView.Timeline).Select(e => (e.Reports, e.Sources))));
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void Nothing_is_left_of_what_is_forgotten()
    {
        var archive = Place.Make();
        var report = Visit();
        Fill(archive, report);
        archive.Correct(KeyOf(report), new("e0", "", Corrections.CorrectionAction.Confirm, "Iris", "2024-05-01T00:00:00Z"));
        Assert.True(archive.Forget(KeyOf(report)));
        archive.Merge();
        Assert.Equal("", Picture(archive));
        Assert.Equal("", Export(archive));
        var (documents, statements) = archive.Search("lighthouse", 10);
        Assert.Empty(documents);
        Assert.Empty(statements);
        var info = archive.Info();
        Assert.Equal((0, 0, 0, 0, 0, 0), (info.Documents, info.Actors, info.Statements, info.Events, info.MergedEvents, info.Corrections));
        Assert.Empty(archive.Check());
        Assert.False(archive.Forget(KeyOf(report)));
        Assert.Equal(Admission.New, archive.Add(report.Build()));
    }

    [Fact]
    public void What_others_tell_too_stays_when_one_report_is_forgotten()
    {
        var archive = Place.Make();
        var (one, other) = (Visit("first"), Visit("second", "Morning Lamp"));
        Fill(archive, one, other);
        var before = Picture(Fill(Place.Make("two"), other));
        Assert.Equal(2, Assert.Single(All(archive, ArchiveView.Timeline)).Reports);
        archive.Forget(KeyOf(one));
        archive.Merge();
        Assert.Equal(before, Picture(archive));
    }

    [Fact]
    public void Words_are_found_and_gone_when_forgotten_or_replaced()
    {
        var archive = Place.Make();
        var report = Visit().Titled("Signals at dusk");
        Fill(archive, report);
        Assert.Equal(KeyOf(report), Assert.Single(archive.Search("dusk", 10).Documents).Key);
        Assert.Single(archive.Search("lighthouse treaty", 10).Statements);
        Assert.Single(archive.Search("\"lighthouse treaty\"", 10).Statements);
        Assert.Empty(archive.Search("\"treaty lighthouse\"", 10).Statements);
        Assert.Single(archive.Search("lighth*", 10).Statements);
        Assert.Single(archive.Search("nowhere OR treaties", 10).Statements);
        Assert.Empty(archive.Search("nowhere treaty", 10).Statements);
        Assert.Contains("lighthouse", archive.Search("lighthouse", 10).Documents[0].Passage, StringComparison.Ordinal);
        archive.Replace(KeyOf(report), report.Record with { Statements = [] });
        archive.Merge();
        Assert.Empty(archive.Search("lighthouse", 10).Statements);
        Assert.Single(archive.Search("lighthouse", 10).Documents);
    }

    [Fact]
    public void A_replaced_record_shows_what_the_new_one_says()
    {
        var archive = Place.Make();
        var (report, other) = (Visit(), Visit("other", "Morning Lamp"));
        Fill(archive, report, other);
        archive.Replace(KeyOf(report), report.Record with { Events = [report.Record.Events[0] with { Type = "AID" }] });
        archive.Merge();
        Assert.Equal(["AID", "CONSULT"], All(archive, ArchiveView.Timeline).Select(e => e.Kind).Order(StringComparer.Ordinal));
        Assert.Empty(archive.Check());
        archive.Replace(KeyOf(report), report.Record);
        archive.Merge();
        Assert.Equal(2, Assert.Single(All(archive, ArchiveView.Timeline)).Reports);
        archive.Replace("no-such-document", report.Record);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void Keys_are_the_same_whenever_a_document_comes_and_plain_whatever_its_name()
    {
        Assert.Equal(KeyOf(Visit()), KeyOf(Visit()));
        Assert.NotEqual(KeyOf(Visit()), KeyOf(Visit().At("https://courier.example/1")));
        foreach (var name in new[] { "../../etc/passwd", "a b\nc", "日本語", "", "#", new string('x', 500) })
            Assert.Matches("^[A-Za-z0-9._-]{8,70}$", DocumentKey.Of(new(name, "text")));
    }
}
