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
        var bounds = new PageBounds((int)view, filter.From?.DayNumber ?? -1, filter.To?.DayNumber ?? int.MaxValue, day, item, filter.Limit + 1);
        var ids = lists.Count == 0 ? All(bounds) : new FacetLists(connection, bounds).Of(lists);
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

    private List<(int First, long Item)> All(PageBounds bounds) => connection.Query<(int, long)>(
        """
        SELECT first, id FROM item WHERE view = @View AND first BETWEEN @From AND @To AND (first, id) < (@Day, @Item)
        ORDER BY first DESC, id DESC LIMIT @Limit
        """, bounds).AsList();

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
