using Chancery.Language.Decoding;
using CsCheck;
using Xunit;

namespace Chancery.Tests;

public class SpanningTreeTests
{
    /// <summary>Scores of up to six words; small whole numbers, so that there are ties and cycles.</summary>
    private static readonly Gen<float[]> Scores =
        Gen.Int[1, 6].SelectMany(n => Gen.Int[-4, 4].Select(x => (float)x).Array[n * (n + 1)]);

    [Fact]
    public void Finds_the_best_of_all_trees_with_one_root() =>
        Scores.Sample(scores =>
        {
            var n = WordsIn(scores);
            var heads = new int[n];
            SpanningTree.Decode(scores, n + 1, heads);
            Assert.True(IsTree(heads));
            Assert.Equal(AllTrees(n).Max(t => Sum(scores, t)), Sum(scores, heads), 3);
        }, iter: 2000);

    [Fact]
    public void A_long_chain_of_cycles_is_broken_up()
    {
        // Pairs that like each other best: every pair is a cycle.
        const int Count = 120;
        var scores = new float[Count * (Count + 1)];
        for (var i = 0; i < Count; i++)
            scores[(i * (Count + 1)) + (i ^ 1) + 1] = 10;
        var heads = new int[Count];
        SpanningTree.Decode(scores, Count + 1, heads);
        Assert.True(IsTree(heads));
    }

    [Theory]
    [InlineData(new[] { -1 }, true)]
    [InlineData(new[] { 1, -1, 1 }, true)]
    [InlineData(new[] { -1, -1 }, false)]
    [InlineData(new[] { 1, 0, -1 }, false)]
    [InlineData(new[] { 1, 2, 0 }, false)]
    public void Knows_a_tree(int[] heads, bool expected) => Assert.Equal(expected, SpanningTree.IsTree(heads));

    private static int WordsIn(float[] scores) => Enumerable.Range(1, 6).First(n => n * (n + 1) == scores.Length);

    private static double Sum(float[] scores, int[] heads) => heads.Select((h, i) => (double)scores[(i * (heads.Length + 1)) + h + 1]).Sum();

    private static IEnumerable<int[]> AllTrees(int n)
    {
        var total = (int)Math.Pow(n + 1, n);
        for (var code = 0; code < total; code++)
        {
            var heads = new int[n];
            for (var (i, rest) = (0, code); i < n; i++, rest /= n + 1)
                heads[i] = (rest % (n + 1)) - 1;
            if (IsTree(heads))
                yield return heads;
        }
    }

    private static bool IsTree(int[] heads) => heads.Count(h => h < 0) == 1 && Enumerable.Range(0, heads.Length).All(i =>
    {
        var steps = 0;
        for (var at = i; at >= 0 && steps <= heads.Length; at = heads[at])
            steps++;
        return steps <= heads.Length;
    });
}
