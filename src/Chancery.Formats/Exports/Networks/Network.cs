using Chancery.Records;

namespace Chancery.Formats.Exports.Networks;

/// <summary>What a network is of, and which events it counts.</summary>
public sealed record NetworkOptions
{
    /// <summary>Whether the nodes are countries, with all their actors, instead of actors. Default: no.</summary>
    public bool Countries { get; init; }

    /// <summary>Whether planned and possible events count too. Negated ones never do. Default: no.</summary>
    public bool IncludePlanned { get; init; }

    /// <summary>Whether the events of copies count too. Default: no.</summary>
    public bool IncludeCopies { get; init; }

    /// <summary>How many ids of events, and days, an edge keeps as its evidence at most. From 0; default: 100.</summary>
    public int Evidence { get; init; } = 100;
}

/// <summary>An actor or country of a network.</summary>
/// <param name="Id">The actor's id across documents, or the country's code.</param>
/// <param name="Label">The usual name.</param>
public sealed record NetworkNode(string Id, string Label)
{
    /// <summary>person, organisation, state, group or media; <c>country</c> where nodes are countries.</summary>
    public required string Kind { get; init; }

    /// <summary>ISO 3166-1 alpha-3 or PLOVER's; null where unknown.</summary>
    public string? Country { get; init; }

    /// <summary>PLOVER sectors; none where nodes are countries.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];
}

/// <summary>All that one did to another.</summary>
/// <param name="Source">The id of the node that does it.</param>
/// <param name="Target">The id of the node to which it is done.</param>
public sealed class NetworkEdge(string Source, string Target)
{
    private readonly Dictionary<string, int> _types = new(StringComparer.Ordinal);
    private readonly List<string> _evidence = [];
    private readonly SortedSet<(DateOnly First, DateOnly Last)> _days = [];

    /// <summary>The id of the node that does it.</summary>
    public string Source { get; } = Source;

    /// <summary>The id of the node to which it is done.</summary>
    public string Target { get; } = Target;

    /// <summary>How many events.</summary>
    public long Events { get; private set; }

    /// <summary>How many of the events have a score.</summary>
    public long Scored { get; private set; }

    /// <summary>The sum of the scores.</summary>
    public double ScoreSum { get; private set; }

    /// <summary>The mean of the scores; null where no event has one.</summary>
    public double? ScoreMean => Scored > 0 ? ScoreSum / Scored : null;

    /// <summary>How many events of each PLOVER type; types without any are not there.</summary>
    public IReadOnlyDictionary<string, int> Types => _types;

    /// <summary>The first day that an event may have, by the text alone; null where none is dated to the day.</summary>
    public DateOnly? First { get; private set; }

    /// <summary>The last day that an event may have, by the text alone; null where none is dated to the day.</summary>
    public DateOnly? Last { get; private set; }

    /// <summary>The ids across documents of the first events, as many as are kept.</summary>
    public IReadOnlyList<string> Evidence => _evidence;

    /// <summary>The stretches of days, first and last included, of the events dated to the day, without overlaps, in order.</summary>
    public IEnumerable<(DateOnly First, DateOnly Last)> Spells
    {
        get
        {
            (DateOnly First, DateOnly Last)? open = null;
            foreach (var (first, last) in _days)
            {
                if (open is { } one && first <= one.Last)
                    open = (one.First, one.Last > last ? one.Last : last);
                else
                {
                    if (open is { } done)
                        yield return done;
                    open = (first, last);
                }
            }
            if (open is { } end)
                yield return end;
        }
    }

    internal void Add(Event one, string id, int evidence)
    {
        Events++;
        if (one.Score is { } score)
            (Scored, ScoreSum) = (Scored + 1, ScoreSum + score);
        _types[one.Type] = _types.GetValueOrDefault(one.Type) + 1;
        if (_evidence.Count < evidence)
            _evidence.Add(id);
        if (DateRange.Of(one.Date?.Edtf) is not { Precision: DatePrecision.Day } days)
            return;
        First = First is { } first && first <= days.First ? first : days.First;
        Last = Last is { } last && last >= days.Last ? last : days.Last;
        if (_days.Count < evidence)
            _days.Add((days.First, days.Last));
    }
}

/// <summary>
/// Who does what to whom, as a directed network with one edge for each ordered pair. Memory grows with pairs and with the ids of events
/// that several documents tell, not with records.
/// </summary>
public sealed class Network
{
    private readonly Dictionary<string, NetworkNode> _nodes = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, string), NetworkEdge> _edges = [];

    private Network()
    {
    }

    /// <summary>The nodes, by id.</summary>
    public IEnumerable<NetworkNode> Nodes => _nodes.Values.OrderBy(n => n.Id, StringComparer.Ordinal);

    /// <summary>The edges, by source and target.</summary>
    public IEnumerable<NetworkEdge> Edges => _edges.Values.OrderBy(e => e.Source, StringComparer.Ordinal).ThenBy(e => e.Target, StringComparer.Ordinal);

    /// <summary>The network of some records. An event counts once, however often it is told.</summary>
    /// <param name="records">The records; walked through once.</param>
    /// <param name="options">What it is of; the default options where null.</param>
    public static Network Of(IEnumerable<ExportRecord> records, NetworkOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(records);
        options ??= new();
        ArgumentOutOfRangeException.ThrowIfNegative(options.Evidence, nameof(options));
        var network = new Network();
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var record in records.Where(r => r.CopyOf is null || options.IncludeCopies))
        {
            var here = new HashSet<string>(StringComparer.Ordinal);
            foreach (var one in record.Record.Events)
            {
                var counts = one.Status == EventStatus.Actual || (options.IncludePlanned && one.Status != EventStatus.Negated);
                var across = record.EventOf(one);
                if (!counts || record.IsRetold(one) || told.Contains(across.Id) || !here.Add(across.Id))
                    continue;
                if (across.Reports > 1)
                    told.Add(across.Id);
                network.Add(record, one, across.Id, options);
            }
        }
        return network;
    }

    private void Add(ExportRecord record, Event one, string id, NetworkOptions options)
    {
        var pairs = record.PairsOf(one).Where(p => p.Target is not null).Select(p => (Source: record.ActorOf(p.Source)!, Target: record.ActorOf(p.Target)!));
        // Several actors of one country doing one thing are one event of the country.
        foreach (var (source, target) in pairs.Select(p => (Source: NodeOf(p.Source, options), Target: NodeOf(p.Target, options))).DistinctBy(p => (p.Source?.Id, p.Target?.Id)))
        {
            if (source is null || target is null || source.Id == target.Id)
                continue;
            _nodes.TryAdd(source.Id, source);
            _nodes.TryAdd(target.Id, target);
            var key = (_nodes[source.Id].Id, _nodes[target.Id].Id);
            if (!_edges.TryGetValue(key, out var edge))
                _edges.Add(key, edge = new(key.Item1, key.Item2));
            edge.Add(one, id, options.Evidence);
        }
    }

    private static NetworkNode? NodeOf(ExportActor actor, NetworkOptions options)
    {
        if (!options.Countries)
            return new(actor.Id, actor.Name) { Kind = FormatNames.Of(actor.Kind), Country = actor.Country, Sectors = actor.Sectors };
        return actor.Country is { } country ? new(country, Rows.CodeLists.Country(country)?.Name ?? country) { Kind = "country", Country = country } : null;
    }
}
