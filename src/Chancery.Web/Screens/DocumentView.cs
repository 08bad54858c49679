using Chancery.Archive;
using Chancery.Corrections;
using Chancery.Formats.Json;
using Chancery.Records;
using Chancery.Views;

namespace Chancery.Web.Screens;

/// <summary>A document as its page shows it: the text with its marks, and a card for each statement and event.</summary>
public sealed class DocumentView
{
    private readonly Dictionary<string, Statement> _statements;
    private readonly Dictionary<string, Actor> _local;

    /// <summary>Puts together what the archive has of a document.</summary>
    public DocumentView(Archive.Archive archive, ArchivedRecord archived)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(archived);
        (Archived, Key) = (archived, archived.Document.Id);
        var record = archived.Record;
        var corrected = record is null ? null : Corrected.Apply(record, archived.Corrections);
        (Record, Actors, Items) = (record, archive.ActorsIn(Key), archive.EventsIn(Key));
        _statements = (record?.Statements ?? []).ToDictionary(s => s.Id, StringComparer.Ordinal);
        foreach (var statement in corrected?.Record.Statements ?? [])
            _statements[statement.Id] = statement;
        _local = (record?.Actors ?? []).ToDictionary(a => a.Id, StringComparer.Ordinal);
        Paragraphs = MarkedText.Of(archived.Document.Text, record);
        if (record is null || corrected is null)
            return;
        var last = archived.Corrections.GroupBy(c => c.Entry, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last(), StringComparer.Ordinal);
        var events = corrected.Record.Events.ToDictionary(e => e.Id, StringComparer.Ordinal);
        var kept = corrected.Record.Statements.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        Cards =
        [
            .. record.Statements.Select(s => (At: (s.Spans.Cue ?? s.Spans.Content[0]).Start, Card: Card(_statements[s.Id], !kept.Contains(s.Id), corrected, last)))
                .Concat(record.Events.Select(e => (At: e.Spans.Trigger[0].Start, Card: Card(events.GetValueOrDefault(e.Id, e), !events.ContainsKey(e.Id), corrected, last))))
                .OrderBy(c => c.At).Select(c => c.Card),
        ];
    }

    /// <summary>The document as the archive has it.</summary>
    public ArchivedRecord Archived { get; }

    /// <summary>Its key.</summary>
    public string Key { get; }

    /// <summary>What reading found, before corrections; null where it was not read.</summary>
    public Record? Record { get; }

    /// <summary>Who is meant by each actor of the record.</summary>
    public IReadOnlyDictionary<string, ArchiveActor> Actors { get; }

    /// <summary>The entry across documents of each event.</summary>
    public IReadOnlyDictionary<string, (long Item, int Reports, int Publishers)> Items { get; }

    /// <summary>The text.</summary>
    public IReadOnlyList<IReadOnlyList<MarkedPiece>> Paragraphs { get; }

    /// <summary>Statements and events in the order of the text.</summary>
    public IReadOnlyList<EntryCardModel> Cards { get; } = [];

    /// <summary>Whether the first paragraph is the headline.</summary>
    public bool BeginsWithTitle => Archived.Document.Title is { } title && Paragraphs is [var first, ..] && Wording.OneLine(string.Concat(first.Select(p => p.Text))) == Wording.OneLine(title);

    /// <summary>The card of an entry; null where there is none.</summary>
    public EntryCardModel? CardOf(string entry) => Cards.FirstOrDefault(c => c.Id == entry);

    /// <summary>The actors of the record, those spoken of most first.</summary>
    public IEnumerable<Actor> LocalActors => _local.Values.Where(a => a.Members.Count == 0).OrderByDescending(a => a.Mentions.Count);

    private EntryCardModel Card(Statement statement, bool rejected, Corrected corrected, Dictionary<string, Correction> last) => new(statement.Id, false, RecordJson.NameOf(statement.Act))
    {
        Who = Named(statement.Speaker is { } speaker ? [speaker] : []),
        With = Named(statement.Addressees),
        Text = statement.TextIn(Archived.Document.Text),
        Form = RecordJson.NameOf(statement.Form),
        Date = statement.Date?.Edtf,
        Chain = Chain(statement.Via),
        Links = LinksOf(statement.Id),
        Rejected = rejected,
        Mark = corrected.Marks.GetValueOrDefault(statement.Id),
        Decided = last.GetValueOrDefault(statement.Id),
        Statement = statement,
    };

    private EntryCardModel Card(Event one, bool rejected, Corrected corrected, Dictionary<string, Correction> last) => new(one.Id, true, one.Type)
    {
        Who = Named(one.Source),
        With = Named(one.Target),
        Text = one.Spans.Sentence.Of(Archived.Document.Text).ToString(),
        Modes = one.Modes,
        Status = one.Status.ToString().ToLowerInvariant(),
        Date = one.Date?.Edtf,
        Place = one.Place?.Name,
        Why = one.Why,
        Confidence = one.Confidence,
        Chain = Chain(one.Statement),
        Links = LinksOf(one.Id),
        Item = Items.TryGetValue(one.Id, out var item) ? item : null,
        Rejected = rejected,
        Mark = corrected.Marks.GetValueOrDefault(one.Id),
        Decided = last.GetValueOrDefault(one.Id),
        Event = one,
    };

    /// <summary>On whose word, the outermost source first, each with the statement by which it tells.</summary>
    private List<(string Statement, ViewActor? Speaker)> Chain(string? statement)
    {
        var (chain, seen) = (new List<(string, ViewActor?)>(), new HashSet<string>(StringComparer.Ordinal));
        while (statement is not null && seen.Add(statement) && _statements.TryGetValue(statement, out var at))
        {
            chain.Insert(0, (at.Id, Named(at.Speaker is { } speaker ? [speaker] : []).FirstOrDefault()));
            statement = at.Via;
        }
        return chain;
    }

    private List<(string Words, string Entry)> LinksOf(string id) =>
    [
        .. (Record?.Links ?? []).Where(l => l.From == id).Select(l => (l.Kind switch { LinkKind.Denies => "denies", LinkKind.Contradicts => "contradicts", LinkKind.Corroborates => "bears out", _ => "same as" }, l.To)),
        .. (Record?.Links ?? []).Where(l => l.To == id).Select(l => (l.Kind switch { LinkKind.Denies => "denied by", LinkKind.Contradicts => "contradicted by", LinkKind.Corroborates => "borne out by", _ => "told again in" }, l.From)),
    ];

    private List<ViewActor> Named(IEnumerable<string> ids) =>
    [
        .. ids.SelectMany(id => _local.TryGetValue(id, out var actor) && actor.Members.Count > 0 ? actor.Members : [id])
            .Select(id => Actors.TryGetValue(id, out var known) ? new ViewActor(known.Key, known.Name, known.Country) : _local.TryGetValue(id, out var local) ? new ViewActor(local.Id, local.Name, local.Country) : null).OfType<ViewActor>(),
    ];
}

