using System.Globalization;
using Chancery.Records;

namespace Chancery.Language;

/// <summary>
/// Decides after which words a sentence ends: a linear classifier over the words, their classes and the space between them.
/// Trained by <c>training/segmentation.py</c>, whose features these are, to the bit.
/// </summary>
internal sealed class SentenceBoundaries
{
    /// <summary>The most words in a sentence. Beyond that it is no sentence, and a tree over it would only cost memory.</summary>
    public const int MostWords = 250;

    private const int Buckets = 1 << 15;
    private const int LongestLooked = 20;
    private const int LongestParagraph = 250;   // on the average; beyond, lines and headings have been run together
    private const float SureWithoutStop = 2;
    private const int LongestDateline = 14;

    private readonly float[] _weights;

    private SentenceBoundaries(float[] weights) => _weights = weights;

    private enum Gap : byte
    {
        None,
        Space,
        Line,
        Blank,
    }

    /// <summary>Reads <c>sentences.bin</c>.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static SentenceBoundaries Parse(ReadOnlySpan<byte> data)
    {
        if (data.Length != 12 + Buckets || !data.StartsWith("CHSB1\n"u8))
            throw new InvalidDataException($"sentences.bin: {data.Length} bytes that do not begin as weights should; the model is damaged, install it again.");
        var scale = BitConverter.ToSingle(data[8..12]);
        if (!float.IsFinite(scale))
            throw new InvalidDataException("sentences.bin: the scale is no number; the model is damaged, install it again.");
        var weights = new float[Buckets];
        for (var i = 0; i < Buckets; i++)
            weights[i] = (sbyte)data[12 + i] * scale;
        return new(weights);
    }

    /// <summary>Whether words from the start of a paragraph are where and when it was written: "BEIJING, April 9 (Reuters) -", "KABUL:".</summary>
    private static bool IsDateline(string text, List<SegmentedWord> words, Gap[] gaps, int start, int dash)
    {
        if (dash <= start || dash - start > LongestDateline || gaps[dash] != Gap.Space)
            return false;
        var mark = words[dash].Span.Of(text);
        // "KABUL:" is a dateline, "Peskov:" may be who says what follows.
        var colon = mark is ":";
        if (!colon && (gaps[dash - 1] != Gap.Space || mark is not ("-" or "--" or "\u2013" or "\u2014")))
            return false;
        for (var i = start; i < (colon ? dash : start + 1); i++)
        {
            var place = words[i].Span.Of(text);
            if (place.Length < 3)
                return false;
            foreach (var c in place)
            {
                if (char.IsLower(c))
                    return false;
            }
        }
        // In brackets stands whose report it is: "(Our correspondent)".
        var bracketed = false;
        for (var i = start; i < dash; i++)
        {
            var first = text[words[i].Span.Start];
            bracketed = first == '(' || (bracketed && first != ')');
            if (char.IsLower(first) && !bracketed)
                return false;
        }
        return true;
    }

    /// <summary>Groups words into sentences.</summary>
    public List<SegmentedSentence> Divide(string text, List<SegmentedWord> words, CancellationToken cancellationToken)
    {
        var sentences = new List<SegmentedSentence>((words.Count / 20) + 1);
        if (words.Count == 0)
            return sentences;

        var gaps = Gaps(text, words);
        var kinds = Kinds(text, words);
        var wrap = Wrap(gaps, kinds);
        var lined = (long)LongestParagraph * gaps.Count(g => g >= Gap.Line) > words.Count;
        var quotation = new Encoding.WordFeatures.Quotation();
        var (start, column, fresh) = (0, 0, true);
        for (var i = 0; i < words.Count; i++)
        {
            quotation.Next(words[i].Span.Of(text), bounded: false);
            column += words[i].Span.Length + (gaps[i] == Gap.None ? 0 : 1);
            var ends = gaps[i] == Gap.Blank || (fresh && IsDateline(text, words, gaps, start, i))
                || (Candidate(gaps[i], kinds[i], kinds[i + 1]) && Score(text, words, gaps, kinds, wrap, i, start, column, quotation.Inside) > Doubt(gaps[i], kinds[i], lined));
            if (ends || i - start + 1 >= MostWords)
            {
                cancellationToken.ThrowIfCancellationRequested();
                // Cut where a reader would breathe, if the sentence has to be cut.
                var end = ends ? i : Breath(text, words, start, i);
                sentences.Add(new(words.GetRange(start, end - start + 1), fresh));
                // In wrapped text a line is no paragraph; elsewhere it is.
                fresh = end == i && (gaps[i] == Gap.Blank || (gaps[i] == Gap.Line && wrap < 'd'));
                start = end + 1;
            }
            if (gaps[i] >= Gap.Line)
                column = 0;
            if (gaps[i] == Gap.Blank)
                quotation.StartParagraph();
        }
        if (start < words.Count)
            sentences.Add(new(words.GetRange(start, words.Count - start), fresh));
        return sentences;
    }

