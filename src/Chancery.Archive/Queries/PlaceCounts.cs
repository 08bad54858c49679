using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>How many events happened where.</summary>
internal sealed class PlaceCounts(ArchiveConnection connection, FacetFilter filter)
{
    // Of events that a filter picks these are looked at, the newest first.
    private const int MostPicked = 5000;

    public IReadOnlyList<PlaceCount> Of(ArchiveFilter wanted, int limit)
    {
        var lists = filter.ValuesOf(wanted, ArchiveView.Timeline);
        if (lists.Exists(l => l.Length == 0))
            return [];
        var bounds = new { from = wanted.From?.DayNumber ?? 0, to = wanted.To?.DayNumber ?? int.MaxValue, limit, MostPicked };
        return lists.Count == 0 ? All(bounds) : Picked(lists, bounds);
    }

    private List<PlaceCount> All(object bounds)
    {
        var rows = connection.Query<(string Place, long Events, long Item)>(
            """
            SELECT v.value, n.events, n.item FROM (
              SELECT value_id, count(*) events, max(item_id) item FROM facet
              WHERE value_id IN (SELECT id FROM facet_value WHERE kind = 7) AND view = 1 AND first BETWEEN @from AND @to GROUP BY value_id ORDER BY count(*) DESC, value_id LIMIT @limit) n
            JOIN facet_value v ON v.id = n.value_id ORDER BY n.events DESC, v.value
            """, bounds).AsList();
        var where = connection.Query<(long Id, string Data)>("SELECT id, data FROM item WHERE id IN @ids", new { ids = rows.ConvertAll(r => r.Item) }).ToDictionary(r => r.Id, r => EntryData.Of(r.Data));
        return rows.ConvertAll(r => Count(where[r.Item], r.Place, (int)r.Events));
    }

    private List<PlaceCount> Picked(List<long[]> lists, dynamic bounds)
    {
        var values = new DynamicParameters(new { from = (int)bounds.from, to = (int)bounds.to, MostPicked });
        values.Add("first", lists[0]);
        var others = FacetFilter.Also(lists.Skip(1), "f", values);
        var data = connection.Query<string>(
            $"""
            SELECT data FROM item WHERE id IN (
              SELECT f.item_id FROM facet f WHERE f.value_id IN @first AND f.view = 1 AND f.first BETWEEN @from AND @to{others} ORDER BY f.first DESC LIMIT @MostPicked)
            """, values).Select(EntryData.Of).Where(d => d.Place is not null);
        return [.. data.GroupBy(d => d.Place!, StringComparer.Ordinal).Select(g => Count(g.First(), g.Key, g.Count())).OrderByDescending(p => p.Events).ThenBy(p => p.Place, StringComparer.Ordinal).Take((int)bounds.limit)];
    }

    private static PlaceCount Count(EntryData data, string place, int events) =>
        new(place, data.PlaceCountry, data is { Latitude: { } north, Longitude: { } east } ? (north, east) : null, events);
}
