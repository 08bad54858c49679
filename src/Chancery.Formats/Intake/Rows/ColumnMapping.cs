namespace Chancery.Formats.Intake;

/// <summary>Which column of a table, or field of a JSON object, is what of a report.</summary>
public sealed class ColumnMapping
{
    private static readonly Dictionary<string, string[]> Usual = new(StringComparer.Ordinal)
    {
        ["text"] = ["text", "body", "content", "article", "maintext", "body_text", "articlebody", "full_text", "fulltext", "article_text"],
        ["title"] = ["title", "headline"],
        ["published"] = ["published", "date", "pub_date", "pubdate", "date_publish", "published_at", "publishedat", "publish_date", "publication_date", "datepublished", "published_date"],
        ["publisher"] = ["publisher", "source", "outlet", "source_name", "publication", "newspaper", "source_domain"],
        ["url"] = ["url", "link", "uri"],
        ["id"] = ["id", "guid", "uuid"],
        ["language"] = ["language", "lang"],
        ["author"] = ["author", "authors", "byline"],
    };

    private readonly Dictionary<string, string[]> _columns;

    private ColumnMapping(Dictionary<string, string[]> columns, bool textWasNamed) => (_columns, TextWasNamed) = (columns, textWasNamed);

    /// <summary>The names that are in use: text, body, content, article or maintext for the text, and so on; capitals do not matter.</summary>
    public static ColumnMapping Default { get; } = new(Usual, false);

    /// <summary>What a mapping may name.</summary>
    public static IReadOnlyCollection<string> Parts => Usual.Keys;

    internal bool TextWasNamed { get; }

    /// <summary>Reads a mapping such as <c>text=body,title=headline,published=date</c>; what it does not name keeps its usual names.</summary>
    /// <param name="mapping">Pairs divided by commas; a field inside another is <c>publisher=source.name</c> (JSON only).</param>
    /// <exception cref="FormatException">It is no mapping; the message says why.</exception>
    public static ColumnMapping Parse(string mapping)
    {
        ArgumentNullException.ThrowIfNull(mapping);
        var columns = new Dictionary<string, string[]>(Usual, StringComparer.Ordinal);
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var pair in mapping.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var (part, column) = pair.Split('=', 2, StringSplitOptions.TrimEntries) is [var p, { Length: > 0 } c]
                ? (p.ToLowerInvariant(), c)
                : throw new FormatException($"'{pair}' is no part of a mapping; write it as text=body,title=headline.");
            if (!Usual.ContainsKey(part))
                throw new FormatException($"'{part}' is nothing that a report has; name one of {string.Join(", ", Usual.Keys)}.");
            if (!named.Add(part))
                throw new FormatException($"'{part}' is named twice; name it once.");
            columns[part] = [column];
        }
        return new(columns, named.Contains("text"));
    }

    /// <summary>The names that a part may have, in the order in which they are tried.</summary>
    internal string[] NamesOf(string part) => _columns[part];
}
