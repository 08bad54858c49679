using Chancery.Formats.Exports;
using Chancery.Formats.Exports.Rows;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

public class EventRowTests
{
    private static readonly EventRowOptions Options = new() { Added = new(2024, 4, 11, 9, 30, 0, TimeSpan.FromHours(2)) };

    [Theory]
    [InlineData(EventRowFormat.Polecat, 40, true, "export-polecat.txt")]
    [InlineData(EventRowFormat.Icews, 20, true, "export-icews.txt")]
    [InlineData(EventRowFormat.Gdelt, 61, false, "export-gdelt.txt")]
    [InlineData(EventRowFormat.GdeltMentions, 16, false, "export-gdelt-mentions.txt")]
    public void Rows_are_those_that_were_approved(EventRowFormat format, int columns, bool header, string approved)
    {
        using var to = new StringWriter();
        var count = EventRows.Write(to, format, [new(Samples.Record())], Options);
        var lines = to.ToString().TrimEnd('\n').Split('\n');
        Assert.All(lines, l => Assert.Equal(columns, l.Split('\t').Length));
        Assert.Equal(columns, EventRows.ColumnsOf(format).Distinct().Count());
        Assert.Equal(header, lines[0] == string.Join('\t', EventRows.ColumnsOf(format)));
        Assert.Equal(count.Rows, lines.Length - (header ? 1 : 0));
        Samples.Approve(to.ToString(), approved);
    }

    [Fact]
    public void Fields_say_what_the_event_says()
    {
        var visit = Row(EventRowFormat.Polecat);
        Assert.Equal(
            ("2024-04-08", "CONSULT", "visit", "4", "1", "diplomatic; military", "Ada Marsh", "FRA", "220", "GOV", "foreign minister", "Li Wei", "710", "GOV; MIL", "Beijing", "1816670", "2024-04-10", "None"),
            (visit["Event Date"], visit["Event Type"], visit["Event Mode"], visit["Intensity"], visit["Quad Code"], visit["Contexts"], visit["Actor Name"], visit["Actor Country"], visit["Actor COW"],
                visit["Primary Actor Sector"], visit["Actor Title"], visit["Recipient Name"], visit["Recipient COW"], visit["Recipient Sectors"], visit["City"], visit["GeoNames ID"], visit["Publication Date"], visit["District"]));

        var gdelt = Row(EventRowFormat.Gdelt);
        Assert.Equal(
            ("20240408", "2024.3507", "FRAGOV", "CHNGOVMIL", "CHN", "GOV", "MIL", "042", "04", "1", "1.9", "4", "Beijing, China", "CH", "39.9075", "20240411073000", "https://courier.example/d1", "1"),
            (gdelt["SQLDATE"], gdelt["FractionDate"], gdelt["Actor1Code"], gdelt["Actor2Code"], gdelt["Actor2CountryCode"], gdelt["Actor2Type1Code"], gdelt["Actor2Type2Code"], gdelt["EventCode"], gdelt["EventRootCode"],
                gdelt["QuadClass"], gdelt["GoldsteinScale"], gdelt["ActionGeo_Type"], gdelt["ActionGeo_FullName"], gdelt["ActionGeo_CountryCode"], gdelt["ActionGeo_Lat"], gdelt["DATEADDED"], gdelt["SOURCEURL"], gdelt["IsRootEvent"]));

        var mention = Row(EventRowFormat.GdeltMentions);
        var runes = Samples.Text.EnumerateRunes().ToList();
        Assert.StartsWith("visited", string.Concat(runes.Skip(int.Parse(mention["ActionCharOffset"], System.Globalization.CultureInfo.InvariantCulture))), StringComparison.Ordinal);
        Assert.Equal(("1", "90", $"{runes.Count}", gdelt["GLOBALEVENTID"]), (mention["MentionType"], mention["Confidence"], mention["MentionDocLen"], mention["GLOBALEVENTID"]));

        var icews = Row(EventRowFormat.Icews);
        Assert.Equal(("Make a visit", "042", "1.9", "France", "Government,Military", "d1"), (icews["Event Text"], icews["CAMEO Code"], icews["Intensity"], icews["Source Country"], icews["Target Sectors"], icews["Story ID"]));
    }

