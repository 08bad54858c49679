using System.Globalization;
using Chancery.Archive;
using Chancery.Corrections;
using Chancery.Records;
using Chancery.Views;

namespace Chancery.Web.Api.Shapes;

/// <summary>Turns what the archive finds into the shapes of the API; offsets are turned into code points.</summary>
/// <param name="archive">Where the texts are.</param>
/// <param name="addressOf">The address of the document of a key; null for that of the API.</param>
internal sealed class Shaping(Archive.Archive archive, Func<string, string>? addressOf = null)
{
    // Texts of a page's documents; beyond this a long download begins anew.
    private const int MostTexts = 500;

    private readonly Dictionary<string, (Document Document, CodePointOffsets Offsets)> _sources = new(StringComparer.Ordinal);
    private readonly Func<string, string> _addressOf = addressOf ?? AddressOf;

    /// <summary>The address of a document in the API.</summary>
    public static string AddressOf(string key) => $"{ApiV1.Prefix}/documents/{Uri.EscapeDataString(key)}";

    public EntryShape Of(ArchiveView view, ArchiveEntry e) => view switch
    {
        ArchiveView.Timeline => Event(e),
        ArchiveView.Statements => Statement(e),
        ArchiveView.Diary => Diary(e),
        ArchiveView.Measures => Measure(e),
        ArchiveView.Positions => Position(e),
        _ => Dispute(e),
    };

    public TimelineEntry Event(ArchiveEntry e) => new()
    {
        Id = e.Id, Type = e.Kind, Modes = e.Modes, Cameo = e.Cameo, Source = Names(e.Who), Target = Names(e.With), Date = e.Date, Place = e.Place, Status = e.Status, Contexts = e.Contexts, Score = e.Score,
        WordOf = Names(e.WordOf), Claimed = e.Claimed == true,
        Counts = Counts(e), Contradicted = e.Contradicted, Corrected = e.Corrected, Reports = e.Reports, IndependentSources = e.Sources, Publishers = e.Publishers, Reported = Iso(e.Since), Evidence = Quotes(e),
    };

    public StatementEntry Statement(ArchiveEntry e) => new()
    {
        Id = e.Id, Speaker = Names(e.Who), Act = e.Kind, Addressees = Names(e.With), Text = e.Text, Via = Names(e.WordOf), Date = e.Date, Place = e.Place, Status = e.Status,
        Counts = Counts(e), Contradicted = e.Contradicted, Corrected = e.Corrected, Reports = e.Reports, IndependentSources = e.Sources, Publishers = e.Publishers, Reported = Iso(e.Since), Evidence = Quotes(e),
    };

    private DiaryEntry Diary(ArchiveEntry e) => new()
    {
        Id = e.Id, What = e.Kind, Who = Names(e.Who), With = Names(e.With), Date = e.Date, Place = e.Place, Status = e.Status, WordOf = Names(e.WordOf),
        Counts = Counts(e), Contradicted = e.Contradicted, Corrected = e.Corrected, Reports = e.Reports, IndependentSources = e.Sources, Publishers = e.Publishers, Reported = Iso(e.Since), Evidence = Quotes(e),
    };

    private MeasureEntry Measure(ArchiveEntry e) => new()
    {
        Id = e.Id, Kind = e.Kind, By = Names(e.Who), On = Names(e.With), Date = e.Date, Place = e.Place, Status = e.Status, WordOf = Names(e.WordOf),
        Counts = Counts(e), Contradicted = e.Contradicted, Corrected = e.Corrected, Reports = e.Reports, IndependentSources = e.Sources, Publishers = e.Publishers, Reported = Iso(e.Since), Evidence = Quotes(e),
    };

    private PositionEntry Position(ArchiveEntry e) => new()
    {
        Id = e.Id, Actor = Names(e.Who), Issue = e.Text, Stance = e.Status, Times = e.Counts.Values.Sum(), Since = Iso(e.Since), Latest = Iso(e.Day),
        Counts = Counts(e), Contradicted = e.Contradicted, Corrected = e.Corrected, Reports = e.Reports, IndependentSources = e.Sources, Publishers = e.Publishers, Reported = Iso(e.Since), Evidence = Quotes(e),
    };

