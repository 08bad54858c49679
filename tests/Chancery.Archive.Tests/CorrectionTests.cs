using Chancery.Corrections;
using Chancery.Lexicon;
using Chancery.Records;
using Xunit;

namespace Chancery.Archive.Tests;

public sealed class SqliteCorrectionTests() : CorrectionTests(new SqlitePlace());

/// <summary>What people decide always wins, whatever is read, replaced or copied.</summary>
public abstract class CorrectionTests(ArchivePlace place) : ArchiveTests(place)
{
    private const string Day = "2024-05-01T12:00:00Z";

    private static ReportBuilder Visit(string id = "visit") => new ReportBuilder(id).By("Harbour Courier")
        .Event("CONSULT", Somebody.Marsh, Somebody.Vale, "2024-04-08", mode: "visit", verb: "visited")
        .Says(Somebody.Vale, SpeechAct.State, "the lighthouse treaty would be kept", Somebody.Marsh)
        .Says(Somebody.Quill, SpeechAct.State, "it was late");

    private static Correction Of(string entry, CorrectionAction action, params (string Field, string Value)[] changes) =>
        new(entry, "", action, "Iris", Day) { Changes = changes.ToDictionary(c => c.Field, c => c.Value, StringComparer.Ordinal) };

    [Fact]
    public void A_confirmed_entry_says_so()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Confirm));
        archive.Merge();
        Assert.Equal("confirmed", Assert.Single(All(archive, ArchiveView.Timeline)).Corrected);
        Assert.Equal("confirmed", Assert.Single(All(archive, ArchiveView.Diary)).Corrected);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void A_rejected_entry_is_shown_nowhere_but_kept()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Reject));
        archive.Correct(KeyOf(Visit()), Of("s0", CorrectionAction.Reject));
        archive.Merge();
        Assert.Empty(All(archive, ArchiveView.Timeline));
        Assert.Empty(All(archive, ArchiveView.Diary));
        Assert.Equal("it was late", Assert.Single(All(archive, ArchiveView.Statements)).Text);
        Assert.Empty(archive.Search("lighthouse", 5).Statements);
        Assert.Empty(archive.Relations(null, null, 5));
        Assert.Equal(2, archive.Records().Single().Corrections.Count);
        Assert.Single(archive.Records().Single().Record!.Events);
        Assert.Empty(archive.Check());
    }

    [Theory]
    [InlineData("type", "aid", "AID")]
    [InlineData("status", "planned", "planned")]
    [InlineData("date", "2024-04-09", "2024-04-09")]
    [InlineData("date", "", null)]
    [InlineData("place", "Beijing, CHN", "Beijing/CHN")]
    [InlineData("source", "a2", "Rosa Quill")]
    [InlineData("target", "a0,a2", "Ada Marsh/Rosa Quill")]
    public void Every_field_of_an_event_can_be_edited(string field, string value, string? shown)
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Edit, (field, value)));
        archive.Merge();
        var one = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal("edited", one.Corrected);
        Assert.Equal(shown, field switch
        {
            "type" => one.Kind,
            "status" => one.Status,
            "date" => one.Date,
            "place" => $"{one.Place}/{one.PlaceCountry}",
            "source" => string.Join('/', one.Who.Select(w => w.Name)),
            _ => string.Join('/', one.With.Select(w => w.Name)),
        });
        Assert.Empty(archive.Check());
    }

    [Theory]
    [InlineData("act", "threaten", "threaten")]
    [InlineData("speaker", "a2", "Rosa Quill")]
    [InlineData("speaker", "", "")]
    [InlineData("addressees", "a2", "Rosa Quill")]
    [InlineData("addressees", "", "")]
    [InlineData("date", "2024-04", "2024-04")]
    public void Every_field_of_a_statement_can_be_edited(string field, string value, string shown)
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("s0", CorrectionAction.Edit, (field, value)));
        archive.Merge();
        var one = Assert.Single(All(archive, ArchiveView.Statements), s => s.Corrected == "edited");
        Assert.Equal(shown, field switch { "act" => one.Kind, "speaker" => string.Join('/', one.Who.Select(w => w.Name)), "date" => one.Date, _ => string.Join('/', one.With.Select(w => w.Name)) });
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void Of_several_the_last_counts()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Reject));
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Edit, ("status", "possible")) with { At = "2024-05-02T00:00:00Z" });
        archive.Merge();
        Assert.Equal("possible", Assert.Single(All(archive, ArchiveView.Timeline)).Status);
    }

    [Fact]
    public void Two_edits_within_a_second_both_count()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Edit, ("status", "possible")));
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Edit, ("status", "planned")));
        archive.Merge();
        Assert.Equal("planned", Assert.Single(All(archive, ArchiveView.Timeline)).Status);
    }

    [Fact]
    public void Corrections_outlive_another_reading_with_other_numbers()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Edit, ("status", "planned")));
        archive.Correct(KeyOf(Visit()), Of("s0", CorrectionAction.Reject));
        var record = Visit().Record;
        archive.Replace(KeyOf(Visit()), record with
        {
            Events = [record.Events[0] with { Id = "e7", Type = "AGREE" }],
            Statements = [record.Statements[1] with { Id = "s0" }, record.Statements[0] with { Id = "s1" }],
        });
        archive.Merge();
        var one = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal(("AGREE", "planned", "edited"), (one.Kind, one.Status, one.Corrected));
        Assert.Equal("it was late", Assert.Single(All(archive, ArchiveView.Statements)).Text);
        Assert.Empty(archive.Check());
    }

    [Fact]
    public void A_correction_that_finds_its_words_no_more_is_told()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Confirm));
        archive.Replace(KeyOf(Visit()), Visit().Record with { Events = [] });
        archive.Merge();
        Assert.Contains("the confirm of e0 by Iris finds its words no more", Assert.Single(archive.Check()), StringComparison.Ordinal);
        archive.Replace(KeyOf(Visit()), Visit().Record);
        archive.Merge();
        Assert.Equal("confirmed", Assert.Single(All(archive, ArchiveView.Timeline)).Corrected);
    }

    [Fact]
    public void An_earlier_copy_does_not_hide_what_people_decided()
    {
        var archive = Fill(Place.Make(), Visit());
        archive.Correct(KeyOf(Visit()), Of("e0", CorrectionAction.Edit, ("status", "planned")));
        var copy = Visit().CopiedBy("Coast Agency", "2024-04-01", "First with the news");
        archive.Add(copy);
        archive.Merge();
        var one = Assert.Single(All(archive, ArchiveView.Timeline));
        Assert.Equal(("planned", 2), (one.Status, one.Reports));
        archive.Correct(DocumentKey.Of(copy.Document), Of("e0", CorrectionAction.Confirm));
        archive.Merge();
        Assert.Equal("confirmed", Assert.Single(All(archive, ArchiveView.Timeline)).Corrected);
        Assert.Empty(archive.Check());
    }

    [Theory]
    [InlineData("e0", "status", "done", "none of actual, planned, possible, negated")]
    [InlineData("e0", "status", "1", "none of")]
    [InlineData("e0", "status", " 1", "none of")]
    [InlineData("e0", "status", "actual,planned", "none of")]
    [InlineData("e0", "type", "DANCE", "none of AGREE, CONSULT")]
    [InlineData("e0", "type", "", "none of")]
    [InlineData("e0", "date", "yesterday", "no date")]
    [InlineData("e0", "date", "2024-02-30", "no date")]
    [InlineData("e0", "date", "2024-4-8", "no date")]
    [InlineData("e0", "place", "Beijing", "has no country")]
    [InlineData("e0", "source", "a9", "no actor a9")]
    [InlineData("e0", "speaker", "a0", "an event has no field speaker")]
    [InlineData("s0", "type", "AID", "a statement has no field type")]
    [InlineData("s0", "act", "sing", "none of state, report")]
    [InlineData("s0", "speaker", "a0,a1", "one speaker")]
    public void A_value_that_cannot_be_is_refused_with_the_reason(string entry, string field, string value, string reason)
    {
        var archive = Fill(Place.Make(), Visit());
        var before = Picture(archive);
        var refusal = Assert.Throws<ArchiveException>(() => archive.Correct(KeyOf(Visit()), Of(entry, CorrectionAction.Edit, (field, value))));
        Assert.Equal("CH0425", refusal.Code);
        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(KeyOf(Visit()), refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, Picture(archive));
    }

    [Fact]
    public void What_is_not_there_cannot_be_corrected()
    {
        var archive = Fill(Place.Make(), Visit());
        Assert.Equal("CH0423", Assert.Throws<ArchiveException>(() => archive.Correct("gone", Of("e0", CorrectionAction.Confirm))).Code);
        Assert.Equal("CH0424", Assert.Throws<ArchiveException>(() => archive.Correct(KeyOf(Visit()), Of("e9", CorrectionAction.Confirm))).Code);
    }

    private const string Ada = "person|ada marsh|FRA", Aida = "person|aida march|FRA", Ide = "person|ide marche|FRA";

    private Archive Spellings() => Fill(
        Place.Make(),
        Visit(),
        new ReportBuilder("other").By("Morning Lamp").Event("CONSULT", new("Aida March", ActorKind.Person, "FRA"), Somebody.Vale, "2024-04-08", mode: "visit"),
        new ReportBuilder("third").By("Evening Bell").Event("CONSULT", new("Ide Marche", ActorKind.Person, "FRA"), Somebody.Vale, "2024-04-08", mode: "visit"));

    [Fact]
    public void Two_actors_that_are_one_tell_one_event_until_that_is_taken_back()
    {
        var archive = Spellings();
        var before = Picture(archive);
        Assert.Equal(3, All(archive, ArchiveView.Timeline).Count);
        Assert.Equal(1, archive.SetIdentity(Ide, Ada, "Iris", Day));
        archive.Merge();
        var one = All(archive, ArchiveView.Timeline).MaxBy(e => e.Reports)!;
        Assert.Equal((2, Ada, "Ada Marsh"), (one.Reports, one.Who[0].Id, one.Who[0].Name));
        Assert.Contains("said by a person", archive.Actors("Ada Marsh", 1)[0].Why);
        Assert.Empty(archive.Check());
        archive.SetIdentity(Ide, null, "Iris", Day);
        archive.Merge();
        Assert.Equal(before, Picture(archive));
        Assert.Empty(archive.Identities());
    }

    [Fact]
    public void A_name_that_comes_first_in_order_does_not_rename_whom_it_is_said_to_be()
    {
        var archive = Spellings();
        var before = Picture(archive);
        archive.SetIdentity(Ada, Ide, "Iris", Day);
        archive.Merge();
        Assert.Equal(["Aida March", "Ide Marche", "Ide Marche"], All(archive, ArchiveView.Timeline).SelectMany(e => Enumerable.Repeat(e.Who[0].Name, e.Reports)).Order(StringComparer.Ordinal));
        archive.SetIdentity(Ada, null, "Iris", Day);
        archive.Merge();
        Assert.Equal(before, Picture(archive));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_who_is_another_who_is_a_third_is_the_third_in_whichever_order_it_is_said(bool nearFirst)
    {
        var archive = Spellings();
        var before = Picture(archive);
        (string, string)[] said = [(Ide, Aida), (Aida, Ada)];
        foreach (var (one, other) in nearFirst ? said : said.Reverse())
            archive.SetIdentity(one, other, "Iris", Day);
        archive.Merge();
        Assert.Equal((3, Ada), Assert.Single(All(archive, ArchiveView.Timeline).Select(e => (e.Reports, e.Who[0].Id))));
        Assert.Empty(archive.Check());
        archive.SetIdentity(Ide, null, "Iris", Day);
        archive.Merge();
        Assert.Equal([2, 1], All(archive, ArchiveView.Timeline).Select(e => e.Reports).OrderDescending());
        archive.SetIdentity(Aida, null, "Iris", Day);
        archive.Merge();
        Assert.Equal(before, Picture(archive));
    }

    [Fact]
    public void In_one_document_a_name_can_be_somebody_else()
    {
        var archive = Spellings();
        var document = archive.Documents(new()).Single(d => d.Publisher == "Morning Lamp").Key;
        Assert.Equal(1, archive.SetIdentity($"{document}#Aida March", Ada, "Iris", Day));
        archive.Merge();
        Assert.Equal(2, All(archive, ArchiveView.Timeline).Max(e => e.Reports));
        Assert.Equal([new Identity($"{document}#aida march", Ada, "Iris", Day)], archive.Identities());
        archive.SetIdentity($"{document}#Aida March", null, "Iris", Day);
        archive.Merge();
        Assert.Equal(3, All(archive, ArchiveView.Timeline).Count);
    }

    [Fact]
    public void A_document_that_comes_later_knows_who_is_one()
    {
        var archive = Spellings();
        archive.SetIdentity(Ide, Ada, "Iris", Day);
        Fill(archive, new ReportBuilder("late").By("Dawn Post").Event("CONSULT", new("Ide Marche", ActorKind.Person, "FRA"), Somebody.Vale, "2024-04-08", mode: "visit"));
        Assert.Equal(3, All(archive, ArchiveView.Timeline).Max(e => e.Reports));
    }

    [Theory]
    [InlineData("person|nobody|FRA", Ada, "CH0420")]
    [InlineData(Ada, "person|nobody|FRA", "CH0420")]
    [InlineData("visit-00000000#Ada Marsh", Ada, "CH0420")]
    [InlineData(Ada, Ada, "CH0425")]
    public void An_identity_that_cannot_be_is_refused(string key, string same, string code) =>
        Assert.Equal(code, Assert.Throws<ArchiveException>(() => Spellings().SetIdentity(key, same, "Iris", Day)).Code);

    [Fact]
    public void Two_cannot_each_be_the_other()
    {
        var archive = Spellings();
        archive.SetIdentity(Ide, Ada, "Iris", Day);
        Assert.Equal("CH0425", Assert.Throws<ArchiveException>(() => archive.SetIdentity(Ada, Ide, "Iris", Day)).Code);
    }
}
