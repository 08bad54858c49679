using System.Data.Common;
using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;

namespace Chancery.Archive.Merging;

/// <summary>
/// Makes entries of views from the tellings of all documents: the same event in six reports is one entry with six reports. Works
/// only on groups in which something has changed, in batches of one transaction; stopped at any moment, it goes on where it was.
/// </summary>
internal sealed class Merger(Commands commands)
{
    // Left to itself SQLite takes the order of the index of a view for the better bargain, and goes through all of it.
    private const string Tellings = "SELECT m.id, m.item_id, m.document_id, d.key, d.day, m.first, m.last, m.data";
    private const string Items = "SELECT i.id, i.first, i.last, i.seen, i.since, i.reports, i.sources, i.publishers, i.data";

    private const string NewColumns = "view, grp, first, last, seen, since, reports, sources, publishers, data", NewValues = "@1, @2, @3, @4, @5, @6, @7, @8, @9, @10";

    private readonly FacetValues _facets = new(commands);
    private readonly Dictionary<long, string?> _countries = [];

    // In the order in which they are written, so that two who merge do not wait for each other.
    private readonly SortedDictionary<(long A, long B, int Month, string Type), (int Events, long Tenths)> _balances = new(Comparer<(long A, long B, int Month, string Type)>.Create((x, y) =>
        (x.A, x.B, x.Month).CompareTo((y.A, y.B, y.Month)) is not 0 and var order ? order : string.CompareOrdinal(x.Type, y.Type)));

    // In the order in which they lie, so that each page of them is come to once in a batch. What is found by common things lies in millions of places.
    private readonly SortedDictionary<(long Value, int View, int First, long Item), bool> _found = new(Comparer<(long Value, int View, int First, long Item)>.Create((x, y) =>
        (x.Value, x.View, y.First, y.Item).CompareTo((y.Value, y.View, x.First, x.Item))));
    private readonly SortedDictionary<long, long?> _told = [];
    private readonly List<object?[]> _new = [];
    private readonly List<(long Item, string Text)> _words = [];

    // Of one batch only: between batches documents may come and go.
    private readonly Dictionary<long, (int Copies, IReadOnlyList<string> By)> _published = [];

    /// <summary>Merges one batch.</summary>
    /// <returns>How many groups were merged; 0 when nothing waits, or others merge what does.</returns>
    public int MergeBatch()
    {
        commands.BeforeMerging();
        var tries = 0;
        return commands.InTransaction(() =>
        {
            // Where this is done again, what was at hand has been taken back.
            if (tries++ > 0)
                _facets.Clear();
            _published.Clear();
            _balances.Clear();
            _found.Clear();
            _told.Clear();
            _new.Clear();
            _words.Clear();
            var groups = commands.TakeMarked(commands.GroupsAtOnce);
            var ahead = commands.IsFar ? Ahead(groups) : null;
            foreach (var (group, view) in groups)
            {
                if (ahead is null)
                    Merge(group, view, commands.Rows($"{Tellings} FROM mention m JOIN document d ON d.id = m.document_id WHERE m.grp = @1 AND m.view = @2 ORDER BY m.id", Row, group, (int)view), commands.Rows($"{Items} FROM item i INDEXED BY item_grp WHERE i.grp = @1 AND i.view = @2 ORDER BY i.first, i.id", ItemRow, group, (int)view));
                else
                    Merge(group, view, ahead.Tellings[(group, (int)view)].ToList(), ahead.Items[(group, (int)view)].ToList());
            }
            commands.RunAll($"INSERT INTO item ({NewColumns}, id) VALUES ({NewValues}, @11)", _new);
            commands.Words.AddStatements(commands, _words);
            commands.RunAll("UPDATE mention SET item_id = CAST(@2 AS bigint) WHERE id = @1", _told.Select(t => new object?[] { t.Key, t.Value }));
            WriteFound();
            WriteBalances();
            return groups.Count;
        });
    }

