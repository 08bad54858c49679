using System.Collections.Concurrent;
using System.Globalization;
using System.Text;

namespace Chancery.Language.Encoding;

/// <summary>
/// Turns words into the numbers that the encoder reads. The arithmetic is that of <c>training/features.py</c>, to the bit;
/// a test compares the two by what the trained network answers.
/// </summary>
internal sealed class WordFeatures(ModelDescription model)
{
    /// <summary>How many numbers stand for a word: six of the word, one of its place, and its groups of letters.</summary>
    public const int Count = 7 + Groups;

    private const int Groups = 16;
    private const int PlaceAt = 6;

    private const int LongestQuotation = 150;
    private const int MostCached = 100_000;

    private readonly ConcurrentDictionary<string, int[]> _cache = new(StringComparer.Ordinal);
    private int _cached;

    /// <summary>Writes the numbers of a word.</summary>
    /// <param name="form">The word as written.</param>
    /// <param name="place">Where it stands, from <see cref="Place"/>.</param>
    /// <param name="to">Takes <see cref="Count"/> numbers.</param>
    public void Write(string form, int place, Span<int> to)
    {
        if (!_cache.TryGetValue(form, out var ids))
        {
            ids = Compute(form);
            // Bounded, because a stream of nonsense must not fill the memory; most of any text is in it early.
            if (_cached < MostCached && _cache.TryAdd(form, ids))
                Interlocked.Increment(ref _cached);
        }
        ids.CopyTo(to);
        to[PlaceAt] = place;
    }

    /// <summary>The seventh number: inside quotation marks, at the start of a sentence, at the start of a paragraph.</summary>
    public static int Place(bool quoted, bool startsSentence, bool startsParagraph) =>
        1 + (quoted ? 1 : 0) + (startsSentence ? 2 : 0) + (startsParagraph ? 4 : 0);

    private int[] Compute(string form)
    {
        var folded = Fold(form);
        var ids = new int[Count];
        ids[0] = 1 + (model.Vocabulary.TryGetValue(folded, out var row) ? model.HashedWords + row : Bucket(folded, model.HashedWords));
        ids[1] = 1 + Bucket(folded.AsSpan(0, FromStart(folded, 3)), model.Prefix3);
        ids[2] = 1 + Bucket(folded.AsSpan(FromEnd(folded, 4)), model.Suffix4);
        ids[3] = 1 + Bucket(folded.AsSpan(FromEnd(folded, 3)), model.Suffix3);
        ids[4] = 1 + Bucket(folded.AsSpan(FromEnd(folded, 2)), model.Suffix2);
        ids[5] = 1 + Bucket(ShapeOf(form), model.Shape);

        // Groups of three and four letters, the word's bounds marked; of a long word the first and the last ones.
        var bounded = $"<{folded}>";
        var starts = new List<int>(bounded.Length + 1);
        for (var at = 0; at < bounded.Length; at += char.IsSurrogatePair(bounded, at) ? 2 : 1)
            starts.Add(at);
        starts.Add(bounded.Length);
        var groups = new List<int>(2 * starts.Count);
        for (var i = 0; i + 3 < starts.Count; i++)
        {
            groups.Add(1 + Bucket(bounded.AsSpan(starts[i]..starts[i + 3]), model.Groups));
            if (i + 4 < starts.Count)
                groups.Add(1 + Bucket(bounded.AsSpan(starts[i]..starts[i + 4]), model.Groups));
        }
        var kept = groups.Count <= Groups ? groups : [.. groups[..(Groups / 2)], .. groups[^(Groups / 2)..]];
        kept.CopyTo(ids, PlaceAt + 1);
        return ids;
    }

    /// <summary>Lower case, digits as 0, typographic quotation marks and dashes as plain ones.</summary>
    internal static string Fold(string form) => string.Create(form.Length, form, static (to, from) =>
    {
        for (var i = 0; i < from.Length; i++)
        {
            to[i] = from[i] switch
            {
                '\u2019' or '\u2018' => '\'',
                '\u201c' or '\u201d' => '"',
                '\u2013' or '\u2014' => '-',
                var c when char.GetUnicodeCategory(c) == UnicodeCategory.DecimalDigitNumber => '0',
                var c => char.ToLowerInvariant(c),
            };
        }
    });

