using System.Text;
using Chancery.Archive;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Archive.Tests;

/// <summary>Somebody in the reports of these tests.</summary>
internal sealed record Somebody(string Name, ActorKind Kind, string? Country, string? Known = null, string? Office = null)
{
    public static readonly Somebody France = new("France", ActorKind.State, "FRA", "FRA");
    public static readonly Somebody Romania = new("Romania", ActorKind.State, "ROU", "ROU");
    public static readonly Somebody Chile = new("Chile", ActorKind.State, "CHL", "CHL");
    public static readonly Somebody Marsh = new("Ada Marsh", ActorKind.Person, "FRA", Office: "foreign minister");
    public static readonly Somebody Vale = new("Ion Vale", ActorKind.Person, "ROU", Office: "prime minister");
    public static readonly Somebody Quill = new("Rosa Quill", ActorKind.Person, "CHL");
    public static readonly Somebody Courier = new("Harbour Courier", ActorKind.Media, null);
}

/// <summary>A report with its record, sentence by sentence; every span is found by its words.</summary>
internal sealed class ReportBuilder
{
    private static readonly string[] Words =
        ["harbour", "ledger", "copper", "orchard", "signal", "market", "winter", "bridge", "letter", "cabin", "valley", "engine", "paper", "river", "garden", "timber", "column", "window", "silver", "meadow", "anchor", "basket", "candle", "desert", "falcon", "glacier", "hammer", "island", "jacket", "kettle"];

    private readonly string _id;
    private readonly StringBuilder _text = new();
    private readonly List<(Actor Actor, List<TextSpan> Mentions)> _actors = [];
    private readonly List<Statement> _statements = [];
    private readonly List<Event> _events = [];
    private readonly List<Link> _links = [];
    private string? _publisher, _published, _url, _title;

    /// <param name="id">Its name; what else its text says depends on it, so that two reports are no copies of each other.</param>
    /// <param name="filler">Words that say nothing.</param>
    public ReportBuilder(string id, int filler = 40)
    {
        _id = id;
        Fill(id, filler);
    }

    public ReportBuilder By(string publisher, string? published = "2024-04-10")
    {
        (_publisher, _published) = (publisher, published);
        return this;
    }

    public ReportBuilder At(string url)
    {
        _url = url;
        return this;
    }

    public ReportBuilder Titled(string title)
    {
        _title = title;
        return this;
    }

    /// <summary>Somebody does something to somebody.</summary>
    public ReportBuilder Event(string type, Somebody source, Somebody? target, string? date = null, EventStatus status = EventStatus.Actual, string? mode = null, EventPlace? place = null, Somebody? claimedBy = null, double? score = null, string verb = "dealt with")
    {
        string? statement = null;
        if (claimedBy is not null)
        {
            statement = $"s{_statements.Count}";
            _statements.Add(null!);
        }
        var start = _text.Length;
        var speaker = claimedBy is null ? (TextSpan?)null : Append(claimedBy.Name);
        var cue = claimedBy is null ? (TextSpan?)null : Append(" said", 1);
        if (claimedBy is not null)
            Append(" ");
        var content = _text.Length;
        var from = Append(source.Name);
        var trigger = Append($" {verb}", 1);
        var to = target is null ? (TextSpan?)null : Append($" {target.Name}", 1);
        var when = date is null ? (TextSpan?)null : Append($" on {date}", 4);
        if (place is not null)
            Append($" in {place.Name}");
        var end = _text.Length;
        Append(".");
        var sentence = new TextSpan(start, _text.Length);
        Append("\n\n");
        if (statement is not null)
        {
            _statements[int.Parse(statement.AsSpan(1), System.Globalization.CultureInfo.InvariantCulture)] = new(statement, SpeechAct.Report, SpeechForm.Indirect, new(speaker, cue, [new(content, end)])) { Speaker = IdOf(claimedBy!, speaker!.Value) };
        }
        _events.Add(new($"e{_events.Count}", type, status, new([trigger], [from], to is { } t ? [t] : [], sentence))
        {
            Source = [IdOf(source, from)],
            Target = target is null ? [] : [IdOf(target, to!.Value)],
            Modes = mode is null ? [] : [mode],
            Date = date is null ? null : new(date, when!.Value),
            Place = place,
            Statement = statement,
            Score = score,
            Why = "test",
            Confidence = 0.9,
        });
        return this;
    }