    /// <summary>
    /// How sure one must be. Where a text has lines, headings stand on their own, and a sentence without a full stop hardly ever
    /// ends within one; where headings are run together with the text, it may.
    /// </summary>
    private static float Doubt(Gap gap, char kind, bool lined) => lined && gap == Gap.Space && kind is not ('F' or 'Q' or 'C' or 'A' or ':') ? SureWithoutStop : 0;

    private static int Breath(string text, List<SegmentedWord> words, int start, int end)
    {
        for (var i = end; i > start + (MostWords / 2); i--)
        {
            if (text[words[i].Span.Start] is ';' or ',' or ':' or '.' or '\u2014')
                return i;
        }
        return end;
    }

    private static Gap[] Gaps(string text, List<SegmentedWord> words)
    {
        var gaps = new Gap[words.Count];
        for (var i = 0; i + 1 < words.Count; i++)
        {
            var (from, to) = (words[i].Span.End, words[i + 1].Span.Start);
            var lines = 0;
            for (var at = from; at < to; at++)
            {
                // \r\n is one line's end.
                if (text[at] is '\n' or '\u0085' or '\u2028' || (text[at] == '\r' && (at + 1 >= to || text[at + 1] != '\n')))
                    lines++;
                else if (text[at] is '\f' or '\u2029')
                    lines += 2;
            }
            gaps[i] = lines > 1 ? Gap.Blank : lines == 1 ? Gap.Line : to > from ? Gap.Space : Gap.None;
        }
        gaps[^1] = Gap.Blank;
        return gaps;
    }

    private static char[] Kinds(string text, List<SegmentedWord> words)
    {
        var kinds = new char[words.Count];
        for (var i = 0; i < kinds.Length; i++)
            kinds[i] = Kind(words[i].Span.Of(text));
        return kinds;
    }

    private static bool IsFinal(char c) => c is '.' or '!' or '?' or '\u2026' or '\u3002' or '\uff01' or '\uff1f';

    private static char Kind(ReadOnlySpan<char> word)
    {
        var (first, last) = (word[0], word[^1]);
        if (word is "\"" or "'" or "\uff02")
            return 'Q';
        if (first is '\u201c' or '\u2018' or '(' or '[' or '{' or '\u00ab' or '\u201e' or '`')
            return 'O';
        if (first is '\u201d' or '\u2019' or ')' or ']' or '}' or '\u00bb' || word is "''")
            return 'C';
        if (IsFinal(first) && IsFinal(last))
            return 'F';
        if (word.Length == 1 && first is ':' or ';' or ',')
            return first;
        if (first is '-' or '\u2013' or '\u2014')
            return '-';
        if (last == '.' && word.Length > 1)
            return 'A';
        return char.GetUnicodeCategory(first) switch
        {
            UnicodeCategory.DecimalDigitNumber => 'd',
            UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => word.Length > 1 && !HasLower(word) ? 'u' : 'U',
            UnicodeCategory.LowercaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => 'l',
            _ => 's',
        };
    }

    private static bool HasLower(ReadOnlySpan<char> word)
    {
        foreach (var c in word)
        {
            if (char.ToUpperInvariant(c) != c)
                return true;
        }
        return false;
    }

    /// <summary>How often a single line end is followed by a small letter, in four steps: the text is wrapped at 'd'.</summary>
    private static char Wrap(Gap[] gaps, char[] kinds)
    {
        var (lines, small) = (0, 0);
        for (var i = 0; i + 1 < gaps.Length; i++)
        {
            if (gaps[i] != Gap.Line)
                continue;
            lines++;
            small += kinds[i + 1] == 'l' ? 1 : 0;
        }
        var share = lines == 0 ? 0 : (double)small / lines;
        return share >= 0.3 ? 'd' : share >= 0.1 ? 'c' : share >= 0.02 ? 'b' : 'a';
    }

