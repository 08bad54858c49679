using Chancery.Archive.Databases;
using System.Globalization;
using Chancery.Archive.Indexing;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.Views;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Pages of a view, newest first, found by facets.</summary>
internal sealed class EntryPages(ArchiveConnection connection, WordIndex index, Lazy<WorldLexicon> lexicon)
{
    // Beyond this a value is common, and it matters little how common.
    private const int Common = 2000;

    // How many entries of each value the first stretch of time has.
    private const int Stretch = 500;

    // To look up an entry by a value costs as much as to read so many.
    private const int Lookup = 8;

    // How many times as many entries the next stretch has.
    private static readonly (int Least, int Most) Longer = (3, 24);

    private const string Listed = "f.view = @view AND f.first BETWEEN @from AND @to AND (f.first, f.item_id) < (@day, @item)", Newest = "ORDER BY f.first DESC, f.item_id DESC";

    /// <summary>One page.</summary>
    /// <param name="view">Of which view.</param>
    /// <param name="filter">What is wanted.</param>
    /// <param name="evidence">The most pieces of evidence of an entry.</param>
    public Page<ArchiveEntry> Of(ArchiveView view, ArchiveFilter filter, int evidence)
    {
        var lists = new FacetFilter(connection, index, lexicon).ValuesOf(filter, view);
        if (lists.Exists(l => l.Length == 0))
            return new([], null);
        var (day, item) = Cursor(filter.After);
        // Where a page begins is where PostgreSQL begins to look, and not at the newest entry of all.
        if (filter.To is { } to && day > to.DayNumber)
            (day, item) = (to.DayNumber, long.MaxValue);
        var bounds = new
        {
            view = (int)view,
            from = filter.From?.DayNumber ?? -1,
            to = filter.To?.DayNumber ?? int.MaxValue,
            day,
            item,
            limit = filter.Limit + 1,
        };
        var ids = lists.Count == 0 ? All(bounds) : ByFacets(lists, bounds);
        var page = ids.Take(filter.Limit).ToList();
        var next = ids.Count > filter.Limit ? string.Create(CultureInfo.InvariantCulture, $"{page[^1].First}.{page[^1].Item}") : null;
        return new(Load(page.ConvertAll(p => p.Item), evidence), next);
    }

    /// <summary>Entries by their numbers, in that order.</summary>
    public List<ArchiveEntry> Load(IReadOnlyList<long> ids, int evidence)
    {
        var rows = connection.Query<(long Id, int View, int First, int Since, int Reports, int Sources, string Data)>(
            "SELECT id, view, first, since, reports, sources, data FROM item WHERE id IN @ids", new { ids }).ToDictionary(r => r.Id, r => (Row: r, Data: EntryData.Of(r.Data)));
        var actors = ActorsOf(rows.Values.SelectMany(r => r.Data.Who.Concat(r.Data.With).Concat(r.Data.WordOf)));
        var words = evidence > 0 ? EvidenceOf(ids, evidence) : [];
        return [.. ids.Where(rows.ContainsKey).Select(id => Entry(rows[id].Row, rows[id].Data))];

        ArchiveEntry Entry((long Id, int View, int First, int Since, int Reports, int Sources, string Data) row, EntryData data) => new(row.Id, data.Kind)
        {
            Status = data.Status,
            Who = Named(data.Who),
            With = Named(data.With),
            WordOf = Named(data.WordOf),
            Date = data.Date,
            Day = DayOf(row.First),
            Place = data.Place,
            PlaceCountry = data.PlaceCountry,
            Position = data is { Latitude: { } north, Longitude: { } east } ? (north, east) : null,
            Modes = data.Modes,
            Contexts = data.Contexts,
            Cameo = data.Cameo,
            Score = data.Score,
            Text = data.Text,
            Answer = data.Answer,
            Claimed = data.Claimed,
            Contradicted = data.Contradicted == true,
            Counts = data.Counts ?? new Dictionary<string, int>(),
            Course = [.. (data.Course ?? []).Select(c => new StancePeriod(c.Stance, DayOf(c.First), DayOf(c.Last), c.Times))],
            Corrected = data.Corrected,
            Reports = row.Reports,
            Sources = row.Sources,
            Publishers = data.Publishers,
            Since = DayOf(row.Since),
            Evidence = words.TryGetValue(row.Id, out var found) ? found : [],
        };
        static DateOnly? DayOf(int number) => number > 0 ? DateOnly.FromDayNumber(number) : null;
        List<ViewActor> Named(IEnumerable<long> numbers) => [.. numbers.Where(actors.ContainsKey).Select(n => actors[n])];
    }

