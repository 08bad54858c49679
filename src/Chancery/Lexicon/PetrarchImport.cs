using System.Globalization;
using System.Text;

namespace Chancery.Lexicon;

/// <summary>
/// Reads actor and agent dictionaries in the format of TABARI and PETRARCH (P. Schrodt, TABARI Version 0.8 manual, 2014; Open
/// Event Data Alliance, PETRARCH2), with their synonyms and dated roles, and writes them as tables of a lexicon.
/// </summary>
/// <remarks>
/// A name is followed by its synonyms, lines that begin with +, and by codes in square brackets, on its own line or on lines
/// of their own: <c>[AFGGOV 20011222-20140929]</c>, <c>[AFGREB &lt;20011222]</c>. Agents have codes that begin with a tilde
/// and their plural in braces: <c>MINISTER_ {MINISTERS_} [~GOV]</c>.
/// </remarks>
public sealed class PetrarchImport
{
    private static readonly HashSet<string> SmallWords = new(StringComparer.OrdinalIgnoreCase) { "of", "the", "and", "for", "in", "on", "to", "de", "la", "el", "al", "bin", "von", "van", "der" };

    private readonly List<Entry> _entries = [];
    private readonly List<string> _skipped = [];
    private readonly HashSet<string> _sectors;

    private PetrarchImport(IEnumerable<string> sectors) => _sectors = [.. sectors];

    /// <summary>What could not be taken over, a line each with file, line and why.</summary>
    public IReadOnlyList<string> Skipped => _skipped;

    /// <summary>How many names were read.</summary>
    public int Count => _entries.Count;

    /// <summary>Reads dictionaries.</summary>
    /// <param name="files">The name and contents of each.</param>
    /// <exception cref="InvalidDataException">There is no entry in any of them, so they are no such dictionaries.</exception>
    public static PetrarchImport Parse(IEnumerable<(string File, string Text)> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        var dictionary = new PetrarchImport(LexiconBuilder.SectorCodes);
        var names = new List<string>();
        foreach (var (file, text) in files)
        {
            names.Add(file);
            dictionary.Add(file, text);
        }
        return dictionary.Count > 0 ? dictionary
            : throw new InvalidDataException($"{string.Join(", ", names)}: no entry such as 'HAMID_KARZAI_ [AFGGOV]' in it; import reads actor and agent dictionaries in the format of PETRARCH.");
    }

    /// <summary>The tables of a lexicon that say the same: people (who have dated roles), organisations and agents, those with anything in them.</summary>
    public IEnumerable<(string File, string Text)> Tables()
    {
        var people = new StringBuilder("key\tname\tnames\tcountry\tsectors\toffice\tfrom\tto\n");
        var bodies = new StringBuilder("key\tname\tnames\tcountry\tsectors\n");
        var agents = new StringBuilder("words\tnumber\tkind\tsectors\toffice\n");
        var (person, body, agent, keys) = (0, 0, 0, new HashSet<string>(StringComparer.Ordinal));
        foreach (var entry in _entries)
        {
            if (entry.IsAgent)
            {
                var words = Words(entry.Name).ToLowerInvariant();
                if (keys.Add("~" + words))
                    agents.Append(CultureInfo.InvariantCulture, $"{words}\tany\tperson\t{string.Join('|', entry.Codes[0].Sectors)}\t\n");
                agent++;
                continue;
            }
            var name = Proper(entry.Name);
            var key = $"{entry.Codes[0].Country}-{string.Join('-', Words(entry.Name).ToUpperInvariant().Split(' '))}";
            while (!keys.Add(key))
                key += "-2";
            var names = string.Join('|', entry.Synonyms.Prepend(entry.Name).SelectMany(Spellings).Distinct().Where(n => n != name));
            // Only people take up roles and lay them down, or so the dictionaries have it.
            if (entry.Codes.Any(c => c.From is not null || c.To is not null) && name.Contains(' ', StringComparison.Ordinal))
            {
                foreach (var code in entry.Codes)
                    people.Append(CultureInfo.InvariantCulture, $"{key}\t{name}\t{names}\t{code.Country}\t{string.Join('|', code.Sectors)}\t\t{code.From:yyyy-MM-dd}\t{code.To:yyyy-MM-dd}\n");
                person++;
            }
            else
            {
                bodies.Append(CultureInfo.InvariantCulture, $"{key}\t{name}\t{names}\t{entry.Codes[0].Country}\t{string.Join('|', entry.Codes[0].Sectors)}\n");
                body++;
            }
        }
        if (person > 0)
            yield return ("people.tsv", people.ToString());
        if (body > 0)
            yield return ("organisations.tsv", bodies.ToString());
        if (agent > 0)
            yield return ("agents.tsv", agents.ToString());
    }

