using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Chancery.Archive.Databases;

/// <summary>From the SQL that both databases have in common to PostgreSQL's.</summary>
internal static partial class PostgresSql
{
    private static readonly ConcurrentDictionary<string, string> KnownNamed = new(StringComparer.Ordinal), KnownNumbered = new(StringComparer.Ordinal), KnownOfMany = new(StringComparer.Ordinal);

    /// <summary>For values by name.</summary>
    public static string Named(string sql) => KnownNamed.GetOrAdd(sql, Own);

    /// <summary>For values by number.</summary>
    public static string Numbered(string sql) => KnownNumbered.GetOrAdd(sql, static s => Number().Replace(Own(s), "$$$1"));

    /// <summary>For a column of values each, so that one command does what else each row had one of its own for.</summary>
    /// <param name="sql">Inserts the values, or changes or deletes by them.</param>
    /// <param name="columns">How many values there are of a row.</param>
    public static string OfMany(string sql, int columns) => KnownOfMany.GetOrAdd(sql, static (sql, columns) =>
    {
        var numbers = Enumerable.Range(1, columns).ToList();
        var rows = $"unnest({string.Join(", ", numbers.Select(n => $"@{n}"))}) r({string.Join(", ", numbers.Select(n => $"v{n}"))})";
        var ofRow = Number().Replace(sql, "r.v$1");
        var inserted = Values().Replace(ofRow, m => $"SELECT {m.Groups[1]} FROM {rows}", 1);
        return inserted != ofRow ? inserted : ofRow.Replace(" WHERE ", $" {(sql.StartsWith("DELETE", StringComparison.Ordinal) ? "USING" : "FROM")} {rows} WHERE ", StringComparison.Ordinal);
    }, columns);

    private static string Own(string sql)
    {
        sql = NotIn().Replace(sql, "<> ALL($1)");
        sql = In().Replace(sql, "= ANY($1)");
        // SQLite's LIKE takes capitals and small letters for the same.
        sql = Like().Replace(sql, "ILIKE");
        return IndexedBy().Replace(sql, "");
    }

    [GeneratedRegex(@"\bNOT IN (@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex NotIn();

    [GeneratedRegex(@"\bIN (@\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex In();

    [GeneratedRegex(@"\bLIKE\b", RegexOptions.CultureInvariant)]
    private static partial Regex Like();

    [GeneratedRegex(@" INDEXED BY \w+", RegexOptions.CultureInvariant)]
    private static partial Regex IndexedBy();

    [GeneratedRegex(@"VALUES \(((?:[^()]|\([^()]*\))*)\)", RegexOptions.CultureInvariant)]
    private static partial Regex Values();

    [GeneratedRegex(@"@(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
