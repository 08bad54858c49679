using System.Text.RegularExpressions;
using Chancery.Lexicon;
using Chancery.Reading;
using Chancery.Records;
using Xunit;

namespace Chancery.Models.Tests;

/// <summary>Reading with the real model and lexicon: sentences of our own, and what a reader takes from them.</summary>
public sealed partial class ReadingTests(ReadingTests.Loaded loaded) : IClassFixture<ReadingTests.Loaded>
{
    [Theory]
    [InlineData("Angela Merkel met Emmanuel Macron in Berlin on Monday.", "Angela Merkel, Emmanuel Macron > Angela Merkel, Emmanuel Macron: CONSULT actual")]
    [InlineData("Iranian Foreign Minister Abbas Araghchi condemned Israel.", "Abbas Araghchi > Israel: ACCUSE actual")]
    [InlineData("Two Russian diplomats were expelled by Norway.", "Norway > Two Russian diplomats: SANCTION actual")]
    [InlineData("Turkey did not attack Syria.", "Turkey > Syria: ASSAULT negated")]
    [InlineData("China plans to impose sanctions on Taiwan.", "China > Taiwan: SANCTION planned")]
    [InlineData("India might sell oil to Japan.", "India > Japan: COOPERATE possible")]
    [InlineData("Canada imposed sanctions on Venezuela and Cuba.", "Canada > Venezuela, Cuba: SANCTION actual")]
    [InlineData("The Kremlin criticized Poland, which had detained two sailors.", "Kremlin > Poland: ACCUSE actual")]
    public void Who_does_what_to_whom(string text, string expected)
    {
        var record = loaded.Read(text);
        var names = record.Actors.ToDictionary(a => a.Id, a => a.Name);
        var events = record.Events.Select(e => $"{string.Join(", ", e.Source.Select(s => names[s]))} > {string.Join(", ", e.Target.Select(t => names[t]))}: {e.Type} {e.Status.ToString().ToLowerInvariant()}");
        Assert.Contains(expected, events);
    }

    [Theory]
    [InlineData("Sergei Lavrov arrived in Beijing. The Russian minister met Wang Yi. He thanked China.", "Sergei Lavrov", 3)]
    [InlineData("US Treasury Secretary Janet Yellen spoke in Guangzhou. Yellen warned that she would return.", "Janet Yellen", 3)]
    [InlineData("The British ambassador, Humphrey Trevelyan, left Cairo. Trevelyan said nothing.", "Humphrey Trevelyan", 3)]
    public void The_same_person_however_called(string text, string name, int mentions) =>
        Assert.Equal(mentions, Assert.Single(loaded.Read(text).Actors, a => a.Name == name).Mentions.Count);

    [Fact]
    public void An_office_goes_by_the_day_of_the_report()
    {
        const string Text = "The British prime minister said that talks would go on.";
        Assert.Contains(loaded.Read(Text, "1956-10-30").Actors, a => a.Name == "Anthony Eden");
        Assert.Contains(loaded.Read(Text, "1998-10-30").Actors, a => a.Name == "Tony Blair");
    }

    [Fact]
    public void A_report_within_a_report_names_its_source()
    {
        var record = loaded.Read("Reuters reported that Angela Merkel had warned that Greece would leave the euro.");
        var names = record.Actors.ToDictionary(a => a.Id, a => a.Name);
        var inner = Assert.Single(record.Statements, s => s.Speaker is { } id && names[id] == "Angela Merkel");
        var outer = Assert.Single(record.Statements, s => s.Id == inner.Via);
        Assert.Equal(("Reuters", SpeechAct.Report, SpeechAct.Warn), (names[outer.Speaker!], outer.Act, inner.Act));
    }

    [Fact]
    public void Who_is_accused_is_not_who_says_so()
    {
        var record = loaded.Read("Iran was accused of arming the rebels.");
        Assert.DoesNotContain(record.Statements, s => s.Speaker is not null);
    }

    [Theory]
    // who "both", "they" and "the partners" are
    [InlineData("Lavrov flew to Tokyo. Russia and Japan argued. Both countries signed a treaty.", "SUPPORT", "JPN RUS", "JPN RUS")]
    [InlineData("Pakistan and Iran have agreed to share water.", "AGREE", "PAK IRN", "PAK IRN")]
    // whose it is, where it is
    [InlineData("Rebels attacked a police station in Herat.", "ASSAULT", "", "AFG")]
    [InlineData("The Egyptian envoy was detained in Qatar.", "COERCE", "QAT", "EGY")]
    // to whom it is not done
    [InlineData("The Polish minister warned his German colleague that Belarus was arming.", "ACCUSE", "POL", "BLR")]
    [InlineData("The Polish premier said that Warsaw would close its embassy in Belarus.", "THREATEN", "POL", "BLR")]
    [InlineData("The Taiwanese president said that Taipei would not cooperate with China.", "REJECT", "TWN", "CHN")]
    [InlineData("During talks with his Austrian counterpart the Czech minister praised Hungary.", "CONSULT", "CZE AUT", "CZE AUT")]
    public void Who_did_what_to_whom(string text, string type, string source, string target)
    {
        var record = loaded.Read(text);
        var countries = record.Actors.ToDictionary(a => a.Id, a => a.Country);
        string Countries(IReadOnlyList<string> ids) => string.Join(' ', ids.Select(i => countries[i]).OfType<string>().Distinct());
        Assert.Contains(record.Events, e => e.Type == type && Countries(e.Source) == source && Countries(e.Target) == target);
    }