    private void Add(string file, string text)
    {
        var (number, pending) = (0, (Pending?)null);
        foreach (var raw in text.AsSpan().EnumerateLines())
        {
            number++;
            var line = raw.ToString();
            var comment = line.AsSpan().IndexOfAny(';', '#');
            line = (comment >= 0 ? line[..comment] : line).Trim();
            if (line.Length == 0 || line.StartsWith("<!--", StringComparison.Ordinal))
                continue;
            var where = string.Create(CultureInfo.InvariantCulture, $"{file}: line {number}");
            if (line[0] == '+')
            {
                if (pending is null)
                    _skipped.Add($"{where}: a synonym without a name before it");
                else
                    pending.Synonyms.Add(NameIn(line[1..]));
                AddCodes(line, pending, where);
            }
            else if (line[0] == '[')
            {
                AddCodes(line, pending, where);
            }
            else if (line[0] == '!')
            {
                _skipped.Add($"{where}: a set of words (!…!), which a lexicon has no place for");
            }
            else
            {
                Close(pending);
                pending = new(NameIn(line), where);
                AddCodes(line, pending, where);
            }
        }
        Close(pending);
    }

    private void AddCodes(string line, Pending? pending, string where)
    {
        for (var open = line.IndexOf('[', StringComparison.Ordinal); open >= 0; open = line.IndexOf('[', open + 1))
        {
            var close = line.IndexOf(']', open);
            if (close < 0)
            {
                _skipped.Add($"{where}: a bracket that is not closed");
                return;
            }
            var inside = line[(open + 1)..close].Trim();
            if (pending is null)
                _skipped.Add($"{where}: the code [{inside}] has no name before it");
            else if (CodeOf(inside) is { } code)
                pending.Codes.Add(code);
            else if (inside != "---")
                _skipped.Add($"{where}: [{inside}] is no code such as AFGGOV or ~GOV, with or without dates");
        }
    }

    private void Close(Pending? pending)
    {
        if (pending is null)
            return;
        if (pending.Name.Length == 0 || pending.Codes.Count == 0)
            _skipped.Add($"{pending.Where}: '{pending.Name}' has no code");
        else
            _entries.Add(new(pending.Name, pending.Synonyms, pending.Codes, pending.Codes[0].Country is null));
    }

    private Code? CodeOf(string inside)
    {
        var parts = inside.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is 0 or > 2)
            return null;
        var code = parts[0];
        var agent = code.StartsWith('~');
        var letters = agent ? code[1..] : code;
        if (letters.Length < 3 || !letters.All(char.IsAsciiLetterUpper))
            return null;
        var sectors = new List<string>();
        for (var i = agent ? 0 : 3; i + 3 <= letters.Length; i += 3)
        {
            if (_sectors.Contains(letters.Substring(i, 3)))
                sectors.Add(letters.Substring(i, 3));
        }
        var (from, to) = parts.Length == 2 ? Dates(parts[1]) : (null, null);
        return parts.Length == 2 && from is null && to is null ? null : new(agent ? null : letters[..3], sectors, from, to);
    }

    private static (DateOnly? From, DateOnly? To) Dates(string text)
    {
        if (text[0] is '>')
            return (Day(text.TrimStart('>', '=')), null);
        if (text[0] is '<')
            return (null, Day(text.TrimStart('<', '=')));
        return text.Split('-') is [var from, var to] ? (Day(from), Day(to)) : (null, null);
    }

    /// <summary>YYYYMMDD, or YYMMDD as in the older dictionaries.</summary>
    private static DateOnly? Day(string digits)
    {
        if (digits.Length == 6)
            digits = (string.CompareOrdinal(digits[..2], "30") < 0 ? "20" : "19") + digits;
        return DateOnly.TryParseExact(digits, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
    }

    private static string NameIn(string line)
    {
        var end = line.AsSpan().IndexOfAny('[', '{');
        return (end >= 0 ? line[..end] : line).Trim().Trim('_');
    }

    private static string Words(string name) => string.Join(' ', name.Split(['_', ' '], StringSplitOptions.RemoveEmptyEntries));

    /// <summary>As newspapers write it; a short word alone may also be an abbreviation.</summary>
    private static IEnumerable<string> Spellings(string name)
    {
        yield return Proper(name);
        if (name.Length <= 5 && !name.Contains('_', StringComparison.Ordinal))
            yield return name.ToUpperInvariant();
    }

    private static string Proper(string name) => string.Join(' ', Words(name).Split(' ').Select((word, i) =>
        i > 0 && SmallWords.Contains(word) ? word.ToLowerInvariant() : CultureInfo.InvariantCulture.TextInfo.ToTitleCase(word.ToLowerInvariant())));

    private sealed record Pending(string Name, string Where)
    {
        public List<string> Synonyms { get; } = [];

        public List<Code> Codes { get; } = [];
    }

    private sealed record Entry(string Name, IReadOnlyList<string> Synonyms, IReadOnlyList<Code> Codes, bool IsAgent);

    private sealed record Code(string? Country, IReadOnlyList<string> Sectors, DateOnly? From, DateOnly? To);
}
