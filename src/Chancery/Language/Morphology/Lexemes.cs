using System.Collections.Concurrent;
using System.Globalization;

namespace Chancery.Language;

/// <summary>
/// Dictionary forms and features (UD FEATS) of words with known tags: a rule by ending for each tag, and a table of the
/// words that break it. Read from a model's <c>lexemes.tsv</c>; immutable, so safe for any number of threads.
/// </summary>
public sealed class Lexemes
{
    private const int LongestEnding = 6;
    private const int MostCached = 100_000;

    private static readonly string[] PastForms = ["VBD", "VBN"];

    private readonly Dictionary<(string Upos, string Xpos), Tag> _tags = [];
    private readonly ConcurrentDictionary<(string Form, string Upos, string Xpos), (string Lemma, string? Features)> _cache = new();
    private int _cached;

    private Lexemes(string table)
    {
        var number = 0;
        foreach (var line in table.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            if (line.ToString().Split('\t') is not [var kind, var name, var word, var value] || name.Split(' ') is not [var upos, var xpos])
                throw Damaged(number, "expected four fields: a kind, a tag of two words, a word or ending, and a value");
            if (!_tags.TryGetValue((upos, xpos), out var tag))
                _tags[(upos, xpos)] = tag = new();
            switch (kind)
            {
                case "case" when word is "keep" or "lower":
                    tag.KeepsCase = word == "keep";
                    break;
                case "ending" when Change.TryParse(value, out var change) && word.Length is > 0 and <= LongestEnding or 0:
                    tag.Endings[word] = change;
                    break;
                case "lemma" when word.Length > 0 && value.Length > 0:
                    tag.Lemmas[word] = value;
                    break;
                case "features" when value.Length > 0:
                    tag.Features = FeaturesOrNone(value);
                    break;
                case "word" when word.Length > 0 && value.Length > 0:
                    tag.Words[word] = FeaturesOrNone(value);
                    break;
                default:
                    throw Damaged(number, $"cannot read a row of kind '{kind}' with '{word}' and '{value}'");
            }
        }
        if (_tags.Count == 0)
            throw Damaged(number, "the table is empty");
    }

    /// <summary>Reads the table.</summary>
    /// <param name="table">The contents of <c>lexemes.tsv</c>.</param>
    /// <exception cref="InvalidDataException">A line cannot be read; the message names it.</exception>
    public static Lexemes Parse(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(table);
    }

    /// <summary>The dictionary form of a word.</summary>
    public string Lemma(string form, string upos, string xpos) => Look(form, upos, xpos).Lemma;

    /// <summary>The features as CoNLL-U writes them; null where there are none.</summary>
    public string? Features(string form, string upos, string xpos) => Look(form, upos, xpos).Features;

    private static string? FeaturesOrNone(string value) => value == "_" ? null : value;

    private static InvalidDataException Damaged(int line, string what) =>
        new($"lexemes.tsv: line {line}: {what}; the model is damaged, install it again.");

    private (string Lemma, string? Features) Look(string form, string upos, string xpos)
    {
        var key = (form, upos, xpos);
        if (_cache.TryGetValue(key, out var known))
            return known;
        _tags.TryGetValue((upos, xpos), out var tag);
        known = (Irregular(form, upos, xpos, tag) ?? tag?.Lemma(form) ?? (upos == "PROPN" ? form : form.ToLowerInvariant()), tag?.FeaturesOf(form));
        // Bounded, because a stream of nonsense must not fill the memory.
        if (_cached < MostCached && _cache.TryAdd(key, known))
            Interlocked.Increment(ref _cached);
        return known;
    }

    /// <summary>The dictionary form of an irregular past form that has the tag of another verb form: the "froze" that is tagged as a present.</summary>
    private string? Irregular(string form, string upos, string xpos, Tag? tag)
    {
        if (upos != "VERB" || xpos is "VB" or "VBG" or "VBZ" || tag?.Knows(form) == true)
            return null;
        foreach (var other in PastForms)
        {
            if (_tags.TryGetValue((upos, other), out var past) && past.Knows(form))
                return past.Lemma(form);
        }
        return null;
    }

    /// <summary>Units to take off a word and letters to put on, written <c>-2+y</c>.</summary>
    private readonly record struct Change(int Off, string On)
    {
        public static bool TryParse(string text, out Change change)
        {
            change = default;
            if (text is not ['-', ..])
                return false;
            var plus = text.IndexOf('+', StringComparison.Ordinal);
            if (!int.TryParse(text.AsSpan(1, (plus < 0 ? text.Length : plus) - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var off))
                return false;
            change = new(off, plus < 0 ? "" : text[(plus + 1)..]);
            return true;
        }
    }

    private sealed class Tag
    {
        public bool KeepsCase { get; set; }

        public string? Features { get; set; }

        public Dictionary<string, Change> Endings { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string> Lemmas { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, string?> Words { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether the table has the form itself, and not only its ending.</summary>
        public bool Knows(string form) => Lemmas.ContainsKey(Key(form));

        public string Lemma(string form)
        {
            var word = Key(form);
            if (Lemmas.TryGetValue(word, out var lemma))
                return lemma;
            var endings = Endings.GetAlternateLookup<ReadOnlySpan<char>>();
            for (var n = Math.Min(LongestEnding, word.Length); n >= 0; n--)
            {
                if (!endings.TryGetValue(word.AsSpan(word.Length - n), out var change))
                    continue;
                // A word that would vanish stays as it is.
                return change.Off >= word.Length ? word : string.Concat(word.AsSpan(0, word.Length - change.Off), change.On);
            }
            return word;
        }

        public string? FeaturesOf(string form)
        {
            var word = form.AsSpan().IndexOfAnyInRange('0', '9') >= 0 ? "#" : Plain(form.ToLowerInvariant());
            return Words.TryGetValue(word, out var features) ? features : Features;
        }

        private string Key(string form) => Plain(KeepsCase ? form : form.ToLowerInvariant());

        private static string Plain(string word) => word.Replace('\u2019', '\'').Replace('\u2018', '\'');
    }
}
