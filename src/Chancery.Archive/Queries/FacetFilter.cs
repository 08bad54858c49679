using Chancery.Archive.Databases;
using Chancery.Lexicon;
using Dapper;

namespace Chancery.Archive.Queries;

/// <summary>Turns a filter into values of facets: an entry must have one of each list.</summary>
internal sealed class FacetFilter(ArchiveConnection connection, WordIndex index, Lazy<WorldLexicon> lexicon)
{
    // Actors of one name, the most reported first.
    private const int MostNamesakes = 20;

    // Of lists that are no longer than this each value is looked at by itself.
    internal const int Few = 60;

    // Of more finds than these the most reported are looked for among all, and not sorted out from the finds.
    private const int Common = 2000;

    // The issues with some words that are looked at; whoever asks for "the" does not want every one.
    private const int MostIssues = 2000;

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
            lists.Add(Issues(issue));
        if (filter.WordOf is { } source)
            lists.Add(Actor(source, [(Facet.WordOf, Facet.CountryOfWordOf)], filter.Alone));
        if (filter.Kinds.Count > 0)
            lists.Add(Any(Facet.Kind, filter.Kinds.Select(k => view == ArchiveView.Timeline ? k.ToUpperInvariant() : k.ToLowerInvariant())));
        if (filter.Statuses.Count > 0)
            lists.Add(Any(Facet.Status, filter.Statuses.Select(s => s.ToLowerInvariant())));
        if (filter.Place is { } place)
            lists.Add(lexicon.Value.Actors.TryGetValue(place.ToUpperInvariant(), out var state) && state.Kind == ActorKind.State ? Any(Facet.PlaceCountry, [state.Key]) : Like(Facet.Place, place, "place"));
        if (filter.Publisher is { } publisher)
            lists.Add(Like(Facet.Publisher, publisher, "publisher"));
        if (filter.Claimed is { } claimed)
            lists.Add(Any(Facet.Voice, [claimed ? "claimed" : "own"]));
        if (filter.Contradicted)
            lists.Add(Any(Facet.Agreement, ["contradicted"]));
        return lists;
    }

    /// <summary>The SQL by which an entry has one of each of some lists too, begun with AND.</summary>
    /// <param name="lists">The lists.</param>
    /// <param name="entry">What has the entry's view, first day and number.</param>
    /// <param name="values">Takes up the values.</param>
    public static string Also(IEnumerable<long[]> lists, string entry, DynamicParameters values) => string.Concat(lists.Select((list, i) =>
    {
        values.Add($"also{i}", list);
        var found = $"SELECT 1 FROM facet g WHERE g.value_id IN @also{i} AND g.view = {entry}.view AND g.first = {entry}.first AND g.item_id = {entry}.item_id";
        // What stands after EXISTS the planner of PostgreSQL takes for a list to be read whole.
        return list.Length <= Few ? $" AND ({found} LIMIT 1) IS NOT NULL" : $" AND EXISTS ({found})";
    }));

    /// <summary>The numbers of the actors of a name, else of those whose names have words that begin so; the most reported first.</summary>
    public IReadOnlyList<long> ActorsNamed(string name, int limit = MostNamesakes, int skip = 0)
    {
        if (connection.Query<long>("SELECT id FROM actor WHERE key = @name AND documents > 0", new { name }).AsList() is { Count: > 0 } keyed)
            return skip > 0 ? [] : keyed;
        // The sign keeps the planner from going through all actors in the order of their documents, in the hope of meeting the name.
        const string Exact = "SELECT id FROM actor WHERE documents > 0 AND name = @name COLLATE NOCASE";
        var exact = connection.Query<long>($"{Exact} ORDER BY +documents DESC, id LIMIT @limit OFFSET @skip", new { name, limit, skip }).AsList();
        if (exact.Count > 0 || (skip > 0 && connection.Query<long>($"{Exact} LIMIT 1", new { name }).Any()))
            return exact;
        var words = index.Beginnings(name);
        if (words.Length == 0)
            return [];
        var named = index.With(Worded.Actors);
        var common = connection.ExecuteScalar<int>($"SELECT count(*) FROM ({named} LIMIT @Common) found", new { words, Common }) == Common;
        return connection.Query<long>(
            common ? $"SELECT id FROM actor INDEXED BY actor_documents WHERE documents > 0 AND id IN ({named}) ORDER BY documents DESC, id LIMIT @limit OFFSET @skip"
                : $"SELECT id FROM actor WHERE documents > 0 AND id IN ({named}) ORDER BY documents + 0 DESC, id LIMIT @limit OFFSET @skip",
            new { words, limit, skip }).AsList();
    }

    /// <summary>The state that a name, an adjective or a code means; null where it means none.</summary>
    public string? StateOf(string name)
    {
        if (lexicon.Value.Actors.TryGetValue(name.ToUpperInvariant(), out var coded) && coded.Kind == ActorKind.State)
            return coded.Key;
        var plain = name.Replace(" ", "", StringComparison.Ordinal);
        foreach (var known in lexicon.Value.Named(plain))
        {
            if (known.Kind == ActorKind.State)
                return known.Key;
        }
        return lexicon.Value.CountryOfDemonym(plain);
    }

    /// <summary>A condition on documents, called <c>d</c>, and its values.</summary>
    public (string Sql, DynamicParameters Values) DocumentsOf(ArchiveFilter filter)
    {
        var (sql, values) = ("", new DynamicParameters());
        if (filter.Publisher is { } publisher)
        {
            sql += " AND d.publisher IN @publishers";
            values.Add("publishers", Publishers(publisher));
        }
        if (filter.From is { } from)
        {
            sql += " AND d.day >= @from";
            values.Add("from", from.DayNumber);
        }
        if (filter.To is { } to)
        {
            sql += " AND d.day <= @to";
            values.Add("to", to.DayNumber);
        }
        // Copies tell nothing, and nobody is in them.
        if (filter.Actor is not null || filter.With is not null)
            sql += " AND d.copy_of IS NULL";
        foreach (var (name, at) in new[] { filter.Actor, filter.With }.Select((n, i) => (n, i)).Where(n => n.n is not null))
        {
            var state = StateOf(name!);
            var numbers = state is null ? ActorsNamed(name!) : [];
            var whose = state is null ? $"id IN @numbers{at}" : $"country = @state{at}";
            values.AddDynamicParams(new Dictionary<string, object?> { [$"numbers{at}"] = numbers, [$"state{at}"] = state });
            // Of one who is in many, each document is asked, newest first, which soon fills a page; of another, his few are looked up.
            sql += connection.ExecuteScalar<long>($"SELECT coalesce(sum(documents), 0) FROM (SELECT documents FROM actor WHERE {whose} ORDER BY documents DESC LIMIT {MostNamesakes}) most", values) > Common
                ? state is null ? $" AND (SELECT 1 FROM appearance p{at} WHERE p{at}.document_id = d.id AND p{at}.actor_id IN @numbers{at} LIMIT 1) IS NOT NULL"
                : $" AND (SELECT 1 FROM appearance p{at} JOIN actor a{at} ON a{at}.id = p{at}.actor_id WHERE p{at}.document_id = d.id AND a{at}.{whose} LIMIT 1) IS NOT NULL"
                : $" AND d.id IN (SELECT p{at}.document_id FROM actor a{at} JOIN appearance p{at} ON p{at}.actor_id = a{at}.id WHERE a{at}.{whose})";
        }
        return (sql, values);
    }

    private List<string> Publishers(string part) => connection.Query<string>("SELECT DISTINCT publisher FROM document WHERE publisher = @part", new { part }).AsList() is { Count: > 0 } exact
        ? exact : connection.Query<string>("SELECT DISTINCT publisher FROM document WHERE publisher LIKE @part ESCAPE '\\'", new { part = $"%{Escaped(part)}%" }).AsList();

    private long[] Actor(string name, (Facet Role, Facet Country)[] roles, bool alone)
    {
        var state = StateOf(name);
        if (state is not null && !alone)
            return Any(roles.Select(r => r.Country), [state]);
        var found = ActorsNamed(state ?? name);
        if (found.Count == 0)
            throw new ArchiveException("CH0420", $"{name}: nobody of that name in the archive; look with: chancery actors --actor PART");
        return Any(roles.Select(r => r.Role), found.Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    private long[] Any(Facet kind, IEnumerable<string> values) => Any([kind], values);

    private long[] Any(IEnumerable<Facet> kinds, IEnumerable<string> values) =>
        [.. connection.Query<long>("SELECT id FROM facet_value WHERE kind IN @kinds AND value IN @values", new { kinds = kinds.Select(k => (long)k).ToArray(), values = values.Select(v => v.Trim()).ToList() })];

    private long[] Issues(string part)
    {
        var words = index.Beginnings(part);
        var found = words.Length == 0 ? [] : connection.Query<long>($"{index.With(Worded.Issues)} LIMIT @MostIssues", new { words, MostIssues }).ToArray();
        return found.Length > 0 ? found : throw new ArchiveException("CH0421", $"{part}: no such issue in the archive.");
    }

    private long[] Like(Facet kind, string part, string what)
    {
        var found = connection.Query<long>("SELECT id FROM facet_value WHERE kind = @kind AND value LIKE @part ESCAPE '\\' LIMIT 100", new { kind = (int)kind, part = $"%{Escaped(part)}%" }).ToArray();
        return found.Length > 0 ? found : throw new ArchiveException("CH0421", $"{part}: no such {what} in the archive.");
    }

    private static string Escaped(string part) => part.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
