using Chancery.Archive.Databases;
using Chancery.Archive.Indexing;
using Chancery.Lexicon;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Who holds what on which issue: a table of the actors with most positions and the issues that most of them have one on.</summary>
internal sealed class PositionTables(ArchiveConnection connection, FacetFilter filter, EntryPages pages, WorldLexicon lexicon)
{
    // Of so many of the most reported actors it is asked how many positions they have.
    private const int MostAsked = 80;

    // Of the positions of one actor so many are looked at, the newest first.
    private const int MostOfOne = 80;

    public PositionTable Of(string? actor, string? issue, int rows, int columns)
    {
        var asked = actor is null ? Reported() : filter.StateOf(actor) is { } state ? OfState(state) : filter.ActorsNamed(actor);
        if (actor is not null && asked.Count == 0)
            throw new ArchiveException("CH0420", $"{actor}: nobody of that name in the archive; look with: chancery actors --actor PART");
        var values = connection.Query<(long Id, string Value)>("SELECT id, value FROM facet_value WHERE kind = 2 AND value IN @asked", new { asked = asked.Select(a => a.ToString(System.Globalization.CultureInfo.InvariantCulture)).ToList() });
        var counts = connection.Query<(long Value, long Positions)>("SELECT value_id, count(*) FROM facet WHERE value_id IN @ids AND view = 5 GROUP BY value_id", new { ids = values.Select(v => v.Id).ToList() }).ToDictionary(c => c.Value, c => c.Positions);
        var chosen = values.Where(v => counts.ContainsKey(v.Id)).OrderByDescending(v => counts[v.Id]).ThenBy(v => v.Id).Take(rows).ToDictionary(v => v.Id, v => long.Parse(v.Value, System.Globalization.CultureInfo.InvariantCulture));
        var found = chosen.SelectMany(c => connection.Query<(long Item, int First, int Since, string Data)>(
                "SELECT i.id, i.first, i.since, i.data FROM facet f JOIN item i ON i.id = f.item_id WHERE f.value_id = @value AND f.view = 5 ORDER BY f.first DESC LIMIT @MostOfOne", new { value = c.Key, MostOfOne })
            .Select(r => (Actor: c.Value, r.Item, r.First, r.Since, Data: EntryData.Of(r.Data)))).ToList();
        // Issues of the lexicon say more than words that one report happened to use.
        var known = lexicon.Issues.Select(i => i.Name).ToHashSet(StringComparer.Ordinal);
        var issues = found.Where(f => issue is null || f.Data.Text!.Contains(issue, StringComparison.OrdinalIgnoreCase)).GroupBy(f => f.Data.Text!, StringComparer.Ordinal)
            .OrderByDescending(g => known.Contains(g.Key)).ThenByDescending(g => g.Select(f => f.Actor).Distinct().Count()).ThenByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Take(columns).Select(g => g.Key).ToList();
        var actors = pages.ActorsOf(chosen.Values);
        var cells = found.Where(f => issues.Contains(f.Data.Text!)).Select(f => new PositionCell(
            actors[f.Actor].Id, f.Data.Text!, f.Item, f.Data.Status ?? f.Data.Kind, f.Data.Counts ?? new Dictionary<string, int>(), f.Since > 0 ? DateOnly.FromDayNumber(f.Since) : null, f.First > 0 ? DateOnly.FromDayNumber(f.First) : null)).ToList();
        var filled = cells.Select(c => c.Actor).ToHashSet(StringComparer.Ordinal);
        return new([.. chosen.Values.Select(a => actors[a]).Where(a => filled.Contains(a.Id))], issues, cells);
    }

    private List<long> Reported() => connection.Query<long>("SELECT id FROM actor WHERE documents > 0 ORDER BY documents DESC, id LIMIT @MostAsked", new { MostAsked }).AsList();

    private List<long> OfState(string state) => connection.Query<long>("SELECT id FROM actor WHERE country = @state AND documents > 0 ORDER BY documents DESC LIMIT @MostAsked", new { state, MostAsked }).AsList();
}
