using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Views;

/// <summary>How a measure stands.</summary>
public enum MeasureStatus
{
    /// <summary>It has been taken.</summary>
    InForce,

    /// <summary>It will be taken.</summary>
    Announced,

    /// <summary>It is threatened.</summary>
    Threatened,

    /// <summary>It may be taken.</summary>
    Considered,

    /// <summary>It has been taken back.</summary>
    Lifted,
}

/// <summary>A sanction, restriction, suspension, tariff, freeze or expulsion, or its lifting.</summary>
/// <param name="Kind">sanctions, embargo, tariff, payment-suspension, export-restriction and so on; other.</param>
/// <param name="By">Who takes it.</param>
/// <param name="On">Against whom.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Date">EDTF; null where nothing says when.</param>
/// <param name="Evidence">The words, of every telling.</param>
public sealed record Measure(string Kind, IReadOnlyList<ViewActor> By, IReadOnlyList<ViewActor> On, MeasureStatus Status, string? Date, IReadOnlyList<Evidence> Evidence);

/// <summary>The register of measures.</summary>
public static class Measures
{
    /// <summary>The measures that some records hold, by date, undated entries last.</summary>
    public static IReadOnlyList<Measure> Of(IReadOnlyCollection<Record> records, WorldLexicon lexicon)
    {
        ArgumentNullException.ThrowIfNull(records);
        ArgumentNullException.ThrowIfNull(lexicon);
        var items = RecordLookup.Of(records).SelectMany(r => r.Record.Events.Select(e => MeasureOf(e, r, lexicon)).OfType<Measure>());
        return
        [
            .. items.GroupBy(m => string.Join('|', m.Kind, Ids(m.By), Ids(m.On), m.Status, m.Date), StringComparer.Ordinal)
                .Select(g => g.First() with { Evidence = [.. g.SelectMany(m => m.Evidence).DistinctBy(e => (e.Document, e.Span))] })
                .OrderBy(m => m.Date ?? "~", StringComparer.Ordinal),
        ];
    }

    private static string Ids(IEnumerable<ViewActor> actors) => string.Join(',', actors.Select(a => a.Id));

    private static Measure? MeasureOf(Event one, RecordLookup record, WorldLexicon lexicon)
    {
        if (one.Source.Count == 0 || one.Status == EventStatus.Negated || !one.Source.Any(s => TakesMeasures(record.Actor(s))) || IsOnOneself(one, record))
            return null;
        // What stands between the trigger and the last of its words names the measure: "impose sanctions on", "ceased accepting payments from".
        var last = one.Spans.Target.Concat(one.Spans.Trigger).Max(s => s.End);
        var around = new TextSpan(one.Spans.Trigger[0].Start, Math.Max(last, Math.Min(one.Spans.Sentence.End, one.Spans.Trigger[0].End + 60)));
        // "their assets will be frozen": else the last word before it does.
        var kind = KindIn(around.Of(record.Text), lexicon, last: false) ?? KindIn(new TextSpan(one.Spans.Sentence.Start, one.Spans.Trigger[0].Start).Of(record.Text), lexicon, last: true);
        // Troops and arms moved against another state, on the reporter's own word: an accuser's is no register's.
        if (one is { Type: "MOBILIZE", Statement: null, Status: EventStatus.Actual or EventStatus.Planned } && IsBetweenStates(one, record))
            kind = "military-alert";
        else if (one.Type == "MOBILIZE")
            return null;
        else if (one.Modes.Contains("deport"))
            kind = "expulsion";
        // "We will sanction the bank": who threatens it announces nothing.
        var threatened = one.Status != EventStatus.Actual && record.Statement(one.Statement)?.Act == SpeechAct.Threaten;
        MeasureStatus? status = one.Type switch
        {
            // A court's verdict is none.
            "SANCTION" when one.Modes.Contains("convict") => null,
            "SANCTION" or "COERCE" when threatened && (one.Type == "SANCTION" || kind is not null) => MeasureStatus.Threatened,
            "MOBILIZE" when kind == "military-alert" => one.Status == EventStatus.Actual ? MeasureStatus.InForce : MeasureStatus.Announced,
            "COERCE" when kind is not null && IsBetweenStates(one, record) => one.Status switch { EventStatus.Actual => MeasureStatus.InForce, EventStatus.Planned => MeasureStatus.Announced, _ => MeasureStatus.Considered },
            "SANCTION" => one.Status switch { EventStatus.Actual => MeasureStatus.InForce, EventStatus.Planned => MeasureStatus.Announced, _ => MeasureStatus.Considered },
            "COERCE" when kind is not null && one.Modes.Count == 0 => one.Status == EventStatus.Actual ? MeasureStatus.InForce : MeasureStatus.Considered,
            "THREATEN" when kind is not null || one.Modes.Contains("relations") || one.Modes.Contains("restrict") => MeasureStatus.Threatened,
            // What is only offered or asked is not lifted.
            "RETREAT" or "CONCEDE" when kind is not null && one.Status is EventStatus.Actual or EventStatus.Planned && one.Modes.Count == 0 && one.Cameo is ['0', '8', '5' or '6', ..] or "085" => MeasureStatus.Lifted,
            _ => null,
        };
        return status is { } how ? new(kind ?? "other", record.View(one.Source), record.View(one.Target), how, one.Date?.Edtf, [record.Evidence(one.Spans.Sentence, one.Id)]) : null;
    }

    /// <summary>What the first, or last, word for a measure calls it; null where there is none.</summary>
    private static string? KindIn(ReadOnlySpan<char> text, WorldLexicon lexicon, bool last)
    {
        var words = text.ToString().ToLowerInvariant();
        var found = lexicon.TermsOf("measure").Select(m => (Word: m, At: StartOf(m, words))).Where(m => m.At >= 0).ToList();
        if (found.Count == 0)
            return null;
        return lexicon.Term("measure", (last ? found.MaxBy(m => m.At) : found.MinBy(m => m.At)).Word);
    }

    /// <summary>Whether somebody can take measures: a state and what acts for it, a body, a bank; no scholar, and nobody of no country.</summary>
    private static bool TakesMeasures(Actor? actor) => actor is not null && !actor.Sectors.Contains("EDU") && (actor.Country is not null || actor.Members.Count > 0 || actor.Kind is ActorKind.Organisation || actor.Sectors.Contains("BUS"));

    /// <summary>Whether a state is said to act against itself: a reading that went wrong. Its own firms and people it may well restrict.</summary>
    private static bool IsOnOneself(Event one, RecordLookup record) =>
        one.Target.Count > 0 && one.Target.All(t => record.Actor(t) is { } on && (one.Source.Contains(t) || (on.Kind == ActorKind.State && one.Source.All(s => record.Actor(s)?.Country is { } by && by == on.Country))));

    /// <summary>Where a word begins with some letters: "aid" is not in "said"; -1 where none does.</summary>
    private static int StartOf(string letters, string words)
    {
        var at = words.IndexOf(letters, StringComparison.Ordinal);
        while (at > 0 && char.IsLetter(words[at - 1]))
            at = words.IndexOf(letters, at + 1, StringComparison.Ordinal);
        return at;
    }

    /// <summary>Whether a state, or those who act for it, do it to others or to nobody who is named.</summary>
    private static bool IsBetweenStates(Event one, RecordLookup record)
    {
        var by = record.View(one.Source).Select(a => a.Country).FirstOrDefault(c => c is not null);
        return by is not null && !one.Modes.Contains("police") && record.View(one.Target).All(a => a.Country is { } on ? on != by : one.Type != "COERCE" || one.Modes.Contains("deport"));
    }
}
