using Chancery.Archive.Databases;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>The balance of co-operation and conflict in a stretch of time.</summary>
internal sealed class PairTimes(ArchiveConnection connection, FacetFilter filter, EntryPages pages)
{
    /// <summary>Those with most events between two months, the first and the last included.</summary>
    public IReadOnlyList<Relation> Of(int firstMonth, int lastMonth, string? actor, int limit)
    {
        var numbers = actor is null ? null : Numbers(actor);
        var of = numbers is null ? "" : " AND (a IN @numbers OR b IN @numbers)";
        // Of one actor all months are few; of all actors the index by months has what is asked for, and nothing else.
        var source = numbers is null
            ? "pair INDEXED BY pair_month WHERE type = '' AND month > 0 AND month BETWEEN @firstMonth AND @lastMonth"
            : $"pair WHERE (a, b) IN (SELECT a, b FROM pair WHERE month = 0 AND type = ''{of}) AND type = '' AND month BETWEEN @firstMonth AND @lastMonth";
        var rows = connection.Query<(long A, long B, long Events, long Tenths)>(
            $"SELECT a, b, CAST(sum(events) AS bigint), CAST(sum(tenths) AS bigint) FROM {source} GROUP BY a, b ORDER BY sum(events) DESC, a, b LIMIT @limit", new { firstMonth, lastMonth, numbers, limit }).AsList();
        var actors = pages.ActorsOf(rows.SelectMany(r => new[] { r.A, r.B }));
        return [.. rows.Select(r => new Relation(actors[r.A], actors[r.B], r.Events, r.Tenths / 10.0))];
    }

    private IReadOnlyList<long> Numbers(string name)
    {
        var found = filter.ActorsNamed(filter.StateOf(name) ?? name);
        return found.Count > 0 ? found : throw new ArchiveException("CH0420", $"{name}: nobody of that name in the archive; look with: chancery actors --actor PART");
    }
}
