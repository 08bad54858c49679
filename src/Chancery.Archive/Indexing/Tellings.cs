using System.Globalization;
using Chancery.Formats.Json;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.Views;

namespace Chancery.Archive.Indexing;

/// <summary>What one record gives to each view.</summary>
/// <param name="record">With people's corrections applied.</param>
/// <param name="actors">From an actor's id within the record to its number and key in the archive.</param>
/// <param name="corrected">What people decided of its entries, by id: confirmed or edited.</param>
/// <param name="lexicon">What is known of the world.</param>
internal sealed class Tellings(Record record, IReadOnlyDictionary<string, (long Id, string Key)> actors, IReadOnlyDictionary<string, string> corrected, WorldLexicon lexicon)
{
    // Days before its report on which an event without a date may have happened.
    private const int Recent = 3;

    private readonly int _published = Edtf.Days(record.Document.Published) is { } days ? days.Last.DayNumber : 0;
    private readonly Dictionary<string, Event> _events = record.Events.ToDictionary(e => e.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Statement> _statements = record.Statements.ToDictionary(s => s.Id, StringComparer.Ordinal);
    private readonly Dictionary<string, Actor> _actors = record.Actors.ToDictionary(a => a.Id, StringComparer.Ordinal);

    public IEnumerable<Telling> All()
    {
        var one = new[] { record };
        return record.Events.Select(Of)
            .Concat(record.Statements.Select(Of))
            .Concat(Diary.Of(one, lexicon).Select(Of))
            .Concat(Measures.Of(one, lexicon).Select(Of))
            .Concat(Positions.Of(one, lexicon).Select(Of))
            .Concat(Disputes.Of(one, lexicon).Where(d => d.Kind != DisputeKind.ContradictedByDeeds).Select(Of))
            .Concat(WordsAndDeeds.WordsIn(record, lexicon).Select(Of))
            .Concat(WordsAndDeeds.DeedsIn(record, lexicon).Select(Of));
    }

    private Telling Of(Event one)
    {
        var (first, last) = DaysOf(one.Date?.Edtf);
        var (who, with) = (Numbers(one.Source), Numbers(one.Target));
        return new(
            ArchiveView.Timeline, Telling.GroupOf("event", one.Type, Keys(one.Source), Keys(one.Target)), first, last, one.Id, [one.Spans.Sentence],
            new()
            {
                Kind = one.Type,
                Status = Lower(one.Status),
                Who = who,
                With = with,
                WordOf = Chain(one.Statement),
                Date = one.Date?.Edtf,
                Place = one.Place?.Name,
                PlaceCountry = one.Place?.Country,
                Latitude = one.Place?.Latitude,
                Longitude = one.Place?.Longitude,
                Modes = one.Modes,
                Contexts = one.Contexts,
                Cameo = one.Cameo,
                Score = one.Score,
                Confidence = Math.Round(one.Confidence, 3),
                Claimed = one.Statement is not null,
                Corrected = corrected.GetValueOrDefault(one.Id),
            });
    }

    private Telling Of(Statement statement)
    {
        var (first, last) = DaysOf(statement.Date?.Edtf);
        return new(
            ArchiveView.Statements, Telling.GroupOf("statement", record.Document.Id, statement.Id), first, last, statement.Id, statement.Spans.Content,
            new()
            {
                Kind = RecordJson.NameOf(statement.Act),
                Form = RecordJson.NameOf(statement.Form),
                Who = Numbers(statement.Speaker is { } speaker ? [speaker] : []),
                With = Numbers(statement.Addressees),
                WordOf = Chain(statement.Via),
                Date = statement.Date?.Edtf,
                Text = statement.TextIn(record.Document.Text),
                Corrected = corrected.GetValueOrDefault(statement.Id),
            });
    }

    private Telling Of(DiaryItem item)
    {
        var (first, last) = DaysOf(item.Date);
        var entry = item.Evidence[0].Entry;
        var place = entry is not null && _events.TryGetValue(entry, out var one) ? one.Place : null;
        return new(
            ArchiveView.Diary, Telling.GroupOf("diary", item.What, Keys(item.Who.Concat(item.With))), first, last, entry, Spans(item.Evidence),
            new()
            {
                Kind = item.What,
                Status = ViewJson.NameOf(item.Status),
                Who = Numbers(item.Who),
                With = Numbers(item.With),
                WordOf = Numbers(item.WordOf),
                Date = item.Date,
                Place = item.Place,
                PlaceCountry = place?.Name == item.Place ? place?.Country : null,
                Claimed = item.WordOf.Count > 0,
                Corrected = CorrectedOf(item.Evidence),
            });
    }

    private Telling Of(Measure measure)
    {
        var (first, last) = DaysOf(measure.Date);
        return new(
            ArchiveView.Measures, Telling.GroupOf("measure", measure.Kind, Keys(measure.By), Keys(measure.On), measure.Status.ToString()), first, last, measure.Evidence[0].Entry, Spans(measure.Evidence),
            new()
            {
                Kind = measure.Kind,
                Status = ViewJson.NameOf(measure.Status),
                Who = Numbers(measure.By),
                With = Numbers(measure.On),
                WordOf = measure.Evidence[0].Entry is { } entry && _events.TryGetValue(entry, out var one) ? Chain(one.Statement) : [],
                Date = measure.Date,
                Corrected = CorrectedOf(measure.Evidence),
            });
    }

    private Telling Of(Position position)
    {
        var stance = ViewJson.NameOf(position.Stance);
        return new(
            ArchiveView.Positions, Telling.GroupOf("position", Keys([position.Actor]), position.Issue), _published, _published, position.Evidence[0].Entry, Spans(position.Evidence),
            new()
            {
                Kind = stance,
                Status = stance,
                Who = Numbers([position.Actor]),
                Text = position.Issue,
                Counts = new Dictionary<string, int> { [stance] = position.Times },
                Corrected = CorrectedOf(position.Evidence),
            });
    }

    private Telling Of(Dispute dispute)
    {
        var kind = ViewJson.NameOf(dispute.Kind);
        return new(
            ArchiveView.Disputes, Telling.GroupOf("dispute", kind, Keys(dispute.Claimant), Keys(dispute.Against), Keys(dispute.AnsweredBy), ActorKey.Plain(dispute.Claim)), _published, _published,
            dispute.Evidence[0].Entry, Spans(dispute.Evidence),
            new()
            {
                Kind = kind,
                Who = Numbers(dispute.Claimant),
                With = Numbers(dispute.Against),
                WordOf = Numbers(dispute.AnsweredBy),
                Text = dispute.Claim,
                Answer = dispute.Answer,
                Corrected = CorrectedOf(dispute.Evidence),
            });
    }

    // What was said last year is not held against what is done now.
    private static long DeedsGroup(Issue issue, string country, int day) =>
        Telling.GroupOf("deeds", issue.Key, country, day > 0 ? DateOnly.FromDayNumber(day).Year.ToString(CultureInfo.InvariantCulture) : null);

    private Telling Of(WordAgainst word)
    {
        var (first, last) = DaysOf(word.Statement.Date?.Edtf);
        return new(
            ArchiveView.Disputes, DeedsGroup(word.Issue, word.Country, last), first, last, word.Statement.Id, word.Statement.Spans.Content,
            new()
            {
                Kind = ViewJson.NameOf(DisputeKind.ContradictedByDeeds),
                Form = EntryData.Word,
                Who = Numbers([word.Statement.Speaker!]),
                Text = word.Statement.TextIn(record.Document.Text),
                Corrected = corrected.GetValueOrDefault(word.Statement.Id),
            });
    }

    private Telling Of(DeedFor deed)
    {
        var (first, last) = DaysOf(deed.Event.Date?.Edtf);
        return new(
            ArchiveView.Disputes, DeedsGroup(deed.Issue, deed.Country, last), first, last, deed.Event.Id, [deed.Event.Spans.Sentence],
            new()
            {
                Kind = ViewJson.NameOf(DisputeKind.ContradictedByDeeds),
                Form = EntryData.Deed,
                WordOf = Numbers(deed.By),
                Answer = deed.Event.Spans.Sentence.Of(record.Document.Text).ToString(),
                Corrected = corrected.GetValueOrDefault(deed.Event.Id),
            });
    }

    /// <summary>When it may have happened: as the text says, else in the days before the report.</summary>
    private (int First, int Last) DaysOf(string? edtf) =>
        Edtf.Days(edtf) is { } days ? (days.First.DayNumber, days.Last.DayNumber) : _published > 0 ? (_published - Recent, _published) : (0, 0);

    private string? CorrectedOf(IEnumerable<Evidence> evidence) => evidence.Select(e => e.Entry is { } entry ? corrected.GetValueOrDefault(entry) : null).FirstOrDefault(c => c is not null);

    private static TextSpan[] Spans(IEnumerable<Evidence> evidence) => [.. evidence.Select(e => e.Span)];

    /// <summary>On whose word, the outermost source first.</summary>
    private List<long> Chain(string? statement)
    {
        var (chain, seen) = (new List<long>(), new HashSet<string>(StringComparer.Ordinal));
        while (statement is not null && seen.Add(statement) && _statements.TryGetValue(statement, out var at))
        {
            if (at.Speaker is { } speaker)
                chain.InsertRange(0, Numbers([speaker]));
            statement = at.Via;
        }
        return chain;
    }

    /// <summary>Those who stand for two are the two.</summary>
    private IEnumerable<string> Each(IEnumerable<string> ids) => ids.SelectMany(id => _actors.TryGetValue(id, out var actor) && actor.Members.Count > 0 ? actor.Members : [id]).Where(actors.ContainsKey);

    private List<long> Numbers(IEnumerable<string> ids) => [.. Each(ids).Select(id => actors[id].Id).Distinct()];

    private List<long> Numbers(IEnumerable<ViewActor> viewed) => Numbers(viewed.Select(a => a.Id));

    private string Keys(IEnumerable<string> ids) => string.Join(',', Each(ids).Select(id => actors[id].Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    private string Keys(IEnumerable<ViewActor> viewed) => Keys(viewed.Select(a => a.Id));

    private static string Lower(Enum value) => value.ToString().ToLowerInvariant();
}