    /// <summary>What is needed of many groups, in a few ways to a server and back.</summary>
    private sealed record Loaded(ILookup<(long, int), Told> Tellings, ILookup<(long, int), (long Id, Shown Shown)> Items);

    private Loaded Ahead(List<(long Group, ArchiveView View)> groups)
    {
        var (numbers, views) = (groups.Select(g => g.Group).ToArray(), groups.Select(g => (int)g.View).ToArray());
        var tellings = commands.Rows(
            $"{Tellings}, m.grp, m.view FROM unnest(@1, @2) g(grp, view) JOIN mention m ON m.grp = g.grp AND m.view = g.view JOIN document d ON d.id = m.document_id ORDER BY m.id",
            r => (Told: Row(r), Group: (r.GetInt64(8), r.GetInt32(9))), numbers, views);
        var items = commands.Rows(
            $"{Items}, i.grp, i.view FROM unnest(@1, @2) g(grp, view) JOIN item i ON i.grp = g.grp AND i.view = g.view ORDER BY i.first, i.id",
            r => (Item: ItemRow(r), Group: (r.GetInt64(9), r.GetInt32(10))), numbers, views);
        var documents = tellings.Select(t => t.Told.Document).Distinct().ToArray();
        var others = commands.Rows("SELECT DISTINCT copy_of, publisher FROM document WHERE copy_of IN @1 AND publisher IS NOT NULL", r => (Of: r.GetInt64(0), Publisher: r.GetString(1)), documents).ToLookup(o => o.Of, o => o.Publisher);
        foreach (var (id, publisher, copies) in commands.Rows("SELECT id, publisher, copies FROM document WHERE id IN @1", r => (r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1), r.GetInt32(2)), documents))
            _published[id] = (copies, publisher is null ? [.. others[id]] : [publisher, .. others[id]]);
        var actors = tellings.SelectMany(t => t.Told.Data.Who.Concat(t.Told.Data.With).Concat(t.Told.Data.WordOf)).Where(a => !_countries.ContainsKey(a)).Distinct().ToArray();
        foreach (var (id, country) in commands.Rows("SELECT id, country FROM actor WHERE id IN @1", r => (r.GetInt64(0), r.IsDBNull(1) ? null : r.GetString(1)), actors))
            _countries[id] = country;
        // Entries are found by nearly nothing but what their tellings are.
        _facets.Load(tellings.SelectMany(t => ValuesOf(t.Told.Data, (ArchiveView)t.Group.Item2)).Concat(_published.Values.SelectMany(p => p.By).Select(p => (Facet.Publisher, p))));
        return new(tellings.ToLookup(t => t.Group, t => t.Told), items.ToLookup(i => i.Group, i => i.Item));
    }

    private static Told Row(DbDataReader r) => new(
        r.GetInt64(0), r.IsDBNull(1) ? null : r.GetInt64(1), r.GetInt64(2), r.GetString(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), (int)(r.GetInt64(0) & int.MaxValue), EntryData.Of(r.GetString(7)));

    private static (long Id, Shown Shown) ItemRow(DbDataReader r) =>
        (r.GetInt64(0), new(r.GetInt32(1), r.GetInt32(2), r.GetInt32(3), r.GetInt32(4), r.GetInt32(5), r.GetInt32(6), r.GetInt32(7), r.GetString(8)));

    private void Merge(long group, ArchiveView view, List<Told> tellings, List<(long Id, Shown Shown)> before)
    {
        var clusters = view is ArchiveView.Timeline or ArchiveView.Diary or ArchiveView.Measures ? Clusters.Of(tellings) : tellings.Count > 0 && !IsOneSided(tellings) ? [tellings] : [];
        var left = before.ToDictionary(b => b.Id, b => b.Shown);
        foreach (var (cluster, item) in Numbered(clusters, before.ConvertAll(b => b.Id)))
        {
            var shown = ShownOf(view, cluster);
            var id = item is not null && left.Remove(item.Value, out var old) ? Change(item.Value, view, old, shown) : Add(group, view, shown);
            foreach (var telling in cluster.Where(t => t.Item != id))
                _told[telling.Id] = id;
        }
        foreach (var telling in clusters.Count > 0 ? [] : tellings.Where(t => t.Item is not null))
            _told[telling.Id] = null;
        foreach (var (id, old) in left)
            Remove(id, view, old);
    }

    /// <summary>Whether there are words without deeds, or deeds without words.</summary>
    private static bool IsOneSided(List<Told> tellings) =>
        tellings[0].Data.Form is EntryData.Word or EntryData.Deed && tellings.TrueForAll(t => t.Data.Form == tellings[0].Data.Form);

    /// <summary>
    /// The number of each entry: that which its tellings had, else one that no other entry of the group keeps. Who goes from page to
    /// page by these numbers neither misses an entry nor sees it twice because another report of it came in.
    /// </summary>
    private static List<(List<Told> Cluster, long? Item)> Numbered(List<List<Told>> clusters, List<long> before)
    {
        var free = new SortedSet<long>(before);
        var numbered = clusters.ConvertAll(c => (Cluster: c, Item: c.Where(t => t.Item is { } item && free.Contains(item)).Min(t => t.Item) is { } kept && free.Remove(kept) ? kept : (long?)null));
        var left = new Queue<long>(before.Where(free.Contains));
        return numbered.ConvertAll(n => n.Item is null && left.TryDequeue(out var item) ? (n.Cluster, item) : n);
    }

    /// <summary>What the tellings of an entry come to.</summary>
    private Shown ShownOf(ArchiveView view, List<Told> cluster)
    {
        // The first report comes first; within a report the first telling.
        cluster.Sort((a, b) => (a.Day == 0 ? int.MaxValue : a.Day).CompareTo(b.Day == 0 ? int.MaxValue : b.Day) is not 0 and var day ? day
            : string.CompareOrdinal(a.DocumentKey, b.DocumentKey) is not 0 and var key ? key : a.Order.CompareTo(b.Order));
        var (reports, sources, publishers) = Spread(cluster);
        var data = Merged.Of(view, cluster) with { Publishers = publishers };
        // What is dated says when; else the report does.
        var dated = cluster.Where(t => t.Data.Date is not null && t.First > 0).ToList();
        var first = (dated.Count > 0 ? dated : cluster).Min(t => dated.Count > 0 ? t.First : t.Last);
        var last = (dated.Count > 0 ? dated : cluster).Max(t => t.Last);
        if (view == ArchiveView.Positions)
            (first, last) = (cluster.Max(t => t.Last), cluster.Max(t => t.Last));
        return new(first, last, cluster.Max(t => t.Day), cluster.Where(t => t.Day > 0).Select(t => t.Day).DefaultIfEmpty().Min(), reports, sources, publishers.Count, data.ToJson());
    }

    private long Add(long group, ArchiveView view, Shown shown)
    {
        object?[] values = [(int)view, group, shown.First, shown.Last, shown.Seen, shown.Since, shown.Reports, shown.Sources, shown.Publishers, shown.Json];
        if (commands.NewItem() is { } item)
            _new.Add([.. values, item]);
        else
            item = commands.Number($"INSERT INTO item ({NewColumns}) VALUES ({NewValues}) RETURNING id", values)!.Value;
        var data = EntryData.Of(shown.Json);
        AddFacets(item, view, shown.First, FacetsOf(data, view));
        AddWords(item, view, data);
        if (view == ArchiveView.Timeline)
            Balance(data, shown.First, +1);
        return item;
    }

    /// <summary>Writes only what is another now: most of what a new report touches says what it said before.</summary>
    private long Change(long item, ArchiveView view, Shown old, Shown shown)
    {
        if (old == shown)
            return item;
        commands.Run(
            "UPDATE item SET first = @2, last = @3, seen = @4, since = @5, reports = @6, sources = @7, publishers = @8, data = @9 WHERE id = @1",
            item, shown.First, shown.Last, shown.Seen, shown.Since, shown.Reports, shown.Sources, shown.Publishers, shown.Json);
        if (old.First == shown.First && old.Json == shown.Json)
            return item;
        var (before, data) = (EntryData.Of(old.Json), EntryData.Of(shown.Json));
        var (had, has) = (FacetsOf(before, view), FacetsOf(data, view));
        RemoveFacets(item, view, old.First, old.First == shown.First ? had.Except(has) : had);
        AddFacets(item, view, shown.First, old.First == shown.First ? has.Except(had) : has);
        if (before.Text != data.Text)
        {
            RemoveWords(item, view);
            AddWords(item, view, data);
        }
        if (view == ArchiveView.Timeline)
        {
            Balance(before, old.First, -1);
            Balance(data, shown.First, +1);
        }
        return item;
    }

    private void Remove(long item, ArchiveView view, Shown old)
    {
        var data = EntryData.Of(old.Json);
        RemoveFacets(item, view, old.First, FacetsOf(data, view));
        RemoveWords(item, view);
        if (view == ArchiveView.Timeline)
            Balance(data, old.First, -1);
        commands.Run("DELETE FROM item WHERE id = @1", item);
    }

    private void AddFacets(long item, ArchiveView view, int first, IEnumerable<long> facets)
    {
        foreach (var facet in facets)
            _found[(facet, (int)view, first, item)] = true;
    }

    private void RemoveFacets(long item, ArchiveView view, int first, IEnumerable<long> facets)
    {
        foreach (var facet in facets)
            _found[(facet, (int)view, first, item)] = false;
    }

    private void AddWords(long item, ArchiveView view, EntryData data)
    {
        if (view == ArchiveView.Statements && data.Text is { } text)
            _words.Add((item, text));
    }

    private void RemoveWords(long item, ArchiveView view)
    {
        if (view == ArchiveView.Statements)
            commands.Words.Remove(commands, Worded.Statements, item);
    }

    /// <summary>How many reports tell it, how many of them are no copies of others, and who published them.</summary>
    private (int Reports, int Sources, List<string> Publishers) Spread(List<Told> cluster)
    {
        var documents = cluster.Select(t => t.Document).Distinct().ToList();
        var (reports, publishers) = (documents.Count, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var document in documents)
        {
            var (copies, by) = PublishedBy(document);
            reports += copies;
            publishers.UnionWith(by);
        }
        return (reports, documents.Count, [.. publishers]);
    }

    /// <summary>How many copies a document has, and who published it and them.</summary>
    private (int Copies, IReadOnlyList<string> By) PublishedBy(long document)
    {
        if (_published.TryGetValue(document, out var known))
            return known;
        // A document that another takes out at this moment has marked its groups, so that they are merged again.
        var (publisher, copies) = commands.Rows("SELECT publisher, copies FROM document WHERE id = @1", r => (r.IsDBNull(0) ? null : r.GetString(0), r.GetInt32(1)), document).FirstOrDefault();
        var others = copies > 0 ? commands.Rows("SELECT DISTINCT publisher FROM document WHERE copy_of = @1 AND publisher IS NOT NULL", r => r.GetString(0), document) : [];
        return _published[document] = (copies, publisher is null ? others : [publisher, .. others]);
    }

    private HashSet<long> FacetsOf(EntryData data, ArchiveView view) => [.. ValuesOf(data, view).Select(v => _facets.IdOf(v.Kind, v.Value))];

    private List<(Facet Kind, string Value)> ValuesOf(EntryData data, ArchiveView view)
    {
        var found = new List<(Facet, string)>();
        Add(Facet.Kind, data.Kind);
        Add(Facet.Status, data.Status);
        Add(Facet.Issue, view == ArchiveView.Positions ? data.Text : null);
        Add(Facet.Place, data.Place);
        Add(Facet.PlaceCountry, data.PlaceCountry);
        Add(Facet.Corrected, data.Corrected);
        Add(Facet.Agreement, data.Contradicted == true ? "contradicted" : null);
        Add(Facet.Voice, data.Claimed switch { true => "claimed", false => "own", _ => null });
        Actors(data.Who, Facet.Who, Facet.CountryOfWho);
        Actors(data.With, Facet.With, Facet.CountryOfWith);
        Actors(data.WordOf, Facet.WordOf, Facet.CountryOfWordOf);
        foreach (var publisher in data.Publishers)
            Add(Facet.Publisher, publisher);
        return found;

        void Add(Facet kind, string? value)
        {
            if (value is not null)
                found.Add((kind, value));
        }

        void Actors(IEnumerable<long> actors, Facet role, Facet countryOfRole)
        {
            foreach (var actor in actors)
            {
                Add(role, actor.ToString(System.Globalization.CultureInfo.InvariantCulture));
                Add(countryOfRole, CountryOf(actor));
            }
        }
    }

    private string? CountryOf(long actor)
    {
        if (!_countries.TryGetValue(actor, out var country))
            _countries[actor] = country = commands.Rows("SELECT country FROM actor WHERE id = @1", r => r.IsDBNull(0) ? null : r.GetString(0), actor).FirstOrDefault();
        return country;
    }

    /// <summary>Adds an event to, or takes it from, the balance of every two actors of it.</summary>
    private void Balance(EntryData data, int first, int sign)
    {
        if (data.Status is "negated" || first == 0)
            return;
        var day = DateOnly.FromDayNumber(first);
        var (month, tenths) = ((day.Year * 12) + day.Month - 1, (long)Math.Round((data.Score ?? 0) * 10));
        foreach (var (a, b) in data.Who.SelectMany(w => data.With.Select(x => (A: Math.Min(w, x), B: Math.Max(w, x)))).Where(p => p.A != p.B).Distinct())
        {
            Count(a, b, month, data.Kind);
            Count(a, b, month, "");
            Count(a, b, 0, "");
        }

        void Count(long a, long b, int at, string type)
        {
            var (events, sum) = _balances.GetValueOrDefault((a, b, at, type));
            _balances[(a, b, at, type)] = (events + sign, sum + (sign * tenths));
        }
    }

    private void WriteFound()
    {
        commands.RunAll("DELETE FROM facet WHERE value_id = @1 AND view = @2 AND first = @3 AND item_id = @4", Found(isNow: false));
        commands.RunAll("INSERT INTO facet (value_id, view, first, item_id) VALUES (@1, @2, @3, @4) ON CONFLICT DO NOTHING", Found(isNow: true));

        IEnumerable<object?[]> Found(bool isNow) => _found.Where(f => f.Value == isNow).Select(f => new object?[] { f.Key.Value, f.Key.View, f.Key.First, f.Key.Item });
    }

    private void WriteBalances()
    {
        var changed = _balances.Where(p => p.Value != default).ToList();
        commands.RunAll(
            """
            INSERT INTO pair (a, b, month, type, events, tenths) VALUES (@1, @2, @3, @4, @5, @6)
            ON CONFLICT (a, b, month, type) DO UPDATE SET events = pair.events + excluded.events, tenths = pair.tenths + excluded.tenths
            """,
            changed.Select(p => new object?[] { p.Key.A, p.Key.B, p.Key.Month, p.Key.Type, (long)p.Value.Events, p.Value.Tenths }));
        commands.RunAll("DELETE FROM pair WHERE a = @1 AND b = @2 AND month = @3 AND type = @4 AND events = 0", changed.Where(p => p.Value.Events < 0).Select(p => new object?[] { p.Key.A, p.Key.B, p.Key.Month, p.Key.Type }));
    }
}
