using System.Globalization;
using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>From a document to its record, a step after another. Pure: the same document, model and lexicon give the same record.</summary>
/// <param name="model">Reads sentences, trees, names and who-said-what tags.</param>
/// <param name="lexicon">What is known of the world.</param>
/// <param name="scorer">Speaks where the lexicon's frames are silent; null for none.</param>
public sealed class Reader(ILanguageModel model, WorldLexicon lexicon, PairScorer? scorer = null)
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    public Record Read(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return RecordOf(document, new(model.Annotate(document.Text, cancellationToken)));
    }

    /// <summary>Reads a document and tells why each entry is there, in the order of statements and events.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    public (Record Record, IReadOnlyList<Explanation> Why) Explain(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var text = new ParsedText(model.Annotate(document.Text, cancellationToken));
        var record = RecordOf(document, text);
        return (record, new Explainer(lexicon, text).Explain(record));
    }

    private Record RecordOf(Document document, ParsedText text)
    {
        var published = Calendar.DayOf(document.Published);
        if (document.Published is null && (published = Calendar.DatelineOf(text)) is { } day)
            document = document with { Published = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) };
        var dateline = Dateline.Of(text);
        var cast = new ActorReader(lexicon, text, published, dateline).Read();
        var dates = new Calendar(text, published).Read().FindAll(d => dateline?.Contains(d.First) != true);
        var statements = new StatementReader(lexicon, text, cast, dates).Read();
        var places = new PlaceReader(lexicon, text, cast, dates).Read();
        var events = new EventReader(lexicon, text, cast, statements, dates, places, scorer, published).Read();
        var links = new LinkReader(lexicon, text, cast, statements, events).Read();
        return new(document, Worth(cast.Actors, statements, events), statements, events) { Links = links };
    }

    /// <summary>
    /// Those with a name or country, and those who do or say something; "crowds" in passing are nobody, nor is a ministry of
    /// which the text only names the head.
    /// </summary>
    private static List<Actor> Worth(IReadOnlyList<Actor> actors, IReadOnlyList<Statement> statements, IReadOnlyList<Event> events)
    {
        var acting = statements.SelectMany(s => s.Addressees.Append(s.Speaker)).Concat(events.SelectMany(e => e.Source.Concat(e.Target))).ToHashSet();
        var people = actors.Where(a => a.Kind == ActorKind.Person).ToList();
        return [.. actors.Where(a => acting.Contains(a.Id) || a.Kind != ActorKind.Organisation || !IsWithinTitle(a, people))
            .Where(a => a.Country is not null || a.Known is not null || a.Kind is ActorKind.Media or ActorKind.State || char.IsUpper(a.Name[0]) || acting.Contains(a.Id))];
    }

    private static bool IsWithinTitle(Actor body, List<Actor> people) => body.Mentions.All(m =>
        people.Exists(p => (body.Country == p.Country || (body.Country ?? body.Known) is null) && p.Mentions.Any(title => title != m && title.Contains(m))));
}
