using Chancery.Archive.Databases;
using System.Globalization;
using Chancery.Views;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>The balance of co-operation and conflict between two actors over time.</summary>
internal sealed class Balances(ArchiveConnection connection, FacetFilter filter, EntryPages pages)
{
    public IReadOnlyList<Relation> Of(string? actor, string? with, int limit, int skip, bool months)
    {
        var (one, other) = (Numbers(actor), Numbers(with));
        // Who is asked for may stand first or second in a pair.
        var where = (one, other) switch
        {
            (null, null) => "SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = ''",
            ({ }, null) => "SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = '' AND a IN @one UNION ALL SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = '' AND b IN @one AND a NOT IN @one",
            (null, { }) => "SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = '' AND a IN @other UNION ALL SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = '' AND b IN @other AND a NOT IN @other",
            _ => "SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = '' AND a IN @one AND b IN @other UNION SELECT a, b, events, tenths FROM pair WHERE month = 0 AND type = '' AND a IN @other AND b IN @one",
        };
        var rows = connection.Query<(long A, long B, long Events, long Tenths)>($"{where} ORDER BY events DESC, a, b LIMIT @limit OFFSET @skip", new { one, other, limit, skip }).AsList();
        var actors = pages.ActorsOf(rows.SelectMany(r => new[] { r.A, r.B }));
        return [.. rows.Select(r => new Relation(actors[r.A], actors[r.B], r.Events, r.Tenths / 10.0) { Months = months ? Months(r.A, r.B) : [] }).Select(r => Turned(r, actor))];
    }

    private long[]? Numbers(string? name)
    {
        if (name is null)
            return null;
        // A relation is between two: the state itself, not everyone of it.
        var found = filter.StateOf(name) is { } state ? filter.ActorsNamed(state) : filter.ActorsNamed(name);
        return found.Count > 0 ? [.. found] : throw new ArchiveException("CH0420", $"{name}: nobody of that name in the archive; look with: chancery actors --actor PART");
    }

    private List<RelationMonth> Months(long a, long b) =>
        [.. connection.Query<(int Month, string Type, long Events, long Tenths)>("SELECT month, type, events, tenths FROM pair WHERE a = @a AND b = @b AND month > 0 ORDER BY month, type", new { a, b })
            .GroupBy(r => r.Month).Select(g => new RelationMonth(
                string.Create(CultureInfo.InvariantCulture, $"{g.Key / 12:d4}-{(g.Key % 12) + 1:d2}"), g.Where(r => r.Type.Length == 0).Sum(r => r.Events), g.Where(r => r.Type.Length == 0).Sum(r => r.Tenths) / 10.0,
                g.Where(r => r.Type.Length > 0).ToDictionary(r => r.Type, r => r.Events, StringComparer.Ordinal)))];

    private static Relation Turned(Relation relation, string? first) =>
        first is not null && !relation.One.Name.Contains(first, StringComparison.OrdinalIgnoreCase) && relation.Other.Name.Contains(first, StringComparison.OrdinalIgnoreCase)
            ? relation with { One = relation.Other, Other = relation.One } : relation;
}
