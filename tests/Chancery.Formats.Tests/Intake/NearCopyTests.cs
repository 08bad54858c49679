using System.Diagnostics;
using Chancery.Formats.Intake;
using Chancery.TestSupport;
using CsCheck;
using Xunit;

namespace Chancery.Formats.Tests.Intake;

public class NearCopyTests
{
    private static List<string> Samples => [.. Directory.EnumerateFiles(Repository.File("samples"), "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText)];

    public static TheoryData<string, Func<string, string>> Changes => new()
    {
        { "nothing", t => t },
        { "another headline", t => "Powers at odds once more\n\n" + t[(t.IndexOf("\n\n", StringComparison.Ordinal) + 2)..] },
        { "another dateline and byline", t => "By our own correspondent\n\nVIENNA (Ring) — " + t[(t.IndexOf(" - ", StringComparison.Ordinal) + 3)..] },
        { "a third cut off", t => t[..(t.Length * 2 / 3)] },
        { "half cut off", t => t[..(t.Length / 2)] },
        { "a line put in", t => t.Insert(t.IndexOf("\n\n", t.Length / 2, StringComparison.Ordinal), "\n\nGet the morning letter: all that matters, before your coffee is cold.") },
        { "other quotation marks, capitals and spaces", t => t.ToUpperInvariant().Replace('"', '”').Replace("'", "’", StringComparison.Ordinal).Replace(" ", "  ", StringComparison.Ordinal) },
        { "framed by another paper's words", t => "This report is from the wire.\n\n" + t + "\n\nRead all about it in tomorrow's paper, with maps and portraits." },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_copy_is_a_copy(string what, Func<string, string> change)
    {
        foreach (var text in Samples)
        {
            var (one, other) = (NearCopy.Of(text), NearCopy.Of(change(text)));
            Assert.True(NearCopy.Are(one, other), $"{what}: {NearCopy.Similarity(one, other)}, {NearCopy.Containment(one, other)}");
            Assert.True(one.Keys.Intersect(other.Keys).Any(), what);
            Assert.True(NearCopy.Containment(one, other) > 0.75, what);
        }
    }

    [Fact]
    public void Two_reports_of_one_meeting_are_not()
    {
        const string one = """
            GENEVA - The foreign ministers of Ruritania and Freedonia met for three hours on Monday and agreed to open two crossings on their border by
            the first of June. "It is a beginning," said the Ruritanian minister, Anna Holm. Trade between the two countries has fallen by half since the
            border was closed last autumn. Farmers on both sides had asked for the crossings to be opened before the harvest.
            """;
        const string other = """
            Ruritania and Freedonia will open two border crossings by June 1, their foreign ministers said after talks in Geneva on Monday that lasted three
            hours. Freedonia's Jon Reyes called the outcome modest. He would not say whether soldiers would be withdrawn from the hills. The border has been
            closed since last autumn, and trade between the neighbours is half of what it was.
            """;
        Assert.False(NearCopy.Are(NearCopy.Of(one), NearCopy.Of(other)));
    }

    [Fact]
    public void Reports_of_others_are_no_copies_of_each_other()
    {
        List<NearCopy> copies = [.. Samples.Concat(Corpus.PolnearDev().Select(t => t.Text)).Select(NearCopy.Of)];
        var (most, contained, candidates, pairs) = (0.0, 0.0, 0, 0);
        for (var a = 0; a < copies.Count; a++)
            for (var b = 0; b < a; b++)
            {
                pairs++;
                most = Math.Max(most, NearCopy.Similarity(copies[a], copies[b]));
                contained = Math.Max(contained, NearCopy.Containment(copies[a], copies[b]));
                candidates += copies[a].Keys.Intersect(copies[b].Keys).Any() ? 1 : 0;
                Assert.False(NearCopy.Are(copies[a], copies[b]));
            }
        TestContext.Current.SendDiagnosticMessage($"{pairs} pairs: similarity up to {most:0.00}, containment up to {contained:0.00}, {candidates} candidates");
    }

    [Fact]
    public void A_signature_is_the_same_everywhere()
    {
        var copy = NearCopy.Of("The envoys met in Geneva on Monday, and agreed to meet again.");
        Assert.Equal((9, 42, 128), (copy.Runs, copy.Keys.Count, copy.Signature.Count));
        Assert.Equal(KnownFirst, copy.Signature[0]);
        Assert.Equal(KnownKey, copy.Keys[^1]);
        Assert.Equal(1, NearCopy.Similarity(copy, NearCopy.From(copy.Signature, copy.Runs)));
    }

    private const uint KnownFirst = 443518655;
    private const long KnownKey = -1947206105082548496;

    [Theory]
    [InlineData("", "")]
    [InlineData("", "One two three four five")]
    [InlineData("One", "Two")]
    public void Texts_of_a_few_words_are_no_trouble(string a, string b) => Assert.Equal(0, NearCopy.Similarity(NearCopy.Of(a), NearCopy.Of(b)));

    [Fact]
    public void The_estimate_is_near_the_truth() => Gen.Select(Gen.Int[60, 300], Gen.Int[0, 100]).Sample((words, share) =>
    {
        var shared = Enumerable.Range(0, words).Select(i => $"w{i * 7919 % 10007}").ToList();
        var one = string.Join(' ', shared);
        var other = string.Join(' ', shared.Take(words * share / 100).Concat(Enumerable.Range(0, words).Select(i => $"v{i}")));
        HashSet<string> Runs(string t) => [.. t.Split(' ').Zip(t.Split(' ').Skip(1), t.Split(' ').Skip(2)).Zip(t.Split(' ').Skip(3), (a, d) => $"{a} {d}")];
        var (a, b) = (Runs(one), Runs(other));
        var truth = (double)a.Intersect(b).Count() / a.Union(b).Count();
        return Math.Abs(NearCopy.Similarity(NearCopy.Of(one), NearCopy.Of(other)) - truth) < 0.22;
    });

    [Fact]
    public void Speed()
    {
        var text = string.Concat(Enumerable.Repeat(string.Concat(Samples), 4));
        NearCopy.Of(text);
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < 20; i++)
            NearCopy.Of(text);
        var (copies, letters) = (20.0 * text.Length / 1e6 / clock.Elapsed.TotalSeconds, 0L);
        clock.Restart();
        foreach (var sample in Enumerable.Repeat(Samples, 20).SelectMany(s => s))
        {
            LanguageGuess.Of(sample);
            letters += Math.Min(sample.Length, 4000);
        }
        TestContext.Current.SendDiagnosticMessage($"signatures {copies:0} MB/s; language {letters / 1e6 / clock.Elapsed.TotalSeconds:0.0} MB/s");
        Assert.True(copies > 1);
    }
}
