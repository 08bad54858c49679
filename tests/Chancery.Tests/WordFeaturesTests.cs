using Chancery.Language.Encoding;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

public class WordFeaturesTests
{
    private static readonly ModelDescription Model = ModelDescription.Parse(ModelDescriptionTests.Json(vocabulary: 2), "the\nsaid\n");

    [Theory]
    [InlineData("Said", "said")]
    [InlineData("1956", "0000")]
    [InlineData("Peking’s", "peking's")]
    [InlineData("“", "\"")]
    [InlineData("İstanbul", "İstanbul")]   // its small form is two characters, and a form keeps its length
    public void Folds_case_digits_and_typography(string form, string expected) => Assert.Equal(expected, WordFeatures.Fold(form));

    [Theory]
    [InlineData("Kissinger", "Xxx9")]
    [InlineData("U.S.", "X.X.4")]
    [InlineData("1,250", "0,005")]
    [InlineData("mid-1956", "xx-008")]
    [InlineData("internationalization", "xx12")]
    [InlineData("😀", "😀1")]
    public void Draws_a_words_shape(string form, string expected) => Assert.Equal(expected, WordFeatures.ShapeOf(form));

    [Fact]
    public void Half_a_character_has_a_shape_too() => Assert.Equal("\ud83d1", WordFeatures.ShapeOf("\ud83d"));

    [Fact]
    public void A_known_word_has_its_own_row_and_others_share_rows()
    {
        var features = new WordFeatures(Model);
        var (known, unknown) = (new int[WordFeatures.Count], new int[WordFeatures.Count]);
        features.Write("SAID", 1, known);
        features.Write("averred", 1, unknown);
        Assert.Equal(1 + 30 + 1, known[0]);
        Assert.InRange(unknown[0], 1, 30);
    }

    [Fact]
    public void Every_number_lies_in_its_table_whatever_the_word() =>
        Gen.String[1, 40].Sample(form =>
        {
            var ids = new int[WordFeatures.Count];
            new WordFeatures(Model).Write(form, 8, ids);
            return ids[0] is >= 1 and <= 32 && ids[1..6].All(i => i is >= 1 and <= 50) && ids[6] == 8 && ids[7..].All(i => i is >= 0 and <= 50);
        });

    [Theory]
    [InlineData("He said “ we go ” .", "001111" + "0")]
    [InlineData("\" Go \" , he said", "111000")]
    [InlineData("a ” b", "000")]
    public void Follows_quotation_marks(string words, string expected)
    {
        var quotation = new WordFeatures.Quotation();
        Assert.Equal(expected, string.Concat(words.Split(' ').Select(w => quotation.Next(w) ? '1' : '0')));
    }

    [Fact]
    public void A_quotation_that_never_closes_is_given_up()
    {
        var quotation = new WordFeatures.Quotation();
        quotation.Next("“");
        var inside = Enumerable.Range(0, 300).Count(_ => quotation.Next("word"));
        Assert.Equal(149, inside);
    }
}
