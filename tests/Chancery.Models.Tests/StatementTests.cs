using Chancery.Records;
using Chancery.Views;
using Xunit;

namespace Chancery.Models.Tests;

/// <summary>What is done by saying something, how far it goes, who says it through whom, and what is no statement at all.</summary>
public sealed class StatementTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    [Theory]
    // by the word of saying
    [InlineData("The Swedish minister accused Belarus of arming the rebels.", SpeechAct.Accuse)]
    [InlineData("Norway offered to host the talks.", SpeechAct.Propose)]
    [InlineData("The Swedish minister asked Belarus to release the sailors.", SpeechAct.Demand)]
    [InlineData("The Irish minister reaffirmed his support for the treaty.", SpeechAct.Support)]
    // by what is said
    [InlineData("The Danish minister said that Belarus must release the sailors.", SpeechAct.Demand)]
    [InlineData("The Danish minister said that the raids had to stop.", SpeechAct.Demand)]
    [InlineData("The Danish minister said that Denmark would retaliate.", SpeechAct.Threaten)]
    [InlineData("The Danish minister promised that countermeasures would follow.", SpeechAct.Threaten)]
    [InlineData("The Danish minister said that Denmark would never accept the annexation.", SpeechAct.Reject)]
    [InlineData("The Danish minister said that Belarus had violated the treaty.", SpeechAct.Accuse)]
    [InlineData("The Danish minister said that the accusations were groundless.", SpeechAct.Deny)]
    [InlineData("The Danish minister said that the ban was a mistake.", SpeechAct.Criticise)]
    [InlineData("The Danish minister called the ban a mistake.", SpeechAct.Criticise)]
    [InlineData("The Danish minister described the talks as constructive.", SpeechAct.Praise)]
    [InlineData("The Danish minister dismissed the allegation as absurd.", SpeechAct.Deny)]
    [InlineData("The analyst believes that the sanctions will hardly change anything.", SpeechAct.Predict)]
    [InlineData("The Danish minister warned that Denmark would not hesitate to punish the firms.", SpeechAct.Threaten)]
    [InlineData("The Danish minister said that Denmark would raise the price of the war.", SpeechAct.Threaten)]
    [InlineData("The Danish minister said that Denmark would quit the talks if the raids went on.", SpeechAct.Threaten)]
    [InlineData("The Danish minister said that Denmark was ready to mediate.", SpeechAct.Propose)]
    [InlineData("The Danish minister said that Denmark was ready to resume the talks.", SpeechAct.Agree)]
    [InlineData("The Danish minister said that it was Belarus that had left the table.", SpeechAct.Accuse)]
    [InlineData("The Danish minister said that the truce had been broken.", SpeechAct.Accuse)]
    [InlineData("The Danish minister said that Belarus had staged the attack.", SpeechAct.Accuse)]
    [InlineData("\"Nobody has left the table,\" the Danish minister said.", SpeechAct.Deny)]
    [InlineData("The Danish minister said that there was no offer.", SpeechAct.Deny)]
    [InlineData("The Danish minister rejected the charge as baseless.", SpeechAct.Deny)]
    [InlineData("The Danish minister said that the fine was too high.", SpeechAct.Criticise)]
    [InlineData("The Danish minister said that the aid should have been tied to reforms.", SpeechAct.Criticise)]
    [InlineData("\"We do not need anybody's permission,\" the Danish minister said.", SpeechAct.Reject)]
    [InlineData("The Danish minister welcomed the Norwegian offer.", SpeechAct.Support)]
    [InlineData("\"Where are the sailors now?\" the Danish minister said.", SpeechAct.Ask)]
    [InlineData("According to Reuters, the harbour would close in June.", SpeechAct.Report)]
    // and no more than is said
    [InlineData("The Danish minister said that the bridge would open in June.", SpeechAct.State)]
    [InlineData("The Danish ministry blamed bad weather.", SpeechAct.State)]
    [InlineData("The Danish minister said that he had seen no sign of a truce.", SpeechAct.State)]
    [InlineData("The Danish minister said that the two banks had agreed on a link.", SpeechAct.State)]
    [InlineData("The Danish minister insisted on Monday that the harbour was open.", SpeechAct.State)]
    [InlineData("The Danish minister assured reporters that the harbour was open.", SpeechAct.State)]
    [InlineData("The Danish minister did not rule out that the border would be closed.", SpeechAct.State)]
    public void What_is_done_by_saying_it(string text, SpeechAct act) =>
        Assert.Equal(act, loaded.Read(text).Statements.OrderBy(s => s.Spans.Cue?.Start).First().Act);

    [Theory]
    [InlineData("The Danish minister declined to comment.")]
    [InlineData("The Danish minister made no commitment on volumes.")]
    [InlineData("Denmark recalled its ambassador.")]
    [InlineData("The Danish minister called an emergency meeting.")]
    public void Nothing_is_said(string text) => Assert.Empty(loaded.Read(text).Statements);

    [Theory]
    [InlineData("Denmark agreed to send aid and called on Belarus to release the sailors.", "to send aid|to release the sailors")]
    [InlineData("The Danish minister said the offer stood, while the Polish minister accused Belarus of lying.", "the offer stood|lying")]
    [InlineData("The Danish minister accused the guards of beating the sailors.", "beating the sailors")]
    public void How_far_it_goes(string text, string contents)
    {
        var record = loaded.Read(text);
        Assert.Equal(contents.Split('|'), record.Statements.Select(s => s.TextIn(text)));
    }

    [Theory]
    [InlineData("The envoy was received by Polish Foreign Minister Jan Kowalski and by Danish Foreign Minister Lars Holm, who told him that the harbour was closed.", "Lars Holm")]
    [InlineData("The Danish government issued a statement. It confirms that the harbour is closed.", "Denmark")]
    [InlineData("The Danish government said in a statement that talks would go on. The statement also confirms that the harbour is closed.", "Denmark")]
    public void Who_says_it(string text, string speaker)
    {
        var record = loaded.Read(text);
        var last = record.Statements.Single(s => s.TextIn(text).Contains("harbour", StringComparison.Ordinal));
        var actor = record.Actors.Single(a => a.Id == last.Speaker);
        Assert.Contains(speaker, new[] { actor.Name, loaded.Lexicon.Actors.TryGetValue(actor.Country ?? "", out var state) ? state.Name : "" });
    }

    [Fact]
    public void What_is_expected_is_said_by_nobody() => Assert.Empty(loaded.Read("The Danish minister is expected to meet the king in Oslo.").Statements);

    [Fact]
    public void Whose_word_it_is_is_no_part_of_it()
    {
        const string Text = "The Danish minister told the Polish minister that the new law would hurt trade, according to a Polish official.";
        Assert.Contains(loaded.Read(Text).Statements, s => s.TextIn(Text) == "that the new law would hurt trade");
    }

    [Fact]
    public void What_goes_on_is_said_by_the_same()
    {
        var record = loaded.Read("Denmark agreed to send aid and called on Belarus to release the sailors.");
        Assert.Equal(["DNK", "DNK"], record.Statements.Select(s => record.Actors.Single(a => a.Id == s.Speaker).Country));
    }

    [Fact]
    public void A_view_may_come_before_what_it_is()
    {
        const string Text = "The Danish minister left early. In her view, the mission will never leave the island.";
        var statement = Assert.Single(loaded.Read(Text).Statements);
        Assert.Equal("the mission will never leave the island", statement.TextIn(Text));
    }

    [Fact]
    public void Who_repeats_himself_is_no_source_of_his_own() =>
        Assert.All(loaded.Read("The Danish minister said that he had warned Belarus. He demanded an inquiry, which he said was overdue.").Statements, s => Assert.Null(s.Via));

    [Fact]
    public void A_quoted_phrase_in_a_sentence_is_mixed()
    {
        var record = loaded.Read("The Danish minister accused Belarus of \"selling the harbour\".");
        Assert.Equal(SpeechForm.Mixed, Assert.Single(record.Statements).Form);
    }

    [Fact]
    public void A_denial_in_passing_answers_the_charge()
    {
        var disputes = Disputes.Of([loaded.Read("Sudan accused Chad of arming the rebels, which Chad denies.")], loaded.Lexicon);
        Assert.Contains(disputes, d => d.Kind == DisputeKind.Denied);
    }

    [Fact]
    public void A_denial_answers_what_was_just_said()
    {
        var record = loaded.Read("Polish officials said that Lithuania had slowed down the convoy. The Lithuanian minister denied that the convoy had been slowed down.");
        Assert.Contains(record.Links, l => l.Kind == LinkKind.Denies);
    }

    [Theory]
    [InlineData("Sweden demanded that Belarus end the embargo.", Stance.Opposes)]
    [InlineData("Sweden demanded an embargo.", Stance.Supports)]
    public void Who_demands_the_end_of_a_thing_is_against_it(string text, Stance stance) =>
        Assert.Equal(stance, Assert.Single(Positions.Of([loaded.Read(text)], loaded.Lexicon)).Stance);

    [Theory]
    [InlineData("Sudan accused Chad of arming the rebels.")]
    [InlineData("Chad denied arming the rebels.")]
    public void A_charge_is_a_dispute_and_no_position(string text) =>
        Assert.Empty(Positions.Of([loaded.Read(text)], loaded.Lexicon));
}