    private DisputeEntry Dispute(ArchiveEntry e) => new()
    {
        Id = e.Id, Kind = e.Kind, Claim = e.Text, Claimant = Names(e.Who), Against = Names(e.With), Answer = e.Answer, AnsweredBy = Names(e.WordOf),
        Counts = Counts(e), Contradicted = e.Contradicted, Corrected = e.Corrected, Reports = e.Reports, IndependentSources = e.Sources, Publishers = e.Publishers, Reported = Iso(e.Since), Evidence = Quotes(e),
    };

    public static ActorEntry Of(ArchiveActor a) => new() { Key = a.Key, Name = a.Name, Kind = a.Kind, Country = a.Country, Documents = a.Documents, Offices = a.Offices, Why = a.Why };

    public DocumentEntry Of(ArchiveDocument d) => new()
    {
        Key = d.Key, Address = _addressOf(d.Key), Title = d.Title, Publisher = d.Publisher, Published = d.Published, Url = d.Url, Language = d.Language, Statements = d.Statements, Events = d.Events, Copies = d.Copies, CopyOf = d.CopyOf, Note = d.Note, Passage = d.Passage,
    };

    public DocumentEntry Of(ArchivedRecord r) => new()
    {
        Key = r.Document.Id, Address = _addressOf(r.Document.Id), Title = r.Document.Title, Publisher = r.Document.Publisher, Published = r.Document.Published, Url = r.Document.Url, Language = r.Document.Language,
        Statements = r.Record?.Statements.Count ?? 0, Events = r.Record?.Events.Count ?? 0, CopyOf = r.CopyOf, Note = r.Note,
        Characters = new CodePointOffsets(r.Document.Text).At(r.Document.Text.Length), Sha256 = r.Document.Sha256(),
    };

    public static RelationEntry Of(Relation r, bool months) => new()
    {
        One = Name(r.One), Other = Name(r.Other), Events = r.Events, Sum = r.Sum, Mean = Math.Round(r.Mean, 2),
        Months = months ? [.. r.Months.Select(m => new RelationMonthEntry { Period = m.Month, Events = m.Events, Sum = m.Sum, Mean = Math.Round(m.Sum / Math.Max(1, m.Events), 2), ByType = m.ByType })] : null,
    };

    public static CorrectionShape Of(Correction c) => new() { Entry = c.Entry, Action = c.Action.ToString().ToLowerInvariant(), Changes = c.Changes, Note = c.Note, By = c.By, At = c.At };

    public static InfoShape Of(ArchiveInfo i) => new()
    {
        Format = i.Format, Bytes = i.Bytes, Documents = i.Documents, Copies = i.Copies, Unread = i.Unread, Actors = i.Actors, Statements = i.Statements, Tellings = i.Events, Events = i.MergedEvents, Corrections = i.Corrections, Waiting = i.Waiting,
    };

    private static IReadOnlyDictionary<string, int>? Counts(ArchiveEntry e) => e.Counts.Count > 0 ? e.Counts : null;

    private static ActorName[] Names(IReadOnlyList<ViewActor> actors) => [.. actors.Select(Name)];

    private static ActorName Name(ViewActor a) => new() { Id = a.Id, Name = a.Name, Country = a.Country };

    // A document may be forgotten while a list is read.
    public Quote[] Quotes(ArchiveEntry entry) => [.. entry.Evidence.Select(Cited).OfType<Quote>()];

    private Quote? Cited(Evidence e)
    {
        if (SourceOf(e.Document) is not var (document, offsets))
            return null;
        return new()
        {
            Document = e.Document, Address = _addressOf(e.Document), Title = document.Title, Publisher = document.Publisher, Published = document.Published, Url = document.Url,
            Start = offsets.At(e.Span.Start), End = offsets.At(e.Span.End), Text = e.Text, Entry = e.Entry,
        };
    }

    private (Document Document, CodePointOffsets Offsets)? SourceOf(string key)
    {
        if (_sources.TryGetValue(key, out var known))
            return known;
        if (_sources.Count >= MostTexts)
            _sources.Clear();
        return archive.Source(key) is { } document ? _sources[key] = (document, new(document.Text)) : null;
    }

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
