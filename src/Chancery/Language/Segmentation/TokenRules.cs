using System.Collections.Frozen;

namespace Chancery.Language;

/// <summary>What the tokenizer knows of English words, from <c>tokens.tsv</c>: a kind, a word and, for some, its parts.</summary>
internal sealed class TokenRules
{
    private readonly Dictionary<string, HashSet<string>> _words = new(StringComparer.Ordinal)
    {
        ["abbreviation"] = new(StringComparer.OrdinalIgnoreCase),
        ["abbreviation-before-number"] = new(StringComparer.OrdinalIgnoreCase),
        ["clitic"] = new(StringComparer.OrdinalIgnoreCase),
        ["prefix"] = new(StringComparer.OrdinalIgnoreCase),
        ["whole"] = new(StringComparer.OrdinalIgnoreCase),
        ["unit"] = new(StringComparer.OrdinalIgnoreCase),
        ["currency"] = new(StringComparer.Ordinal),
        ["elision"] = new(StringComparer.OrdinalIgnoreCase),
        ["emoticon"] = new(StringComparer.Ordinal),
        ["domain"] = new(StringComparer.OrdinalIgnoreCase),
    };

    private readonly Dictionary<string, int[]> _contractions = new(StringComparer.OrdinalIgnoreCase);

    private TokenRules(string data)
    {
        var number = 0;
        foreach (var line in data.AsSpan().EnumerateLines())
        {
            number++;
            if (line.IsWhiteSpace() || line[0] == '#')
                continue;
            var fields = line.ToString().Split('\t');
            if (fields is ["contraction", { Length: > 1 } whole, { Length: > 0 } parts])
            {
                var pieces = parts.Split(' ');
                if (string.Concat(pieces) != whole)
                    throw Damaged(number, $"the parts '{parts}' do not make up '{whole}'");
                _contractions[whole] = [.. pieces.Select(p => p.Length)];
            }
            else if (fields is [var kind, { Length: > 0 } word] && _words.TryGetValue(kind, out var set))
            {
                set.Add(word);
            }
            else
            {
                throw Damaged(number, $"expected a kind ({string.Join(", ", _words.Keys)} or contraction), a tab and a word");
            }
        }
        Abbreviations = Lookup("abbreviation");
        AbbreviationsBeforeNumbers = Lookup("abbreviation-before-number");
        Clitics = Lookup("clitic");
        Prefixes = Lookup("prefix");
        Whole = Lookup("whole");
        Units = Lookup("unit");
        Currencies = Lookup("currency");
        Elisions = Lookup("elision");
        Emoticons = Lookup("emoticon");
        Domains = Lookup("domain");
        Contractions = _contractions.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Words that keep their full stop.</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Abbreviations { get; }

    /// <summary>Words that keep their full stop before a number only, like "No.".</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> AbbreviationsBeforeNumbers { get; }

    /// <summary>What follows an apostrophe and is a word of its own, like the s of "it's".</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Clitics { get; }

    /// <summary>What stays with its word across a hyphen.</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Prefixes { get; }

    /// <summary>Hyphenated words that are one word.</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Whole { get; }

    /// <summary>Units that may stick to a number.</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Units { get; }

    /// <summary>Letters that may stand before a currency sign, like "US".</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Currencies { get; }

    /// <summary>Words that begin with an apostrophe, without it, like the "em" of "'em".</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Elisions { get; }

    /// <summary>Signs made of punctuation, like ":-)".</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Emoticons { get; }

    /// <summary>Endings of internet names.</summary>
    public FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Domains { get; }

    /// <summary>Words that are two or more, with the lengths of the parts.</summary>
    public FrozenDictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> Contractions { get; }

    /// <summary>Reads the table.</summary>
    /// <exception cref="InvalidDataException">A line cannot be read; the message names it.</exception>
    public static TokenRules Parse(string data) => new(data);

    private static InvalidDataException Damaged(int line, string what) =>
        new($"tokens.tsv: line {line}: {what}; mend the line or install the model again.");

    private FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Lookup(string kind) =>
        _words[kind].ToFrozenSet(_words[kind].Comparer).GetAlternateLookup<ReadOnlySpan<char>>();
}