    public Dictionary<long, ViewActor> ActorsOf(IEnumerable<long> numbers) => numbers.Distinct().Chunk(5000)
        .SelectMany(some => connection.Query<(long Id, string Key, string Name, string? Country)>("SELECT id, key, name, country FROM actor WHERE id IN @some", new { some }))
        .ToDictionary(a => a.Id, a => new ViewActor(a.Key, a.Name, a.Country));

    private List<(int First, long Item)> All(object bounds) => connection.Query<(int, long)>(
        """
        SELECT first, id FROM item WHERE view = @view AND first BETWEEN @from AND @to AND (first, id) < (@day, @item)
        ORDER BY first DESC, id DESC LIMIT @limit
        """, bounds).AsList();

    private List<(int First, long Item)> ByFacets(List<long[]> lists, dynamic bounds)
    {
        int view = bounds.view, from = bounds.from, to = bounds.to, limit = bounds.limit;
        var values = new DynamicParameters(new { view, from, to, day = (int)bounds.day, item = (long)bounds.item, limit });
        if (lists is [{ Length: <= FacetFilter.Few } only] && connection.JoinsLists)
            return AllWalked(only, values);
        var counts = lists is [[_]] ? [] : Counts([.. lists.Where(l => l.Length <= FacetFilter.Few).SelectMany(l => l).Distinct()], view);
        var common = lists.Count == 1 ? [] : lists.ToDictionary(l => l, l => l.Length <= FacetFilter.Few ? l.Sum(v => counts[v]) : OfMany(l, view));
        var ordered = lists.Count == 1 ? lists : [.. lists.OrderBy(l => common[l])];
        // A few lists are each walked from their newest on; of very many, each short, all is looked at at once.
        if (ordered[0].Length > FacetFilter.Few)
            return AtOnce(ordered, values);
        return connection.JoinsLists && lists.Count > 1 && common[ordered[0]] >= Common ? ByStretches(ordered, values, from, to, limit) : Walked(ordered, [.. ordered[0].OrderByDescending(v => counts.GetValueOrDefault(v))], values, from, limit);
    }

    private List<(int First, long Item)> AllWalked(long[] list, DynamicParameters values)
    {
        values.Add("all", list);
        return connection.Query<(int, long)>(
            $"SELECT DISTINCT w.first, w.item_id FROM unnest(@all) v(id) CROSS JOIN LATERAL (SELECT f.first, f.item_id FROM facet f WHERE f.value_id = v.id AND {Listed} {Newest} LIMIT @limit) w ORDER BY w.first DESC, w.item_id DESC LIMIT @limit", values).AsList();
    }

    /// <summary>Walks the rarest list, newest first, and looks each entry up in the others.</summary>
    private List<(int First, long Item)> Walked(List<long[]> ordered, long[] first, DynamicParameters values, int from, int limit)
    {
        var sql = $"SELECT f.first, f.item_id FROM facet f WHERE f.value_id = @value AND {Listed}{FacetFilter.Also(ordered.Skip(1), "f", values)} {Newest} LIMIT @limit";
        var found = new SortedSet<(int First, long Item)>();
        foreach (var value in first)
        {
            values.Add("value", value);
            found.UnionWith(connection.Query<(int, long)>(sql, values));
            while (found.Count > limit)
                found.Remove(found.Min);
            // Once a page is full, nothing older than its end is looked for in the lists that are left.
            if (found.Count == limit)
                values.Add("from", Math.Max(from, found.Min.First));
        }
        return [.. found.Reverse()];
    }

    /// <summary>
    /// Goes through all lists at once, one stretch of time after the other, the newest first, until a page is full. To look up an entry costs as much as reading several,
    /// and who is common but seldom in the same entries as another would be looked up there again and again.
    /// </summary>
    private List<(int First, long Item)> ByStretches(List<long[]> ordered, DynamicParameters values, int from, int to, int limit)
    {
        values.Add("all", ordered[0]);
        var (found, crowded) = (new List<(int First, long Item)>(), (List<long[]>?)null);
        // As long as will fill the page, by what was found so far.
        for (var most = Stretch; ; most *= Math.Clamp(2 * limit / Math.Max(1, found.Count), Longer.Least, Longer.Most))
        {
            // At first of all lists, to see which of them have far more entries in a time than the rarest has.
            var reach = Reach(crowded is null ? ordered.Where(l => l.Length <= FacetFilter.Few).SelectMany(l => l) : ordered[0], most, values);
            int Reached(long[] list) => Math.Max(from, list.Max(v => reach[v].Reached) ?? from);
            var (newest, floor) = (reach.Values.Max(r => r.Newest) ?? to, Reached(ordered[0]));
            crowded ??= [.. ordered.Skip(1).Where(l => l.Length <= FacetFilter.Few && (newest - floor + 1) / (newest - Reached(l) + 1) > Lookup * l.Length)];
            values.Add("from", floor);
            var read = string.Concat(ordered.Skip(1).Where(l => !crowded.Contains(l)).Select((list, i) =>
            {
                values.Add($"read{i}", list);
                return $" INTERSECT SELECT g.first, g.item_id FROM facet g WHERE g.value_id IN @read{i} AND g.view = @view AND g.first BETWEEN @from AND @to";
            }));
            found.AddRange(connection.Query<(int, long)>(
                $"SELECT {(read.Length > 0 ? "" : "DISTINCT ")}f.first, f.item_id FROM facet f WHERE f.value_id IN @all AND {Listed}{FacetFilter.Also(crowded, "f", values)}{read} ORDER BY first DESC, item_id DESC LIMIT @limit", values));
            if (found.Count >= limit || floor <= from)
                return [.. found.Take(limit)];
            values.Add("from", from);
            values.Add("to", floor - 1);
        }
    }

