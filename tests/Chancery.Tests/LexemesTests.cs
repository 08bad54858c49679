using Chancery.Language;
using Chancery.TestSupport;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

public class LexemesTests
{
    private static readonly Lexemes Lexemes = Lexemes.Parse(File.ReadAllText(Repository.File("models", "en", "lexemes.tsv")));

    [Theory]
    [InlineData("sanctions", "NOUN", "NNS", "sanction", "Number=Plur")]
    [InlineData("countries", "NOUN", "NNS", "country", "Number=Plur")]
    [InlineData("said", "VERB", "VBD", "say", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin")]
    [InlineData("Condemning", "VERB", "VBG", "condemn", "Tense=Pres|VerbForm=Part")]
    [InlineData("seized", "VERB", "VBN", "seize", "Tense=Past|VerbForm=Part|Voice=Pass")]
    [InlineData("was", "AUX", "VBD", "be", "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin")]
    [InlineData("n't", "PART", "RB", "not", "Polarity=Neg")]
    [InlineData("n’t", "PART", "RB", "not", "Polarity=Neg")]
    [InlineData("Geneva", "PROPN", "NNP", "Geneva", "Number=Sing")]
    [InlineData("worse", "ADJ", "JJR", "bad", "Degree=Cmp")]
    public void Gives_dictionary_form_and_features(string form, string upos, string xpos, string lemma, string features)
    {
        Assert.Equal(lemma, Lexemes.Lemma(form, upos, xpos));
        Assert.Equal(features, Lexemes.Features(form, upos, xpos));
    }

    [Fact]
    public void Any_word_has_a_form_that_is_not_empty() =>
        Gen.Select(Gen.String[1, 12], Gen.OneOf("NOUN", "VERB", "X", "?"), Gen.OneOf("NNS", "VBD", "FW", "?"))
            .Sample((form, upos, xpos) => Lexemes.Lemma(form, upos, xpos).Length > 0);

    [Theory]
    [InlineData("case\tADJ JJ\tlower\t\nfeatures\tADJ", "line 2")]
    [InlineData("colour\tADJ JJ\tred\tblue", "line 1")]
    [InlineData("ending\tADJ JJ\tier\tminus", "line 1")]
    [InlineData("", "empty")]
    public void A_damaged_table_is_named_with_its_line(string table, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => Lexemes.Parse(table));
        Assert.Contains("lexemes.tsv", e.Message, StringComparison.Ordinal);
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
    }
}
