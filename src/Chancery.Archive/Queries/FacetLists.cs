using Chancery.Archive.Databases;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Which entries a page of a view may have.</summary>
/// <param name="View">The view's number.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last day.</param>
/// <param name="Day">The day of the entry after which the page begins.</param>
/// <param name="Item">The number of that entry.</param>
/// <param name="Limit">The most entries.</param>
internal sealed record PageBounds(int View, int From, int To, int Day, long Item, int Limit);

/// <summary>Entries that are found by facets: by one value at least of each list, the newest first.</summary>
internal sealed class FacetLists(ArchiveConnection connection, PageBounds bounds)
{
    // Beyond this a value is common, and it matters little how common.
    private const int Common = 2000;

    // How many entries of each value the first stretch of time has.
    private const int Stretch = 500;

    // To look up an entry by a value costs as much as to read so many.
    private const int Lookup = 8;

    private const string Listed = "f.view = @View AND f.first BETWEEN @From AND @To AND (f.first, f.item_id) < (@Day, @Item)", Newest = "ORDER BY f.first DESC, f.item_id DESC";

    // How many times as many entries the next stretch has.
    private static readonly (int Least, int Most) Longer = (3, 24);

    private readonly DynamicParameters _values = new(bounds);

    /// <summary>Day and number of each.</summary>
    /// <param name="lists">Numbers of values; none is empty.</param>
    public List<(int First, long Item)> Of(List<long[]> lists)
    {
        if (lists is [{ Length: <= FacetFilter.Few } only] && connection.JoinsLists)
            return AllWalked(only);
        var counts = lists is [[_]] ? [] : Counts([.. lists.Where(l => l.Length <= FacetFilter.Few).SelectMany(l => l).Distinct()]);
        var common = lists.Count == 1 ? [] : lists.ToDictionary(l => l, l => l.Length <= FacetFilter.Few ? l.Sum(v => counts[v]) : CountOfMany(l));
        List<long[]> ordered = [.. lists.OrderBy(common.GetValueOrDefault)];
        var (rarest, others) = (ordered[0], ordered[1..]);
        // A few values are each walked from their newest entry on; of very many, each with few entries, all is looked at at once.
        if (rarest.Length > FacetFilter.Few)
            return AtOnce(rarest, others);
        return connection.JoinsLists && common[rarest] >= Common ? ByStretches(rarest, others) : Walked([.. rarest.OrderByDescending(v => counts.GetValueOrDefault(v))], others);
    }

    /// <summary>The newest entries of each value, in one way to the server and back.</summary>
    private List<(int First, long Item)> AllWalked(long[] list)
    {
        _values.Add("all", list);
        return Entries($"SELECT DISTINCT w.first, w.item_id FROM unnest(@all) v(id) CROSS JOIN LATERAL (SELECT f.first, f.item_id FROM facet f WHERE f.value_id = v.id AND {Listed} {Newest} LIMIT @Limit) w ORDER BY w.first DESC, w.item_id DESC LIMIT @Limit");
    }

    /// <summary>Walks the rarest list, newest first, and looks each entry up in the others.</summary>
    private List<(int First, long Item)> Walked(long[] rarest, List<long[]> others)
    {
        var sql = $"SELECT f.first, f.item_id FROM facet f WHERE f.value_id = @value AND {Listed}{FacetFilter.Also(others, "f", _values)} {Newest} LIMIT @Limit";
        var found = new SortedSet<(int First, long Item)>();
        foreach (var value in rarest)
        {
            _values.Add("value", value);
            found.UnionWith(Entries(sql));
            while (found.Count > bounds.Limit)
                found.Remove(found.Min);
            // Once a page is full, nothing older than its end is looked for in the values that are left.
            if (found.Count == bounds.Limit)
                _values.Add(nameof(bounds.From), Math.Max(bounds.From, found.Min.First));
        }
        return [.. found.Reverse()];
    }