    /// <summary>Somebody says something.</summary>
    public ReportBuilder Says(Somebody speaker, SpeechAct act, string words, Somebody? to = null, string? via = null, string? date = null)
    {
        var who = Append(speaker.Name);
        var cue = Append(" said", 1);
        var whom = to is null ? (TextSpan?)null : Append($" to {to.Name}", 4);
        var content = Append($" {words}", 1);
        var when = date is null ? (TextSpan?)null : Append($" on {date}", 4);
        Append(".\n\n");
        _statements.Add(new($"s{_statements.Count}", act, SpeechForm.Indirect, new(who, cue, [content]))
        {
            Speaker = IdOf(speaker, who),
            Addressees = whom is { } span ? [IdOf(to!, span)] : [],
            Via = via,
            Date = date is null ? null : new(date, when!.Value),
        });
        return this;
    }

    public ReportBuilder Linked(LinkKind kind, string from, string to)
    {
        _links.Add(new(kind, from, to));
        return this;
    }

    public ReportBuilder Fill(string seed, int count)
    {
        // FNV, so that a text is the same on every run.
        var hash = seed.Aggregate(2166136261u, (h, c) => (h ^ c) * 16777619u);
        for (var i = 0; i < count; i++)
        {
            hash = (hash ^ (uint)i) * 16777619u;
            _text.Append(Words[(hash >> 8) % (uint)Words.Length]).Append(' ');
        }
        _text.Append("\n\n");
        return this;
    }

    public Document Document => new(_id, _text.ToString()) { Publisher = _publisher, Published = _published, Url = _url, Title = _title };

    public Record Record => new(Document, [.. _actors.Select(a => a.Actor with { Mentions = [.. a.Mentions] })], [.. _statements], [.. _events]) { Links = [.. _links] };

    public Incoming Build() => new(Document, Record);

    /// <summary>As another publishes it: the same words under another headline.</summary>
    public Incoming CopiedBy(string publisher, string published, string headline)
    {
        var shift = headline.Length + 2;
        TextSpan Moved(TextSpan s) => new(s.Start + shift, s.End + shift);
        TextSpan[] All(IReadOnlyList<TextSpan> spans) => [.. spans.Select(Moved)];
        TextDate? Date(TextDate? d) => d is null ? null : d with { Words = Moved(d.Words) };
        var document = new Document($"{_id}-{publisher}", $"{headline}\n\n{_text}") { Publisher = publisher, Published = published };
        var record = Record;
        return new(document, new(
            document,
            [.. record.Actors.Select(a => a with { Mentions = All(a.Mentions) })],
            [.. record.Statements.Select(s => s with { Date = Date(s.Date), Spans = new(s.Spans.Speaker is { } w ? Moved(w) : null, s.Spans.Cue is { } c ? Moved(c) : null, All(s.Spans.Content)) })],
            [.. record.Events.Select(e => e with { Date = Date(e.Date), Spans = new(All(e.Spans.Trigger), All(e.Spans.Source), All(e.Spans.Target), Moved(e.Spans.Sentence)) })])
        { Links = record.Links });
    }

    private string IdOf(Somebody who, TextSpan mention)
    {
        var at = _actors.FindIndex(a => a.Actor.Name == who.Name && a.Actor.Kind == who.Kind);
        if (at < 0)
        {
            at = _actors.Count;
            _actors.Add((new($"a{at}", who.Name, who.Kind) { Country = who.Country, Known = who.Known, Office = who.Office, Sectors = ["GOV"], Mentions = [] }, []));
        }
        _actors[at].Mentions.Add(mention);
        return _actors[at].Actor.Id;
    }

    private TextSpan Append(string words, int skip = 0)
    {
        var start = _text.Length + skip;
        _text.Append(words);
        return new(start, _text.Length);
    }
}
