using Chancery.Lexicon;
using Chancery.Records;
using Chancery.Views;
using Xunit;

namespace Chancery.Models.Tests;

public class ViewTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    private Chancery.Records.Record[] Read(params string[] texts) => [.. texts.Select((t, i) => loaded.Read(t) with { Document = new Document($"d{i + 1}", t) })];

    [Fact]
    public void The_diary_has_what_was_held_and_what_will_be()
    {
        var diary = Diary.Of(Read("The Swiss president visited Norway on April 2. Reuters reported that the Norwegian king would visit Chile in May. The Swiss president visited Norway on April 2."), loaded.Lexicon);
        var held = Assert.Single(diary, i => i.Status == DiaryStatus.Held);
        Assert.Equal(("visit", "2024-04-02", "NOR"), (held.What, held.Date, held.With[0].Country));
        Assert.Equal(2, held.Evidence.Count);
        var expected = Assert.Single(diary, i => i.Status == DiaryStatus.Expected);
        Assert.Equal("Reuters", Assert.Single(expected.WordOf).Name);
    }

    [Theory]
    [InlineData("Canada imposed sanctions on Belarus.", "sanctions", MeasureStatus.InForce)]
    [InlineData("Canada will impose tariffs on Belarus.", "tariff", MeasureStatus.Announced)]
    [InlineData("Canada threatened Belarus with sanctions.", "sanctions", MeasureStatus.Threatened)]
    [InlineData("Canada may impose an embargo on Belarus.", "embargo", MeasureStatus.Considered)]
    [InlineData("Canada lifted its sanctions on Belarus.", "sanctions", MeasureStatus.Lifted)]
    public void The_register_tells_how_a_measure_stands(string text, string kind, MeasureStatus status)
    {
        var measure = Assert.Single(Measures.Of(Read(text), loaded.Lexicon));
        Assert.Equal((kind, status, "CAN", "BLR"), (measure.Kind, measure.Status, measure.By[0].Country, measure.On[0].Country));
    }

    [Fact]
    public void A_position_counts_how_often_it_was_taken()
    {
        var positions = Positions.Of(Read("The Polish minister criticised the embargo. The Polish minister condemned the embargo."), loaded.Lexicon);
        var position = Assert.Single(positions, p => p.Actor.Country == "POL");
        Assert.Equal((Stance.Opposes, 2, "Economic sanctions"), (position.Stance, position.Times, position.Issue));
    }

    [Theory]
    [InlineData("The Danish minister said that Denmark would impose sanctions on Belarus if the raids went on.", "sanctions", MeasureStatus.Threatened)]
    [InlineData("The assets of the Belarusian firms were frozen by Denmark.", "asset-freeze", MeasureStatus.InForce)]
    public void A_measure_is_what_it_is_said_to_be(string text, string kind, MeasureStatus status) =>
        Assert.Contains(Measures.Of(Read(text), loaded.Lexicon), m => (m.Kind, m.Status) == (kind, status));

    [Theory]
    [InlineData("The Polish minister demanded that the strikes have to stop, because they frighten the farmers.", "the strikes", Stance.Opposes)]
    [InlineData("The Polish minister said that the new canal was a mistake, which nobody would repair.", "the new canal", Stance.Opposes)]
    [InlineData("The Polish minister called the new canal a mistake.", "the new canal", Stance.Opposes)]
    [InlineData("The Polish minister refused to take sides.", "take sides", Stance.Neutral)]
    public void An_issue_is_named_by_what_is_spoken_of(string text, string issue, Stance stance)
    {
        var position = Assert.Single(Positions.Of(Read(text), loaded.Lexicon));
        Assert.StartsWith(issue, position.Issue, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(stance, position.Stance);
    }

    [Theory]
    // a gift, a secret, a word passed on, a judgement
    [InlineData("The Polish minister pledged $40 million for the bridge.")]
    [InlineData("The Polish minister declined to describe the canal.")]
    [InlineData("Reuters said that the canal was a mistake.")]
    [InlineData("The International Court of Justice ordered Poland to close the canal.")]
    public void What_is_no_position(string text) => Assert.Empty(Positions.Of(Read(text), loaded.Lexicon));

    [Fact]
    public void A_denial_stands_beside_its_accusation()
    {
        var dispute = Assert.Single(Disputes.Of(Read("Sudan accused Chad of arming the rebels. Chad denied arming the rebels."), loaded.Lexicon));
        Assert.Equal(DisputeKind.Denied, dispute.Kind);
        Assert.Contains("arming the rebels", dispute.Claim, StringComparison.Ordinal);
        Assert.Equal("TCD", Assert.Single(dispute.AnsweredBy).Country);
    }

    [Fact]
    public void Words_against_deeds_are_shown_with_both()
    {
        var dispute = Assert.Single(Disputes.Of(Read("The Chinese minister condemned the sanctions. Chinese banks suspended payments to Russia."), loaded.Lexicon));
        Assert.Equal(DisputeKind.ContradictedByDeeds, dispute.Kind);
        Assert.Contains("suspended payments", dispute.Answer, StringComparison.Ordinal);
    }

    [Fact]
    public void Actors_of_several_documents_keep_apart()
    {
        var diary = Diary.Of(Read("The Swiss president visited Norway.", "The Thai king visited Laos."), loaded.Lexicon);
        Assert.Equal(diary.SelectMany(i => i.Who).Count(), diary.SelectMany(i => i.Who).Select(a => a.Id).Distinct().Count());
    }

    [Fact]
    public void Nothing_comes_of_nothing()
    {
        Assert.Empty(Diary.Of([], loaded.Lexicon));
        Assert.Empty(Measures.Of(Read(""), loaded.Lexicon));
        Assert.Empty(Positions.Of(Read(""), loaded.Lexicon));
        Assert.Empty(Disputes.Of(Read(""), loaded.Lexicon));
    }
}