    [Theory]
    [InlineData("Kenya and Somalia did not hold talks.", "CONSULT", "Negated")]
    [InlineData("The Swiss president will visit Norway in June.", "CONSULT", "Planned")]
    [InlineData("The issue was not raised during the visit of the Swiss president to Norway.", "CONSULT", "Actual")]
    [InlineData("Sweden may impose sanctions on Georgia.", "SANCTION", "Possible")]
    [InlineData("Israel will not release the prisoners of Lebanon.", "REJECT", "Actual")]
    [InlineData("Hungary would not condemn Russia.", "REJECT", "Actual")]
    public void Whether_it_is_or_will_be(string text, string type, string status) =>
        Assert.Contains(loaded.Read(text).Events, e => e.Type == type && e.Status.ToString() == status);

    [Theory]
    [InlineData("Sudan accused Chad of arming the rebels. Chad denied the accusation.", "Denies")]
    [InlineData("The Polish minister said that the new bridge over the river would open in June. The German minister said that the new bridge over the river would open in June.", "Corroborates")]
    [InlineData("The Polish minister said that the new bridge over the river had opened. The German minister said that the new bridge over the river had not opened.", "Contradicts")]
    [InlineData("The Thai king visited Laos. It rained. The Thai king visited Laos.", "Same")]
    public void What_answers_or_repeats_what(string text, string kind)
    {
        var record = loaded.Read(text);
        var link = Assert.Single(record.Links, l => l.Kind.ToString() == kind);
        var entries = record.Statements.Select(s => s.Id).Concat(record.Events.Select(e => e.Id)).ToList();
        Assert.Contains(link.From, entries);
        Assert.Contains(link.To, entries);
    }

    [Fact]
    public void An_event_has_its_score_and_contexts()
    {
        var one = Assert.Single(loaded.Read("The Swiss president visited Norway for talks on fishery and trade.").Events, e => e.Modes.Contains("visit"));
        Assert.Equal(4, one.Score);
        Assert.Contains("economic", one.Contexts);
    }

    [Fact]
    public void Every_entry_can_be_explained()
    {
        var (record, why) = loaded.Explain("Sudan accused Chad of arming the rebels. Chad signed a treaty with Egypt.");
        Assert.Equal(record.Statements.Select(s => s.Id).Concat(record.Events.Select(e => e.Id)), why.Select(w => w.Entry));
        var signed = Assert.Single(why, w => w.Tree.StartsWith("signed[root]", StringComparison.Ordinal));
        Assert.Contains("frame 'S sign", signed.Rule, StringComparison.Ordinal);
        Assert.Contains("Egypt[", signed.Tree, StringComparison.Ordinal);
    }

    [Fact]
    public void Talks_have_the_dates_of_their_visit()
    {
        var record = loaded.Read("The Peruvian minister visited Chile on April 2-3. During the talks with his Chilean counterpart he praised Chile.");
        Assert.Contains(record.Events, e => e.Type == "CONSULT" && e.Date?.Edtf == "2024-04-02/2024-04-03" && e.Target.Any(t => record.Actors.Single(a => a.Id == t).Country == "CHL") && e.Modes.Count == 0);
    }

    /// <summary>Every frame has a sentence that earned it. Not all are read right yet; fewer than now is a step back.</summary>
    [Fact]
    public void Frames_find_their_examples()
    {
        var (right, wrong) = (0, new List<string>());
        foreach (var frame in loaded.Lexicon.Frames)
        {
            var record = loaded.Read(Marks().Replace(frame.Example, "$2"));
            var expected = frame.Type;
            if (expected == "NONE" ? record.Events.Count == 0 : record.Events.Any(e => e.Type == expected))
                right++;
            else
                wrong.Add($"{frame.Lemma}: {frame.Example} ({expected}) → {string.Join(", ", record.Events.Select(e => e.Type + " by " + e.Why))}");
        }
        Assert.True(right >= LeastExamples * (right + wrong.Count) / 100, $"{right} of {right + wrong.Count} examples read right; not these:\n{string.Join('\n', wrong)}");
    }

    private const int LeastExamples = 84;

    [GeneratedRegex(@"\[([ST]) ([^\]]*)\]")]
    private static partial Regex Marks();

    public sealed class Loaded : IDisposable
    {
        private readonly LanguageModel _model = LanguageModel.Load();

        public WorldLexicon Lexicon { get; } = WorldLexicon.Load();

        public Chancery.Records.Record Read(string text, string? published = "2024-04-10") => new Reader(_model, Lexicon).Read(new("d", text) { Published = published });

        public (Chancery.Records.Record Record, IReadOnlyList<Explanation> Why) Explain(string text) => new Reader(_model, Lexicon).Explain(new("d", text));

        public void Dispose() => _model.Dispose();
    }
}
