using Chancery.Lexicon;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

public class PetrarchImportTests
{
    private const string Actors = """
        # a comment
        SIAM_ [THA]   ;BNL
        +KINGDOM_OF_SIAM_
        RAMA_NARES_
        +PRINCE_NARES_
            [THAGOV 19010101-19040615]
            [THAOPP >=19040616]
        ZETO_ [IGOMIL]
        NOBODY_ [---]
        LOOSE_CODE_ [thagov]
        """;

    private static readonly string[] Lines = ["A_ [USA]", "+B_", "[GBRGOV >=200101]", "[GBRGOV 20010101-20020101]", "C_D_ ", "\t[~GOV]", "[", "]", "[USA 1]", "#", ";", "É_ [FRAMIL]", "{X_}", "!S! = T"];

    [Fact]
    public void Actors_come_over_with_synonyms_and_dated_roles()
    {
        var dictionary = PetrarchImport.Parse([("actors.txt", Actors)]);
        var lexicon = WorldLexicon.Parse(dictionary.Tables());
        var prince = lexicon.Named("PrinceNares")[0];
        Assert.Equal(("Rama Nares", ActorKind.Person, "THA"), (prince.Name, prince.Kind, prince.Country));
        Assert.Equal(["GOV"], prince.SectorsOn(new(1902, 1, 1)));
        Assert.Equal(["OPP"], prince.SectorsOn(new(1910, 1, 1)));
        Assert.Null(prince.OfficeOn(new(1902, 1, 1)));
        Assert.Equal("THA", lexicon.Named("KingdomofSiam")[0].Country);
        Assert.Equal(["MIL"], lexicon.Named("ZETO")[0].Sectors);
    }

    [Fact]
    public void Agents_come_over_as_words()
    {
        var dictionary = PetrarchImport.Parse([("agents.txt", "WHEELWRIGHT_ {WHEELWRIGHTS_} [~BUS]\nRIVER_PILOT_ [~LAB]\n")]);
        var lexicon = WorldLexicon.Parse(dictionary.Tables());
        Assert.Equal(["LAB"], lexicon.AgentOf("river pilot")!.Sectors);
    }

    [Fact]
    public void What_is_left_out_is_named_with_its_line()
    {
        var skipped = PetrarchImport.Parse([("actors.txt", Actors)]).Skipped;
        Assert.Contains(skipped, s => s.StartsWith("actors.txt: line 9:", StringComparison.Ordinal));
        Assert.Contains(skipped, s => s.StartsWith("actors.txt: line 10:", StringComparison.Ordinal) && s.Contains("[thagov]", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_of_another_kind_is_refused() =>
        Assert.Contains("letter.txt", Assert.Throws<InvalidDataException>(() => PetrarchImport.Parse([("letter.txt", "Dear Sir,\n")])).Message, StringComparison.Ordinal);

    [Fact]
    public void Whatever_is_read_can_be_read_back() =>
        Gen.Int[0, 13].Select(i => Lines[i]).List[0, 20]
            .Sample(lines =>
            {
                try
                {
                    WorldLexicon.Parse(PetrarchImport.Parse([("f", string.Join('\n', lines))]).Tables());
                }
                catch (InvalidDataException e)
                {
                    Assert.Contains("no entry", e.Message, StringComparison.Ordinal);
                }
            });
}