/// <summary>A statement or event beside its text.</summary>
/// <param name="Id">Its id within the record.</param>
/// <param name="IsEvent">Whether it is an event.</param>
/// <param name="Kind">The act, or the type.</param>
public sealed record EntryCardModel(string Id, bool IsEvent, string Kind)
{
    /// <summary>Who says or does it.</summary>
    public IReadOnlyList<ViewActor> Who { get; init; } = [];

    /// <summary>To whom.</summary>
    public IReadOnlyList<ViewActor> With { get; init; } = [];

    /// <summary>What is said; the sentence of an event.</summary>
    public string Text { get; init; } = "";

    /// <summary>How the words are given.</summary>
    public string? Form { get; init; }

    /// <summary>PLOVER's modes.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>Whether it happened.</summary>
    public string? Status { get; init; }

    /// <summary>When, EDTF.</summary>
    public string? Date { get; init; }

    /// <summary>Where.</summary>
    public string? Place { get; init; }

    /// <summary>What coded it.</summary>
    public string? Why { get; init; }

    /// <summary>How sure the reading is, from 0 to 1; null where it does not say.</summary>
    public double? Confidence { get; init; }

    /// <summary>On whose word, the outermost source first, each with the statement by which it tells.</summary>
    public IReadOnlyList<(string Statement, ViewActor? Speaker)> Chain { get; init; } = [];

    /// <summary>What it answers or repeats, and what answers or repeats it.</summary>
    public IReadOnlyList<(string Words, string Entry)> Links { get; init; } = [];

    /// <summary>The entry across documents.</summary>
    public (long Item, int Reports, int Publishers)? Item { get; init; }

    /// <summary>Whether a person rejected it.</summary>
    public bool Rejected { get; init; }

    /// <summary>confirmed or edited, where a person has looked at it.</summary>
    public string? Mark { get; init; }

    /// <summary>What was decided last.</summary>
    public Correction? Decided { get; init; }

    /// <summary>The statement, with what was edited.</summary>
    public Statement? Statement { get; init; }

    /// <summary>The event, with what was edited.</summary>
    public Event? Event { get; init; }
}