    [Fact]
    public void What_did_not_happen_is_left_out_and_counted()
    {
        var count = EventRows.Write(TextWriter.Null, EventRowFormat.Polecat, [new(Samples.Record())], Options);
        Assert.Equal((4, 1, 1, 0), (count.Rows, count.Negated, count.NotActual, count.WithoutActors));
        Assert.Equal((5, 1, 0, 0), EventRows.Write(TextWriter.Null, EventRowFormat.Polecat, [new(Samples.Record())], Options with { IncludePlanned = true }) is var c ? (c.Rows, c.Negated, c.NotActual, c.WithoutActors) : default);
    }

    [Fact]
    public void Both_sides_are_two_and_each_meets_the_other() =>
        Assert.Equal([("Ada Marsh", "Li Wei"), ("Li Wei", "Ada Marsh")], Rows(EventRowFormat.Polecat, new(Samples.Record())).Skip(2).Select(r => (r["Actor Name"], r["Recipient Name"])));

    [Fact]
    public void The_day_of_publication_stands_in_for_one_that_the_text_does_not_give()
    {
        Assert.Equal("2024-04-10", Rows(EventRowFormat.Polecat, new(Samples.Record()))[1]["Event Date"]);
        var undated = Samples.Record() with { Document = Samples.Record().Document with { Published = "2024-04" } };
        Assert.Equal((3, 1), EventRows.Write(TextWriter.Null, EventRowFormat.Gdelt, [new(undated)], Options) is var c ? (c.Rows, c.WithoutDay) : default);
    }

    [Fact]
    public void An_event_is_one_row_however_many_documents_tell_it_and_a_mention_for_each()
    {
        ExportRecord Telling(string id, string? copyOf) => new(Samples.Record(id) with { Events = [Samples.Record().Events[0]] })
        {
            Actors = new Dictionary<string, ExportActor> { ["a1"] = new("Q1", "Ada Marsh", ActorKind.Person), ["a2"] = new("Q2", "Li Wei", ActorKind.Person) },
            Events = new Dictionary<string, ExportEvent> { ["e1"] = new("v1") { Reports = 3, Publishers = 2 } },
            CopyOf = copyOf,
        };
        ExportRecord[] records = [Telling("d1", null), Telling("d2", null), Telling("d3", "d1")];
        var gdelt = EventRows.Rows(EventRowFormat.Gdelt, records, Options).ToList();
        var mentions = EventRows.Rows(EventRowFormat.GdeltMentions, records, Options).ToList();
        Assert.Equal(["3"], gdelt.Select(r => r[31]));
        Assert.Equal(["2"], gdelt.Select(r => r[32]));
        Assert.Equal([gdelt[0][0], gdelt[0][0], gdelt[0][0]], mentions.Select(r => r[0]));
        Assert.Equal(3, mentions.Select(r => r[5]).Distinct().Count());
    }

    [Fact]
    public void An_event_that_a_document_tells_again_is_one_row()
    {
        var record = Samples.Record();
        record = record with { Events = [record.Events[0], record.Events[0] with { Id = "e9" }], Links = [new(LinkKind.Same, "e9", "e1")] };
        Assert.Single(Rows(EventRowFormat.Polecat, new(record)));
    }

