using System.Collections.Frozen;
using Chancery.Tables;

namespace Chancery.Language;

/// <summary>
/// Sets right what kind a name is, by the name itself, its first word or its last: the network knows names by their place in the
/// sentence, and there a firm and a person look alike.
/// </summary>
/// <remarks>Immutable, so safe for any number of threads.</remarks>
public sealed class NameTable
{
    private const int LongestPerson = 3;

    private readonly FrozenSet<string> _endings, _places, _organisations, _first;

    private NameTable(IEnumerable<(string Kind, string Name)> rows)
    {
        var kinds = rows.ToLookup(r => r.Kind, r => r.Name, StringComparer.Ordinal);
        _endings = kinds["ending"].ToFrozenSet(StringComparer.Ordinal);
        _places = kinds["place"].Select(Joined).ToFrozenSet(StringComparer.Ordinal);
        _organisations = kinds["organisation"].Select(Joined).ToFrozenSet(StringComparer.Ordinal);
        _first = kinds["first"].ToFrozenSet(StringComparer.Ordinal);
    }

    /// <summary>A table that knows nothing and changes nothing.</summary>
    public static NameTable Empty { get; } = new([]);

    /// <summary>Reads the table.</summary>
    /// <param name="table">The contents of <c>names.tsv</c>: a kind (ending, place, organisation or first) and a name a line.</param>
    /// <exception cref="InvalidDataException">A line cannot be read; the message names it.</exception>
    public static NameTable Parse(string table)
    {
        ArgumentNullException.ThrowIfNull(table);
        return new(Table.Read("names.tsv", table, "kind", "name").Select(row => row["kind"] is "ending" or "place" or "organisation" or "first"
            ? (row["kind"], row.Required("name"))
            : throw row.Broken($"'{row["kind"]}' is no kind; the model is damaged, install it again")));
    }

    /// <summary>The kind of a name.</summary>
    /// <param name="kind">The kind that the network gave it.</param>
    /// <param name="words">The words of the name.</param>
    public string KindOf(string kind, ReadOnlySpan<string> words)
    {
        if (kind is not ("PER" or "ORG" or "LOC" or "MISC"))
            return kind;
        var ending = words.Length > 1 && _endings.Contains(words[^1]);
        if (ending)
            return "ORG";
        var name = string.Concat(words);
        if (kind is "PER" or "ORG" && _places.Contains(name))
            return "LOC";
        if (_organisations.Contains(name))
            return "ORG";
        return kind is "ORG" or "LOC" && words.Length is > 1 and <= LongestPerson && _first.Contains(words[0]) && !_places.Contains(words[0]) ? "PER" : kind;
    }

    /// <summary>Without blanks, since words are divided at hyphens and apostrophes too.</summary>
    private static string Joined(string name) => name.Replace(" ", "", StringComparison.Ordinal);
}
