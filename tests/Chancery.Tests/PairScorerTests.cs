using Chancery.Reading;
using Xunit;

namespace Chancery.Tests;

public class PairScorerTests
{
    private const string Header = "feature\tACCUSE\tSUPPORT\n";

    [Fact]
    public void Says_the_likeliest_type_and_how_likely()
    {
        var scorer = PairScorer.Parse(Header + "v=praise\t-100\t200\nbias\t100\t0\n");
        var (type, probability) = scorer.Score(["v=praise", "v=praise", "unheard of"]);
        Assert.Equal("SUPPORT", type);
        Assert.Equal(1 / (1 + Math.Exp(-2)), probability, 6);
        Assert.Equal("ACCUSE", scorer.Score([]).Type);
    }

    [Theory]
    [InlineData("v=praise\t1\tmuch", "line 2: 'much' is no whole number")]
    [InlineData("v=praise\t1", "line 2: 2 fields instead of 3")]
    public void A_damaged_table_is_named_with_its_line(string row, string expected)
    {
        var e = Assert.Throws<InvalidDataException>(() => PairScorer.Parse(Header + row));
        Assert.Contains(expected, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("events.tsv:", e.Message, StringComparison.Ordinal);
    }
}
