using Chancery.Lexicon;
using Chancery.Records;
using Xunit;

namespace Chancery.Tests;

public class LexiconTests
{
    private static readonly WorldLexicon Lexicon = WorldLexicon.Load();

    [Theory]
    [InlineData("SergeiLavrov", "RUS-LAVROV")]
    [InlineData("U.S.", "USA")]
    [InlineData("Kremlin", "RUS-KREMLIN")]
    [InlineData("TheEconomist", "GBR-THE-ECONOMIST")]
    [InlineData("IAEA", "UNO-INTERNATIONAL-ATOMIC-ENERGY-AGENCY")]
    public void Knows_names(string name, string key) => Assert.Contains(Lexicon.Named(name).ToArray(), a => a.Key == key);

    [Theory]
    [InlineData("foreign minister", "CHN", "2024-04-10", "Wang Yi")]
    [InlineData("foreign minister", "CHN", "2023-05-01", "Qin Gang")]
    [InlineData("president", "USA", "2003-03-20", "George W. Bush")]
    [InlineData("prime minister", "GBR", "1956-10-30", "Anthony Eden")]
    [InlineData("prime minister", "GBR", "1700-01-01", null)]
    [InlineData("pope", "RUS", "2024-04-10", null)]
    public void Knows_who_held_an_office_on_a_day(string office, string country, string day, string? expected) =>
        Assert.Equal(expected, Lexicon.Holder(office, country, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture))?.Name);

    [Fact]
    public void Every_state_has_a_code_of_its_own_and_every_key_one_entry() =>
        Assert.All(Lexicon.Actors, a => Assert.Equal(a.Key, a.Value.Key));

    [Fact]
    public void Every_seat_and_nationality_is_that_of_a_known_state()
    {
        Assert.Equal("CHN", Lexicon.CountryOfSeat("Beijing"));
        Assert.Equal("NLD", Lexicon.CountryOfDemonym("Dutch"));
        Assert.Null(Lexicon.CountryOfDemonym("dutch"));
    }

    [Theory]
    [InlineData("secretary of state", "secretary of state")]
    [InlineData("top diplomat", "foreign minister")]
    [InlineData("lawmaker", null)]
    public void Knows_the_words_for_people_and_their_offices(string words, string? office) => Assert.Equal(office, Lexicon.AgentOf(words)!.Office);

    [Theory]
    [InlineData("S condemn T", "condemn", "Subject: S; DirectObject: T")]
    [InlineData("S impose sanction/tariff on/against T", "impose", "Subject: S; DirectObject: sanction/tariff; Oblique on/against: T")]
    [InlineData("S recall ambassador [from T]", "recall", "Subject: S; DirectObject: ambassador; [Oblique from: T]")]
    [InlineData("S meet [with] T", "meet", "Subject: S; Oblique with/: T")]
    [InlineData("S call on T to X", "call", "Subject: S; Oblique on: T; Infinitive: X")]
    [InlineData("S refuse to meet/see [with] T", "refuse", "Subject: S; Infinitive: meet/see; Oblique with/: T")]
    [InlineData("S crack down on T", "crack", "Subject: S; Particle: down; Oblique on: T")]
    [InlineData("S demand that X", "demand", "Subject: S; Clause: X")]
    [InlineData("S give in to T", "give", "Subject: S; Particle: in; Oblique to: T")]
    [InlineData("S brush aside/off T", "brush", "Subject: S; Particle: aside/off; DirectObject: T")]
    [InlineData("S line up behind T", "line", "Subject: S; Particle: up; Oblique behind: T")]
    public void Reads_constructions(string construction, string lemma, string expected)
    {
        var slots = Frame.Parse(construction, lemma, "VERB").Select(s =>
        {
            var filler = s.Words.Count > 0 ? string.Join('/', s.Words) : s.Role switch { Role.Source => "S", Role.Target => "T", _ => "X" };
            var slot = $"{s.Place}{(s.Prepositions.Count > 0 ? " " + string.Join('/', s.Prepositions) : "")}: {filler}";
            return s.Optional ? $"[{slot}]" : slot;
        });
        Assert.Equal(expected, string.Join("; ", slots));
    }

    [Theory]
    [InlineData("people.tsv", "key\tname\tnames\tcountry\tsectors\toffice\tfrom\tto\nX-A\tA\t\tRUS\tGOV\tking\t1990\t1980", "line 2: the office ends before it begins")]
    [InlineData("people.tsv", "key\tname\tnames\tcountry\tsectors\toffice\tfrom\tto\nX-A\tA\t\tRussia\tGOV\t\t\t", "line 2: 'Russia' is no country's code")]
    [InlineData("people.tsv", "key\tname\tnames\tcountry\tsectors\toffice\tfrom\tto\nX-A\tA\t\tRUS\tKGB\t\t\t", "line 2: 'KGB' is no PLOVER sector")]
    [InlineData("people.tsv", "key\tname\tnames\tcountry\tsectors\toffice\tfrom\tto\nX-A\tA\t\tRUS\tGOV\tking\tMay\t", "line 2: 'May' is no date")]
    [InlineData("states.tsv", "code\tname\nRUS\tRussia", "line 1: the first line must name the columns")]
    [InlineData("states.tsv", "# nothing", "nothing in it")]
    [InlineData("agents.tsv", "words\tnumber\tkind\tsectors\toffice\nclown\tany\tfool\t\t", "line 2: 'fool' is no kind")]
    [InlineData("frames.tsv", "lemma\tpos\tconstruction\ttype\tmodes\tcameo\tstatus\texample\nhug\tverb\tS embrace T\tSUPPORT\t\t\t\tx", "does not contain 'hug'")]
    [InlineData("frames.tsv", "lemma\tpos\tconstruction\ttype\tmodes\tcameo\tstatus\texample\nhug\tverb\tS hug T\tHUG\t\t\t\tx", "'HUG' is no PLOVER type")]
    [InlineData("cues.tsv", "lemma\tpos\tact\nsay\tverb\tmumble", "line 2: 'mumble' is no speech act")]
    [InlineData("media.tsv", "key\tname\tnames\tcountry\tsectors\nX\tX", "line 2: 2 fields instead of 5")]
    public void A_table_that_is_wrong_is_named_with_its_line(string file, string text, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => WorldLexicon.Parse([(file, text)]));
        Assert.StartsWith(file + ":", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_later_table_wins_over_an_earlier_one()
    {
        const string Header = "key\tname\tnames\tcountry\tsectors\n";
        var lexicon = WorldLexicon.Parse([("a/media.tsv", Header + "X-PRESS\tPress\t\tGBR\tJRN"), ("b/media.tsv", Header + "X-PRESS\tPress\t\tFRA\tJRN")]);
        Assert.Equal("FRA", lexicon.Actors["X-PRESS"].Country);
    }

    [Fact]
    public void Every_frame_marks_its_sides_in_its_example() =>
        Assert.All(Lexicon.Frames, f =>
        {
            foreach (var slot in f.Slots.Where(s => s is { Optional: false, Role: not Role.Other }))
                Assert.True(f.Example.Contains(slot.Role == Role.Source ? "[S " : "[T ", StringComparison.Ordinal), $"{f.Construction}: {f.Example}");
        });
}
