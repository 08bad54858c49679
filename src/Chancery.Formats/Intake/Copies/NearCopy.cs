using System.Numerics;
using System.Runtime.InteropServices;

namespace Chancery.Formats.Intake;

/// <summary>
/// A text's signature by which copies of it are found: with another headline, another byline, a tail cut off, a line put in. MinHash
/// (Broder 1997) over runs of four words, letters and digits only, capitals aside. The same text has the same signature everywhere.
/// </summary>
public sealed class NearCopy
{
    /// <summary>How many numbers a signature has.</summary>
    public const int Length = 128;

    /// <summary>How many words make a run.</summary>
    public const int Run = 4;

    /// <summary>From this similarity on, two texts are copies; see <c>docs/intake.md</c> for how it was found.</summary>
    public const double SimilarFrom = 0.4;

    /// <summary>From this containment on, the shorter of two texts is a piece of the longer.</summary>
    public const double ContainedFrom = 0.8;

    private const int BandRows = 3;
    private const int FewestRuns = 20;
    private static readonly (uint[] Factors, uint[] Offsets) Seeds = MakeSeeds();

    private readonly uint[] _least;

    private NearCopy(uint[] least, int runs) => (_least, Runs) = (least, runs);

    /// <summary>How many different runs of words the text has.</summary>
    public int Runs { get; }

    /// <summary>The signature, to be kept: 128 numbers.</summary>
    public IReadOnlyList<uint> Signature => _least;

    /// <summary>Keys of which copies share at least one, for a database to find candidates by: 42 numbers.</summary>
    public IReadOnlyList<long> Keys
    {
        get
        {
            var keys = new long[Length / BandRows];
            for (var band = 0; band < keys.Length; band++)
            {
                var hash = 0xCBF29CE484222325UL ^ (ulong)band;
                for (var row = 0; row < BandRows; row++)
                    hash = Mixed(hash ^ _least[band * BandRows + row]);
                keys[band] = (long)hash;
            }
            return keys;
        }
    }

    /// <summary>The signature of a text.</summary>
    /// <param name="text">A report; a headline in its first line counts like the rest.</param>
    public static NearCopy Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var least = new uint[Length];
        Array.Fill(least, uint.MaxValue);
        var seen = new HashSet<ulong>();
        Span<ulong> words = stackalloc ulong[Run];
        var (count, at) = (0, 0);
        while (NextWord(text, ref at, out var word))
        {
            words[count++ % Run] = word;
            if (count >= Run)
                Take(words, count, seen, least);
        }
        // A text of less than a run of words is one run.
        if (count is > 0 and < Run)
        {
            words[count..].Clear();
            Take(words, 0, seen, least);
        }
        return new(least, seen.Count);
    }

    /// <summary>A signature that was kept.</summary>
    /// <param name="signature">128 numbers.</param>
    /// <param name="runs">How many runs the text has.</param>
    public static NearCopy From(IReadOnlyList<uint> signature, int runs)
    {
        ArgumentNullException.ThrowIfNull(signature);
        ArgumentOutOfRangeException.ThrowIfNotEqual(signature.Count, Length);
        ArgumentOutOfRangeException.ThrowIfNegative(runs);
        return new([.. signature], runs);
    }

    /// <summary>How much two texts have in common, of all that both have: 0 to 1, within about 0.04.</summary>
    public static double Similarity(NearCopy a, NearCopy b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        if (a.Runs == 0 || b.Runs == 0)
            return 0;
        var same = 0;
        for (var i = 0; i < Length; i++)
            same += a._least[i] == b._least[i] ? 1 : 0;
        return (double)same / Length;
    }

    /// <summary>How much of the shorter text is in the longer: 0 to 1, an estimate that is rough where one is many times longer.</summary>
    public static double Containment(NearCopy a, NearCopy b)
    {
        var similarity = Similarity(a, b);
        var shorter = Math.Min(a.Runs, b.Runs);
        return shorter == 0 ? 0 : Math.Min(1, similarity * ((double)a.Runs + b.Runs) / ((1 + similarity) * shorter));
    }

    /// <summary>Whether two texts are copies of each other, or one a piece of the other.</summary>
    public static bool Are(NearCopy a, NearCopy b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        return Similarity(a, b) >= SimilarFrom || (Math.Min(a.Runs, b.Runs) >= FewestRuns && Containment(a, b) >= ContainedFrom && Similarity(a, b) >= 0.15);
    }

    private static void Take(ReadOnlySpan<ulong> words, int next, HashSet<ulong> seen, uint[] least)
    {
        var hash = 0x9E3779B97F4A7C15UL;
        for (var i = 0; i < Run; i++)
            hash = Mixed(hash ^ words[(next + i) % Run]) + (ulong)i;
        if (!seen.Add(hash))
            return;
        var run = new Vector<uint>((uint)(hash >> 32) ^ (uint)hash);
        var factors = MemoryMarshal.Cast<uint, Vector<uint>>(Seeds.Factors.AsSpan());
        var offsets = MemoryMarshal.Cast<uint, Vector<uint>>(Seeds.Offsets.AsSpan());
        var to = MemoryMarshal.Cast<uint, Vector<uint>>(least.AsSpan());
        for (var i = 0; i < to.Length; i++)
        {
            // A product's high bits are the good ones, and the least value is decided by them.
            to[i] = Vector.Min(to[i], run * factors[i] + offsets[i]);
        }
    }

    /// <summary>The hash of the next word, letters and digits, small.</summary>
    private static bool NextWord(string text, ref int at, out ulong word)
    {
        word = 0xCBF29CE484222325UL;
        while (at < text.Length && !char.IsLetterOrDigit(text[at]))
            at++;
        if (at == text.Length)
            return false;
        for (; at < text.Length; at++)
        {
            var letter = text[at];
            // don't, Moscow's: the apostrophe is set in many ways.
            if (letter is '\'' or '’' or '\u00AD')
                continue;
            if (!char.IsLetterOrDigit(letter))
                break;
            word = (word ^ (letter < 128 ? (uint)(letter | (letter is >= 'A' and <= 'Z' ? 0x20 : 0)) : char.ToLowerInvariant(letter))) * 0x100000001B3UL;
        }
        return true;
    }

    private static ulong Mixed(ulong value)
    {
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EBUL;
        return value ^ (value >> 31);
    }

    private static (uint[], uint[]) MakeSeeds()
    {
        var (factors, offsets) = (new uint[Length], new uint[Length]);
        var state = 0x4368616E63657279UL;
        for (var i = 0; i < Length; i++)
        {
            factors[i] = (uint)Mixed(state += 0x9E3779B97F4A7C15UL) | 1;
            offsets[i] = (uint)Mixed(state += 0x9E3779B97F4A7C15UL);
        }
        return (factors, offsets);
    }
}
