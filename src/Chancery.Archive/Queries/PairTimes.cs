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
        // Of one actor all months are few; of all actors the index by months has what is asked for, and nothing else.
        const string Sums = "CAST(sum(p.events) AS bigint), CAST(sum(p.tenths) AS bigint)";
        var sql = numbers is null
            ? $"SELECT p.a, p.b, {Sums} FROM pair p INDEXED BY pair_month WHERE p.type = '' AND p.month > 0 AND p.month BETWEEN @firstMonth AND @lastMonth"
            : $"""
              SELECT p.a, p.b, {Sums} FROM (
                SELECT a, b FROM pair WHERE month = 0 AND type = '' AND a IN @numbers UNION SELECT a, b FROM pair WHERE month = 0 AND type = '' AND b IN @numbers) one
              CROSS JOIN pair p WHERE p.a = one.a AND p.b = one.b AND p.month > 0 AND p.month BETWEEN @firstMonth AND @lastMonth AND p.type = ''
              """;
        var rows = connection.Query<(long A, long B, long Events, long Tenths)>($"{sql} GROUP BY p.a, p.b ORDER BY sum(p.events) DESC, p.a, p.b LIMIT @limit", new { firstMonth, lastMonth, numbers, limit }).AsList();
        var actors = pages.ActorsOf(rows.SelectMany(r => new[] { r.A, r.B }));
        return [.. rows.Select(r => new Relation(actors[r.A], actors[r.B], r.Events, r.Tenths / 10.0))];
    }

    private IReadOnlyList<long> Numbers(string name)
    {
        var found = filter.ActorsNamed(filter.StateOf(name) ?? name);
        return found.Count > 0 ? found : throw new ArchiveException("CH0420", $"{name}: nobody of that name in the archive; look with: chancery actors --actor PART");
    }
}