    /// <summary>Classes of characters, a run of one class written at most twice, then the length up to 12.</summary>
    internal static string ShapeOf(string form)
    {
        var shape = new StringBuilder(16);
        var characters = 0;
        var (last, before) = (-1, -1);
        for (var i = 0; i < form.Length;)
        {
            // A lone surrogate stands for itself: it has no category but must still have a shape.
            int code = Rune.TryGetRuneAt(form, i, out var rune) ? rune.Value : form[i];
            i += code > 0xFFFF ? 2 : 1;
            characters++;
            var category = code is >= 0xD800 and < 0xE000 ? UnicodeCategory.Surrogate : Rune.GetUnicodeCategory(new Rune(code));
            var symbol = category switch
            {
                UnicodeCategory.UppercaseLetter or UnicodeCategory.TitlecaseLetter => 'X',
                UnicodeCategory.LowercaseLetter or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter => 'x',
                UnicodeCategory.DecimalDigitNumber => '0',
                _ => code,
            };
            if (symbol == last && symbol == before)
                continue;
            (before, last) = (last, symbol);
            if (symbol > 0xFFFF)
                shape.Append(new Rune(symbol));
            else
                shape.Append((char)symbol);
        }
        return shape.Append(CultureInfo.InvariantCulture, $"{Math.Min(characters, 12)}").ToString();
    }

    private static int FromStart(string text, int characters)
    {
        var at = 0;
        while (characters-- > 0 && at < text.Length)
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at;
    }

    private static int FromEnd(string text, int characters)
    {
        var at = text.Length;
        while (characters-- > 0 && at > 0)
            at -= at > 1 && char.IsSurrogatePair(text, at - 2) ? 2 : 1;
        return at;
    }

    /// <summary>32-bit FNV-1a over UTF-8; a lone surrogate counts as its three bytes, so that all strings have a bucket.</summary>
    private static int Bucket(ReadOnlySpan<char> text, int buckets)
    {
        var hash = 2166136261u;
        for (var i = 0; i < text.Length; i++)
        {
            int code = text[i];
            if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
                code = char.ConvertToUtf32(text[i], text[++i]);
            if (code < 0x80)
            {
                Add(code);
            }
            else if (code < 0x800)
            {
                Add(0xC0 | (code >> 6));
                Add(0x80 | (code & 0x3F));
            }
            else if (code < 0x10000)
            {
                Add(0xE0 | (code >> 12));
                Add(0x80 | ((code >> 6) & 0x3F));
                Add(0x80 | (code & 0x3F));
            }
            else
            {
                Add(0xF0 | (code >> 18));
                Add(0x80 | ((code >> 12) & 0x3F));
                Add(0x80 | ((code >> 6) & 0x3F));
                Add(0x80 | (code & 0x3F));
            }
        }
        return (int)(hash % (uint)buckets);

        void Add(int value) => hash = (hash ^ (uint)value) * 16777619u;
    }

    /// <summary>Follows quotation marks through a document, a word at a time.</summary>
    internal struct Quotation
    {
        private bool _inside;
        private int _since;

        /// <summary>Whether the text after the last word stands inside quotation marks.</summary>
        public readonly bool Inside => _inside;

        /// <summary>A new paragraph of a quotation opens its own marks, so nothing is carried over from the last.</summary>
        public void StartParagraph() => _inside = false;

        /// <summary>Whether the next word stands inside quotation marks, or is one.</summary>
        /// <param name="word">The word as written.</param>
        /// <param name="bounded">Whether a quotation that never closes is given up after a while.</param>
        public bool Next(ReadOnlySpan<char> word, bool bounded = true)
        {
            if (bounded && _inside && _since >= LongestQuotation)
                _inside = false;
            bool quoted;
            if (word is "\u201c" or "``" or "\u00ab" or "\u201e" || (!_inside && word is "\"" or "\uff02"))
            {
                (_inside, _since) = (true, 0);
                quoted = true;
            }
            else if (word is "\u201d" or "''" or "\u00bb" or "\"" or "\uff02")
            {
                quoted = _inside;
                _inside = false;
            }
            else
            {
                quoted = _inside;
            }
            _since++;
            return quoted;
        }
    }
}