    [Fact]
    public void Numbers_are_the_same_in_every_run_and_fit_into_a_double()
    {
        var numbers = EventRows.Rows(EventRowFormat.Gdelt, Samples.Many(50), Options).Select(r => long.Parse(r[0], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, n => Assert.InRange(n, 1, 1L << 53));
        Assert.Equal(numbers, EventRows.Rows(EventRowFormat.Gdelt, Samples.Many(50), Options).Select(r => long.Parse(r[0], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void No_field_breaks_its_line()
    {
        var record = Samples.Record();
        record = record with { Document = record.Document with { Publisher = "The\tCourier\r\nLtd" }, Actors = [.. record.Actors.Select(a => a with { Name = $"{a.Name}\n\tof \u2028 it" })] };
        foreach (var format in Enum.GetValues<EventRowFormat>())
            Assert.All(EventRows.Rows(format, [new(record)], Options), r => Assert.All(r, f => Assert.DoesNotMatch("[\\t\\r\\n\\u2028]", f)));
    }

    [Fact]
    public void No_row_has_the_words_of_the_news()
    {
        foreach (var format in new[] { EventRowFormat.Polecat, EventRowFormat.Icews })
            Assert.All(EventRows.Rows(format, [new(Samples.Record())], Options), r => Assert.DoesNotContain("fired on", string.Join('\t', r), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("UNO", "UNO", "", "UNO")]
    [InlineData("NGO", "NGOHLH", "", "")]
    [InlineData("EUR", "EURHLH", "EUR", "")]
    [InlineData("ROU", "ROMHLH", "ROM", "")]
    [InlineData(null, "HLH", "", "")]
    public void Bodies_across_borders_have_CAMEOs_groups_and_types(string? country, string code, string countryCode, string group)
    {
        var record = Samples.Record();
        record = record with { Actors = [.. record.Actors.Select(a => a.Id == "a1" ? a with { Country = country, Sectors = country == "UNO" ? [] : ["MED", "SOMETHING"] } : a)] };
        var row = Rows(EventRowFormat.Gdelt, new(record))[0];
        Assert.Equal((code, countryCode, group), (row["Actor1Code"], row["Actor1CountryCode"], row["Actor1KnownGroupCode"]));
    }

    [Fact]
    public void Every_state_of_the_lexicon_has_codes_and_no_two_share_one()
    {
        var states = File.ReadLines(Repository.File("lexicon", "states.tsv")).Where(l => l[0] != '#').Skip(1).Select(l => l.Split('\t')[0]).Except(["UNO", "EUR", "WST"]).ToList();
        Assert.True(states.Count > 190);
        Assert.All(states, s => Assert.NotNull(CodeLists.Country(s)));
        foreach (var list in new Func<CountryCodes, object?>[] { c => c.Iso2, c => c.Fips, c => c.Cow, c => c.CowAbbreviation, c => c.Cameo, c => c.Name })
        {
            var codes = CodeLists.Countries.Select(list).Where(c => c is not null).ToList();
            Assert.Equal(codes.Count, codes.Distinct().Count());
        }
        Assert.Equal((365, "RS", "RUS"), (CodeLists.Country("RUS")!.Cow, CodeLists.Country("RUS")!.Fips, CodeLists.Country("RUS")!.CowAbbreviation));
    }

    [Fact]
    public void Every_type_has_a_quad_code_and_a_code_of_CAMEO_with_a_name_and_a_place_on_the_scale()
    {
        Assert.Equal(16, QuadCode.Types.Distinct().Count());
        Assert.All(QuadCode.Types, t =>
        {
            var cameo = CodeLists.CameoOf(new("e", t, EventStatus.Actual, new([], [], [], new(0, 0))))!;
            Assert.NotNull(CodeLists.CameoName(cameo));
            var positive = CodeLists.Goldstein(cameo) > 0;
            Assert.Equal(QuadCode.Of(t) <= 2, positive);
        });
        Assert.Null(QuadCode.Of("FIGHT"));
        Assert.Equal("Threaten non-force", CodeLists.CameoName("1312"));
        Assert.Null(CodeLists.CameoName("99"));
    }

    private static Dictionary<string, string> Row(EventRowFormat format) => Rows(format, new(Samples.Record()))[0];

    private static List<Dictionary<string, string>> Rows(EventRowFormat format, ExportRecord record) =>
        [.. EventRows.Rows(format, [record], Options).Select(r => EventRows.ColumnsOf(format).Zip(r).ToDictionary(p => p.First, p => p.Second))];
}
