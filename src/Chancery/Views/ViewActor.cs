using Chancery.Records;

namespace Chancery.Views;

/// <summary>An actor as a view shows it.</summary>
/// <param name="Id">As in its record; with the document's id before it where a view is over several.</param>
/// <param name="Name">The usual name.</param>
/// <param name="Country">ISO 3166-1 alpha-3 or PLOVER's; null where unknown.</param>
public sealed record ViewActor(string Id, string Name, string? Country);

/// <summary>The words that an entry of a view rests on.</summary>
/// <param name="Document">The id of the document.</param>
/// <param name="Span">Where in its text.</param>
/// <param name="Text">The words.</param>
/// <param name="Entry">The statement or event of the record that they show; null where they show none.</param>
public sealed record Evidence(string Document, TextSpan Span, string Text, string? Entry = null);

/// <summary>A record as views look at it: by actors and statements, each piece of evidence at hand.</summary>
internal sealed class RecordLookup
{
    private readonly Dictionary<string, Actor> _actors;
    private readonly Dictionary<string, Statement> _statements;
    private readonly bool _several;

    public RecordLookup(Record record, bool several)
    {
        Record = record;
        _several = several;
        _actors = record.Actors.ToDictionary(a => a.Id, StringComparer.Ordinal);
        _statements = record.Statements.ToDictionary(s => s.Id, StringComparer.Ordinal);
    }

    public Record Record { get; }

    public string Text => Record.Document.Text;

    /// <summary>All records of a view, each with its lookup.</summary>
    public static List<RecordLookup> Of(IReadOnlyCollection<Record> records) => [.. records.Select(r => new RecordLookup(r, records.Count > 1))];

    public Actor? Actor(string? id) => id is not null && _actors.TryGetValue(id, out var actor) ? actor : null;

    public Statement? Statement(string? id) => id is not null && _statements.TryGetValue(id, out var statement) ? statement : null;

    public ViewActor? View(string? id) => Actor(id) is { } actor ? new(_several ? $"{Record.Document.Id}/{actor.Id}" : actor.Id, actor.Name, actor.Country) : null;

    /// <summary>Actors, each of those who stand for two as the two.</summary>
    public List<ViewActor> View(IEnumerable<string> ids) =>
        [.. ids.SelectMany(id => Actor(id) is { Members: { Count: > 0 } members } ? members : [id]).Select(View).OfType<ViewActor>()];

    public Evidence Evidence(TextSpan span, string? entry = null) => new(Record.Document.Id, span, span.Of(Text).ToString(), entry);

    /// <summary>On whose word it is: who claims it, and through whom, the outermost first.</summary>
    public List<ViewActor> WordOf(string? statement)
    {
        var (chain, seen) = (new List<ViewActor>(), new HashSet<string>(StringComparer.Ordinal));
        for (var at = Statement(statement); at is not null && seen.Add(at.Id); at = Statement(at.Via))
        {
            if (View(at.Speaker) is { } speaker)
                chain.Insert(0, speaker);
        }
        return chain;
    }

    /// <summary>The stretch around some words up to the marks that end sentences, as well as can be told without the tree.</summary>
    public TextSpan SentenceAround(TextSpan span)
    {
        if (Record.Events.FirstOrDefault(e => e.Spans.Sentence.Contains(span)) is { } told)
            return told.Spans.Sentence;
        var (start, end) = (span.Start, span.End);
        while (start > 0 && !(char.IsWhiteSpace(Text[start - 1]) && start > 1 && (Text[start - 2] is '.' or '!' or '?' or '\n' || Text[start - 1] == '\n')))
            start--;
        while (end < Text.Length && Text[end] is not ('\n' or '!' or '?') && !(Text[end] == '.' && (end + 1 == Text.Length || char.IsWhiteSpace(Text[end + 1]))))
            end++;
        return new(start, end);
    }
}
