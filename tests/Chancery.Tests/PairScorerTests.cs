using Chancery.Reading;
using Xunit;

namespace Chancery.Tests;

public class PairScorerTests
{
    private const string Header = "feature\ttype\tweight\n";

    [Fact]
    public void Says_the_likeliest_type_and_how_likely()
    {
        var scorer = PairScorer.Parse(Header + "v=praise\tSUPPORT\t2\nv=praise\tACCUSE\t-1\nbias\tACCUSE\t1\n");
        var (type, probability) = scorer.Score(["v=praise", "v=praise", "unheard of"]);
        Assert.Equal("SUPPORT", type);
        Assert.Equal(1 / (1 + Math.Exp(-2)), probability, 6);
        Assert.Equal("ACCUSE", scorer.Score([]).Type);
    }

    [Theory]
    [InlineData("v=praise\tSUPPORT\tmuch", "line 2: 'much' is no number")]
    [InlineData("v=praise\tSUPPORT", "line 2: 2 fields instead of 3")]
    public void A_damaged_table_is_named_with_its_line(string row, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => PairScorer.Parse(Header + row));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("events.tsv:", e.Message, StringComparison.Ordinal);
    }
}
