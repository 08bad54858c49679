using Chancery.Archive.Databases;
using System.Globalization;
using Chancery.Views;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>The balance of co-operation and conflict between two actors over time.</summary>
internal sealed class Balances(ArchiveConnection connection, FacetFilter filter, EntryPages pages)
{
    public IReadOnlyList<Relation> Of(string? actor, string? with, int limit, int skip, bool months, DateOnly? from, DateOnly? to)
    {
        var (one, other) = (Numbers(actor), Numbers(with));
        var (first, last) = (from is { } early ? MonthOf(early) : 1, to is { } late ? MonthOf(late) : int.MaxValue);
        // All time is kept ready; a time is added up from its months.
        var (which, sums) = from is null && to is null ? ("month = 0 AND type = ''", "a, b, events, tenths") : ("month BETWEEN @first AND @last AND month > 0 AND type = ''", "a, b, CAST(sum(events) AS bigint) events, CAST(sum(tenths) AS bigint) tenths");
        var grouped = from is null && to is null ? "" : " GROUP BY a, b";
        var order = "ORDER BY events DESC, a, b";
        // Who is asked for may stand first or second in a pair. The most of each are looked up in the order in which they are kept.
        string Side(string condition) => $"SELECT a, b, events, tenths FROM (SELECT {sums} FROM pair WHERE {which}{condition}{grouped} {order} LIMIT @most) side";
        var values = new DynamicParameters(new { first, last, limit, skip, most = limit + skip });
        foreach (var (name, whose) in new[] { ("one", one), ("other", other) }.Where(w => w.Item2 is not null))
            values.Add(name, whose);
        string Sides(long[] whose, string all) => string.Join(" UNION ALL ", whose.SelectMany((number, i) =>
        {
            values.Add($"of{i}", number);
            return new[] { Side($" AND a = @of{i}"), Side($" AND b = @of{i} AND a NOT IN {all}") };
        }));
        // Of two, the pair is found by both; the plus keeps the lists of the one, which may be long, out of it.
        string Between(string first, string second) => $"SELECT {sums} FROM pair WHERE {which.Replace("month = 0", "month + 0 = 0", StringComparison.Ordinal)} AND a IN {first} AND b IN {second}{grouped}";
        var where = (one, other) switch
        {
            (null, null) => Side(""),
            ({ } whose, null) => Sides(whose, "@one"),
            (null, { } whose) => Sides(whose, "@other"),
            _ => $"{Between("@one", "@other")} UNION {Between("@other", "@one")}",
        };
        var rows = connection.Query<(long A, long B, long Events, long Tenths)>($"SELECT a, b, events, tenths FROM ({where}) pairs {order} LIMIT @limit OFFSET @skip", values).AsList();
        var actors = pages.ActorsOf(rows.SelectMany(r => new[] { r.A, r.B }));
        return [.. rows.Select(r => new Relation(actors[r.A], actors[r.B], r.Events, r.Tenths / 10.0) { Months = months ? Months(r.A, r.B, first, last) : [] }).Select(r => Turned(r, actor))];
    }

    private static int MonthOf(DateOnly day) => (day.Year * 12) + day.Month - 1;

    private long[]? Numbers(string? name)
    {
        if (name is null)
            return null;
        // A relation is between two: the state itself, not everyone of it.
        var found = filter.StateOf(name) is { } state ? filter.ActorsNamed(state) : filter.ActorsNamed(name);
        return found.Count > 0 ? [.. found] : throw new ArchiveException("CH0420", $"{name}: nobody of that name in the archive; look with: chancery actors --actor PART");
    }

    private List<RelationMonth> Months(long a, long b, int first, int last) =>
        [.. connection.Query<(int Month, string Type, long Events, long Tenths)>("SELECT month, type, events, tenths FROM pair WHERE a = @a AND b = @b AND month > 0 AND month BETWEEN @first AND @last ORDER BY month, type", new { a, b, first, last })
            .GroupBy(r => r.Month).Select(g => new RelationMonth(
                string.Create(CultureInfo.InvariantCulture, $"{g.Key / 12:d4}-{(g.Key % 12) + 1:d2}"), g.Where(r => r.Type.Length == 0).Sum(r => r.Events), g.Where(r => r.Type.Length == 0).Sum(r => r.Tenths) / 10.0,
                g.Where(r => r.Type.Length > 0).ToDictionary(r => r.Type, r => r.Events, StringComparer.Ordinal)))];

    private static Relation Turned(Relation relation, string? first) =>
        first is not null && !relation.One.Name.Contains(first, StringComparison.OrdinalIgnoreCase) && relation.Other.Name.Contains(first, StringComparison.OrdinalIgnoreCase)
            ? relation with { One = relation.Other, Other = relation.One } : relation;
}
