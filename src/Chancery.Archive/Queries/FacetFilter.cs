using Chancery.Archive.Databases;
using Chancery.Lexicon;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Turns a filter into values of facets: an entry must have one of each list.</summary>
internal sealed class FacetFilter(ArchiveConnection connection, WorldLexicon lexicon)
{
    // Actors of one name, the most reported first.
    private const int MostNamesakes = 20;

    private static readonly (Facet, Facet)[] AnyRole = [(Facet.Who, Facet.CountryOfWho), (Facet.With, Facet.CountryOfWith), (Facet.WordOf, Facet.CountryOfWordOf)];

    /// <summary>The lists of facet values.</summary>
    /// <exception cref="ArchiveException">Nothing in the archive has what is asked for.</exception>
    public List<long[]> ValuesOf(ArchiveFilter filter, ArchiveView view)
    {
        var lists = new List<long[]>();
        // Whoever answers a claim has a part in the dispute; on whose word something is known has no part in it.
        var anyRole = filter.Alone && view != ArchiveView.Disputes ? AnyRole[..2] : AnyRole;
        if (filter.Actor is { } actor)
            lists.Add(Actor(actor, anyRole, filter.Alone));
        if (filter.With is { } with)
            lists.Add(Actor(with, anyRole, filter.Alone));
        if (filter.By is { } by)
            lists.Add(Actor(by, [(Facet.Who, Facet.CountryOfWho)], filter.Alone));
        if (filter.On is { } on && view != ArchiveView.Positions)
            lists.Add(Actor(on, [(Facet.With, Facet.CountryOfWith)], filter.Alone));
        if (filter.On is { } issue && view == ArchiveView.Positions)
            lists.Add(Like(Facet.Issue, issue, "issue"));
        if (filter.WordOf is { } source)
            lists.Add(Actor(source, [(Facet.WordOf, Facet.CountryOfWordOf)], filter.Alone));
        if (filter.Kinds.Count > 0)
            lists.Add(Any(Facet.Kind, filter.Kinds.Select(k => view == ArchiveView.Timeline ? k.ToUpperInvariant() : k.ToLowerInvariant())));
        if (filter.Statuses.Count > 0)
            lists.Add(Any(Facet.Status, filter.Statuses.Select(s => s.ToLowerInvariant())));
        if (filter.Place is { } place)
            lists.Add(lexicon.Actors.TryGetValue(place.ToUpperInvariant(), out var state) && state.Kind == ActorKind.State ? Any(Facet.PlaceCountry, [state.Key]) : Like(Facet.Place, place, "place"));
        if (filter.Publisher is { } publisher)
            lists.Add(Like(Facet.Publisher, publisher, "publisher"));
        if (filter.Claimed is { } claimed)
            lists.Add(Any(Facet.Voice, [claimed ? "claimed" : "own"]));
        if (filter.Contradicted)
            lists.Add(Any(Facet.Agreement, ["contradicted"]));
        return lists;
    }

    /// <summary>The numbers of the actors of a name; those of its people and bodies too where it is a state's.</summary>
    public IReadOnlyList<long> ActorsNamed(string name)
    {
        if (connection.Query<long>("SELECT id FROM actor WHERE key = @name AND documents > 0", new { name }).AsList() is { Count: > 0 } keyed)
            return keyed;
        // The sign keeps the planner from going through all actors in the order of their documents, in the hope of meeting the name.
        return connection.Query<long>("SELECT id FROM actor WHERE documents > 0 AND name = @name COLLATE NOCASE ORDER BY +documents DESC, id LIMIT @MostNamesakes", new { name, MostNamesakes }).AsList() is { Count: > 0 } exact
            ? exact
            : connection.Query<long>("SELECT id FROM actor WHERE documents > 0 AND name LIKE @part ESCAPE '\\' ORDER BY documents DESC, id LIMIT @MostNamesakes", new { part = $"%{Escaped(name)}%", MostNamesakes }).AsList();
    }

    /// <summary>The state that a name, an adjective or a code means; null where it means none.</summary>
    public string? StateOf(string name)
    {
        if (lexicon.Actors.TryGetValue(name.ToUpperInvariant(), out var coded) && coded.Kind == ActorKind.State)
            return coded.Key;
        var plain = name.Replace(" ", "", StringComparison.Ordinal);
        foreach (var known in lexicon.Named(plain))
        {
            if (known.Kind == ActorKind.State)
                return known.Key;
        }
        return lexicon.CountryOfDemonym(plain);
    }

    private long[] Actor(string name, (Facet Role, Facet Country)[] roles, bool alone)
    {
        var state = StateOf(name);
        if (state is not null && !alone)
            return [.. roles.SelectMany(r => Any(r.Country, [state]))];
        var found = ActorsNamed(state ?? name);
        if (found.Count == 0)
            throw new ArchiveException("CH0420", $"{name}: nobody of that name in the archive; look with: chancery actors --actor PART");
        return [.. roles.SelectMany(r => Any(r.Role, found.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture))))];
    }

    private long[] Any(Facet kind, IEnumerable<string> values) =>
        [.. connection.Query<long>("SELECT id FROM facet_value WHERE kind = @kind AND value IN @values", new { kind = (int)kind, values = values.Select(v => v.Trim()).ToList() })];

    private long[] Like(Facet kind, string part, string what)
    {
        var found = connection.Query<long>("SELECT id FROM facet_value WHERE kind = @kind AND value LIKE @part ESCAPE '\\' LIMIT 100", new { kind = (int)kind, part = $"%{Escaped(part)}%" }).ToArray();
        return found.Length > 0 ? found : throw new ArchiveException("CH0421", $"{part}: no such {what} in the archive.");
    }

    private static string Escaped(string part) => part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