    /// <summary>
    /// Goes through all lists at once, one stretch of time after the other, the newest first, until a page is full. To look up an entry costs as much as reading several,
    /// and who is common but seldom in the same entries as another would be looked up there again and again.
    /// </summary>
    private List<(int First, long Item)> ByStretches(long[] rarest, List<long[]> others)
    {
        _values.Add("all", rarest);
        var (found, crowded) = (new List<(int First, long Item)>(), (List<long[]>?)null);
        // Each as long as will fill the page, by what was found so far.
        for (long most = Stretch; ; most *= Math.Clamp(2 * bounds.Limit / Math.Max(1, found.Count), Longer.Least, Longer.Most))
        {
            // At first of all lists, to see which of them have far more entries in a time than the rarest has.
            var reach = Reach(crowded is null ? others.Where(l => l.Length <= FacetFilter.Few).SelectMany(l => l).Concat(rarest) : rarest, most);
            int Reached(long[] list) => Math.Max(bounds.From, list.Max(v => reach[v].Reached) ?? bounds.From);
            var (newest, floor) = (reach.Values.Max(r => r.Newest) ?? bounds.From, Reached(rarest));
            crowded ??= others.FindAll(l => l.Length <= FacetFilter.Few && (newest - floor + 1) / (newest - Reached(l) + 1) > Lookup * l.Length);
            _values.Add(nameof(bounds.From), floor);
            var read = string.Concat(others.Except(crowded).Select((list, i) =>
            {
                _values.Add($"read{i}", list);
                return $" INTERSECT SELECT g.first, g.item_id FROM facet g WHERE g.value_id IN @read{i} AND g.view = @View AND g.first BETWEEN @From AND @To";
            }));
            found.AddRange(Entries(
                $"SELECT {(read.Length > 0 ? "" : "DISTINCT ")}f.first, f.item_id FROM facet f WHERE f.value_id IN @all AND {Listed}{FacetFilter.Also(crowded, "f", _values)}{read} ORDER BY first DESC, item_id DESC LIMIT @Limit"));
            if (found.Count >= bounds.Limit || floor <= bounds.From)
                return [.. found.Take(bounds.Limit)];
            _values.Add(nameof(bounds.From), bounds.From);
            _values.Add(nameof(bounds.To), floor - 1);
        }
    }

    private List<(int First, long Item)> AtOnce(long[] rarest, List<long[]> others)
    {
        _values.Add("all", rarest);
        return Entries($"SELECT DISTINCT f.first, f.item_id FROM facet f WHERE f.value_id IN @all AND {Listed}{FacetFilter.Also(others, "f", _values)} {Newest} LIMIT @Limit");
    }

    private List<(int First, long Item)> Entries(string sql) => connection.Query<(int, long)>(sql, _values).AsList();

    /// <summary>The newest day of each value, and the day that is reached after so many entries; null where it has fewer.</summary>
    private Dictionary<long, (long Value, int? Newest, int? Reached)> Reach(IEnumerable<long> values, long most)
    {
        _values.Add("most", most);
        _values.Add("every", values.Distinct().ToArray());
        const string Days = $"SELECT f.first FROM facet f WHERE f.value_id = v.id AND {Listed} {Newest} LIMIT 1";
        return connection.Query<(long Value, int? Newest, int? Reached)>($"SELECT v.id, ({Days}), ({Days} OFFSET @most) FROM facet_value v WHERE v.id IN @every", _values).ToDictionary(r => r.Value);
    }

    private Dictionary<long, int> Counts(long[] values) => connection.Query<(long Value, int Entries)>(
        "SELECT v.id, (SELECT count(*) FROM (SELECT 1 FROM facet f WHERE f.value_id = v.id AND f.view = @View LIMIT @Common) found) FROM facet_value v WHERE v.id IN @values",
        new { values, bounds.View, Common }).ToDictionary(c => c.Value, c => c.Entries);

    private int CountOfMany(long[] values) => connection.ExecuteScalar<int>(
        "SELECT count(*) FROM (SELECT 1 FROM facet WHERE value_id IN @values AND view = @View LIMIT @Common) found", new { values, bounds.View, Common });
}
