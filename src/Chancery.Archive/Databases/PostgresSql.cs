using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Chancery.Archive.Databases;

/// <summary>From the SQL that both databases have in common to PostgreSQL's.</summary>
internal static partial class PostgresSql
{
    private static readonly ConcurrentDictionary<string, string> KnownNamed = new(StringComparer.Ordinal), KnownNumbered = new(StringComparer.Ordinal);

    /// <summary>For values by name.</summary>
    public static string Named(string sql) => KnownNamed.GetOrAdd(sql, Own);

    /// <summary>For values by number.</summary>
    public static string Numbered(string sql) => KnownNumbered.GetOrAdd(sql, static s => Number().Replace(Own(s), "$$$1"));

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

    [GeneratedRegex(@"@(\d+)", RegexOptions.CultureInvariant)]
    private static partial Regex Number();
}
