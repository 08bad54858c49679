using System.Collections.ObjectModel;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Formats.Exports;

/// <summary>
/// A record as it goes out: with the ids that hold across documents, where an archive knows them. A bare record goes out as it is; its
/// actors and events then have the document's id before their own.
/// </summary>
/// <param name="record">The record.</param>
public sealed class ExportRecord(Record record)
{
    private readonly Dictionary<string, Actor> _actors = FirstById(record.Actors, a => a.Id);
    private readonly Dictionary<string, Statement> _statements = FirstById(record.Statements, s => s.Id);
    private readonly HashSet<string> _retold = record.Links.Where(l => l.Kind == LinkKind.Same).Select(l => l.From).ToHashSet(StringComparer.Ordinal);

    private ILookup<string, string>? _denials;

    /// <summary>The record.</summary>
    public Record Record { get; } = record;

    /// <summary>From an actor's id within the record to the actor across documents. An actor that is not in it goes out by itself. Default: empty.</summary>
    public IReadOnlyDictionary<string, ExportActor> Actors { get; init; } = ReadOnlyDictionary<string, ExportActor>.Empty;

    /// <summary>From an event's id within the record to the event across documents. An event that is not in it goes out by itself. Default: empty.</summary>
    public IReadOnlyDictionary<string, ExportEvent> Events { get; init; } = ReadOnlyDictionary<string, ExportEvent>.Empty;

    /// <summary>What people decided of its statements and events, by their ids within the record: <c>confirmed</c> or <c>edited</c>. Default: empty.</summary>
    public IReadOnlyDictionary<string, string> Corrected { get; init; } = ReadOnlyDictionary<string, string>.Empty;

    /// <summary>The id of the document of which this one is a copy; null for none.</summary>
    public string? CopyOf { get; init; }

    /// <summary>An actor across documents; null where the record has none of this id.</summary>
    public ExportActor? ActorOf(string? id) =>
        id is null ? null
        : Actors.TryGetValue(id, out var known) ? known
        : _actors.TryGetValue(id, out var actor) ? ExportActor.Of(Record.Document, actor)
        : null;

    /// <summary>An actor as the record has it; null where it has none of this id.</summary>
    public Actor? ActorHere(string? id) => id is not null && _actors.TryGetValue(id, out var actor) ? actor : null;

    /// <summary>An event across documents.</summary>
    public ExportEvent EventOf(Event one)
    {
        ArgumentNullException.ThrowIfNull(one);
        return Events.TryGetValue(one.Id, out var known) ? known : new(Across(one.Id));
    }

    /// <summary>An id of this record as it goes out where nothing is known across documents: <c>document/a1</c>.</summary>
    public string Across(string id) => $"{Record.Document.Id}/{id}";

    /// <summary>Actors by their ids within the record, each that stands for several as the several, none twice; ids that the record lacks fall away.</summary>
    public IReadOnlyList<string> Each(IReadOnlyList<string> ids)
    {
        ArgumentNullException.ThrowIfNull(ids);
        if (ids is [var one] && ActorHere(one) is { Members.Count: 0 })
            return ids;
        return [.. ids.SelectMany(id => ActorHere(id) is { Members: { Count: > 0 } members } ? members : [id]).Where(id => ActorHere(id) is not null).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>On whose word an event is, the outermost source first; empty for the reporter's own.</summary>
    public IReadOnlyList<ExportActor> ClaimantsOf(Event one)
    {
        ArgumentNullException.ThrowIfNull(one);
        if (one.Statement is null)
            return [];
        var (chain, seen) = (new List<ExportActor>(), new HashSet<string>(StringComparer.Ordinal));
        for (var at = StatementHere(one.Statement); at is not null && seen.Add(at.Id); at = StatementHere(at.Via))
        {
            if (ActorOf(at.Speaker) is { } speaker)
                chain.Add(speaker);
        }
        chain.Reverse();
        return chain;
    }

    /// <summary>A statement of the record; null where it has none of this id.</summary>
    public Statement? StatementHere(string? id) => id is not null && _statements.TryGetValue(id, out var statement) ? statement : null;

    /// <summary>The statements of the record that deny or contradict one; none for null.</summary>
    public IReadOnlyList<string> DenialsOf(string? statement)
    {
        if (statement is null || Record.Links.Count == 0)
            return [];
        _denials ??= Record.Links.Where(l => l.Kind is LinkKind.Denies or LinkKind.Contradicts).ToLookup(l => l.To, l => l.From, StringComparer.Ordinal);
        return [.. _denials[statement].Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Whether an event is told again that the same document told before.</summary>
    internal bool IsRetold(Event one) => _retold.Contains(one.Id);

    /// <summary>
    /// Who does it to whom, as ordered pairs of ids within the record: each source with each target, nobody with themselves. Two who meet each
    /// other are two pairs. The target is null where there is none; no pair where nobody does it.
    /// </summary>
    internal IEnumerable<(string Source, string? Target)> PairsOf(Event one)
    {
        var targets = Each(one.Target);
        foreach (var source in Each(one.Source))
        {
            var id = ActorOf(source)!.Id;
            var alone = true;
            foreach (var target in targets)
            {
                if (string.Equals(ActorOf(target)!.Id, id, StringComparison.Ordinal))
                    continue;
                alone = false;
                yield return (source, target);
            }
            // One who meets only themselves is a slip of the reading, one who does something to nobody is not.
            if (alone && targets.Count == 0)
                yield return (source, null);
        }
    }

    private static Dictionary<string, T> FirstById<T>(IEnumerable<T> entries, Func<T, string> id)
    {
        var byId = new Dictionary<string, T>(StringComparer.Ordinal);
        foreach (var entry in entries)
            byId.TryAdd(id(entry), entry);
        return byId;
    }
}

/// <summary>An actor across documents.</summary>
/// <param name="Id">The id that holds across documents.</param>
/// <param name="Name">The usual name.</param>
/// <param name="Kind">What it is.</param>
public sealed record ExportActor(string Id, string Name, ActorKind Kind)
{
    /// <summary>ISO 3166-1 alpha-3 or one of PLOVER's extra codes; null where unknown.</summary>
    public string? Country { get; init; }

    /// <summary>PLOVER sectors, the most fitting first.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>The office on the document's date; null where there is none.</summary>
    public string? Office { get; init; }

    /// <summary>The article on it in the English Wikipedia; null where unknown.</summary>
    public string? Wikipedia { get; init; }

    /// <summary>An actor of whom nothing is known beyond the record.</summary>
    public static ExportActor Of(Document document, Actor actor)
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(actor);
        return new($"{document.Id}/{actor.Id}", actor.Name, actor.Kind) { Country = actor.Country, Sectors = actor.Sectors, Office = actor.Office };
    }
}

/// <summary>An event across documents.</summary>
/// <param name="Id">The id that holds across documents.</param>
public sealed record ExportEvent(string Id)
{
    /// <summary>How many documents tell it, copies included. Default: 1.</summary>
    public int Reports { get; init; } = 1;

    /// <summary>How many publishers tell it, not counting copies. Default: 1.</summary>
    public int Publishers { get; init; } = 1;
}