    /// <summary>The newest day of each value, and the day that is reached after so many entries; null where it has fewer.</summary>
    private Dictionary<long, (long Value, int? Newest, int? Reached)> Reach(IEnumerable<long> list, int most, DynamicParameters values)
    {
        values.Add("most", most);
        values.Add("every", list.Distinct().ToArray());
        const string Days = $"SELECT f.first FROM facet f WHERE f.value_id = v.id AND {Listed} {Newest} LIMIT 1";
        return connection.Query<(long Value, int? Newest, int? Reached)>($"SELECT v.id, ({Days}), ({Days} OFFSET @most) FROM facet_value v WHERE v.id IN @every", values).ToDictionary(r => r.Value);
    }

    private List<(int First, long Item)> AtOnce(List<long[]> ordered, DynamicParameters values)
    {
        values.Add("all", ordered[0]);
        return connection.Query<(int, long)>($"SELECT DISTINCT f.first, f.item_id FROM facet f WHERE f.value_id IN @all AND {Listed}{FacetFilter.Also(ordered.Skip(1), "f", values)} {Newest} LIMIT @limit", values).AsList();
    }

    private int OfMany(long[] values, int view) => connection.ExecuteScalar<int>("SELECT count(*) FROM (SELECT 1 FROM facet WHERE value_id IN @values AND view = @view LIMIT @Common) found", new { values, view, Common });

    private Dictionary<long, int> Counts(long[] values, int view) => connection.Query<(long Value, int Entries)>(
        "SELECT v.id, (SELECT count(*) FROM (SELECT 1 FROM facet f WHERE f.value_id = v.id AND f.view = @view LIMIT @Common) found) FROM facet_value v WHERE v.id IN @values",
        new { values, view, Common }).ToDictionary(c => c.Value, c => c.Entries);

    private Dictionary<long, List<Evidence>> EvidenceOf(IReadOnlyList<long> items, int most)
    {
        var rows = connection.Query<(long Item, long Document, string Key, string Spans, string? Entry)>(
            """
            SELECT m.item_id, m.document_id, d.key, m.spans, m.entry FROM (
              SELECT m.*, row_number() OVER (PARTITION BY m.item_id ORDER BY d.day = 0, d.day, d.key, m.id) AS place
              FROM mention m JOIN document d ON d.id = m.document_id WHERE m.item_id IN @items) m
            JOIN document d ON d.id = m.document_id WHERE m.place <= @most ORDER BY m.item_id, m.place
            """, new { items, most }).AsList();
        var texts = rows.Select(r => r.Document).Distinct().Chunk(1000)
            .SelectMany(some => connection.Query<(long Id, byte[] Text)>("SELECT document_id, text FROM content WHERE document_id IN @some", new { some })).ToDictionary(t => t.Id, t => Packed.Text(t.Text));
        return rows.GroupBy(r => r.Item).ToDictionary(
            g => g.Key,
            g => g.SelectMany(r => Telling.SpansOf(r.Spans).Select(s => new Evidence(r.Key, s, WordsOf(s, texts[r.Document], r.Key), r.Entry))).Take(most).ToList());

        static string WordsOf(TextSpan span, string text, string key) =>
            span.End <= text.Length ? span.Of(text).ToString() : throw new InvalidDataException($"the text of {key} ends before words that an entry rests on");
    }

    private static (int Day, long Item) Cursor(string? after)
    {
        if (after is null)
            return (int.MaxValue, long.MaxValue);
        return after.Split('.') is [var day, var item] && int.TryParse(day, NumberStyles.None, CultureInfo.InvariantCulture, out var first) && long.TryParse(item, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? (first, id)
            : throw new ArchiveException("CH0422", $"{after}: not where a page ended; give what the page before printed last.");
    }
}