    private static bool Candidate(Gap gap, char a, char b) => gap switch
    {
        Gap.Line => true,
        Gap.Space => a is 'F' or ':' or ';' or 'A' or 'Q' or 'C' or '-' or 's' or 'd' || b is 'U' or 'u' or 'd' or 'O' or 'Q' or 's',
        _ => (a == 'F' && b is 'U' or 'u' or 'Q' or 'O') || (a is 'Q' or 'C' && b is 'U' or 'u'),
    };

    private static char Step(int value, ReadOnlySpan<int> bounds)
    {
        var step = 'a';
        foreach (var bound in bounds)
            step += value >= bound ? (char)1 : (char)0;
        return step;
    }

    private float Score(string text, List<SegmentedWord> words, Gap[] gaps, char[] kinds, char wrap, int i, int start, int column, bool quoted)
    {
        var g = (char)('0' + (int)gaps[i]);
        var (a, b) = (kinds[i], kinds[i + 1]);
        var hasBefore = i > start;
        var aa = hasBefore ? kinds[i - 1] : '^';
        var bb = i + 2 < words.Count ? kinds[i + 2] : '$';
        var ga = hasBefore ? (char)('0' + (int)gaps[i - 1]) : '^';
        var gb = (char)('0' + (int)gaps[i + 1]);
        var p = words[i].Span.Of(text);
        var q = words[i + 1].Span.Of(text);
        var pp = hasBefore ? words[i - 1].Span.Of(text) : "^";
        var size = Step(i - start, [1, 2, 3, 5, 10, 20, 40, 80]);
        var inside = quoted ? '1' : '0';

        var score = Weight(new Hash('0'))
            + Weight(new Hash('1').Add(g).Add(a).Add(b))
            + Weight(new Hash('2').Add(g).Add(a).Add(b).Add(aa))
            + Weight(new Hash('3').Add(g).Add(a).Add(b).Add(bb))
            + Weight(new Hash('4').Add(g).Add(b).Add(p))
            + Weight(new Hash('5').Add(g).Add(a).Add(q))
            + Weight(new Hash('6').Add(g).Add(a).Add(b).Add(inside).Add(aa))
            + Weight(new Hash('7').Add(g).Add(a).Add(b).Add(size))
            + Weight(new Hash('8').Add(g).Add(b).Add(pp).Add('\x1f').Add(p))
            + Weight(new Hash('9').Add(a).Add(b).Add(ga).Add(g).Add(gb))
            + Weight(new Hash('A').Add(a).Add(b).Add(bb).Add(gb).Add(inside));
        if (a is 'A' or 'F')
            score += Weight(new Hash('B').Add(p).Add('\x1f').Add(q)) + Weight(new Hash('C').Add(pp).Add('\x1f').Add(b));
        if (gaps[i] == Gap.Line)
        {
            var length = Step(column, [20, 40, 56, 72, 90, 120]);
            score += Weight(new Hash('D').Add(wrap).Add(a).Add(b)) + Weight(new Hash('E').Add(wrap).Add(length))
                + Weight(new Hash('F').Add(length).Add(a).Add(b)) + Weight(new Hash('G').Add(wrap).Add(length).Add(b));
        }
        return score;
    }

    private float Weight(Hash hash) => _weights[(hash.Value ^ (hash.Value >> 15)) % Buckets];

    /// <summary>32-bit FNV-1a over UTF-16 units; words count in lower case and with their first twenty units.</summary>
    private readonly record struct Hash(uint Value)
    {
        public Hash(char template)
            : this((2166136261u ^ template) * 16777619u)
        {
        }

        public Hash Add(char unit) => new((Value ^ unit) * 16777619u);

        public Hash Add(ReadOnlySpan<char> word)
        {
            var value = Value;
            foreach (var c in word[..Math.Min(word.Length, LongestLooked)])
                value = (value ^ char.ToLowerInvariant(c)) * 16777619u;
            return new(value);
        }
    }
}
