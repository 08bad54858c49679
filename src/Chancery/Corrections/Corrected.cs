using System.Globalization;
using Chancery.Records;

namespace Chancery.Corrections;

/// <summary>A record as people have corrected it.</summary>
/// <param name="Record">Without what was rejected, with what was edited.</param>
/// <param name="Marks">By id of an entry: <c>confirmed</c> or <c>edited</c>.</param>
/// <param name="Lost">Corrections of entries that are no longer there.</param>
public sealed record Corrected(Record Record, IReadOnlyDictionary<string, string> Marks, IReadOnlyList<Correction> Lost)
{
    private static readonly Dictionary<string, string> Nothing = [];

    // PLOVER's.
    private static readonly string[] Types =
        ["AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"];

    /// <summary>The fields that can be edited: of events type, status, date, place, source, target; of statements act, speaker, addressees, date.</summary>
    public static IReadOnlyList<string> Fields { get; } = ["type", "status", "date", "place", "source", "target", "act", "speaker", "addressees"];

    /// <summary>Applies corrections; of several on one entry the last counts.</summary>
    public static Corrected Apply(Record record, IReadOnlyList<Correction> corrections)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(corrections);
        if (corrections.Count == 0)
            return new(record, Nothing, []);
        var (last, lost) = (new Dictionary<string, Correction>(StringComparer.Ordinal), new List<Correction>());
        foreach (var correction in corrections)
        {
            if (Find(record, correction) is { } entry)
                last[entry] = correction;
            else
                lost.Add(correction);
        }
        var marks = last.Where(c => c.Value.Action != CorrectionAction.Reject).ToDictionary(c => c.Key, c => c.Value.Action == CorrectionAction.Confirm ? "confirmed" : "edited", StringComparer.Ordinal);
        bool Stays(string id) => !last.TryGetValue(id, out var correction) || correction.Action != CorrectionAction.Reject;
        IReadOnlyDictionary<string, string> Changes(string id) => last.TryGetValue(id, out var correction) && correction.Action == CorrectionAction.Edit ? correction.Changes : Nothing;
        var statements = record.Statements.Where(s => Stays(s.Id)).Select(s => Edit(s, Changes(s.Id))).ToList();
        var kept = statements.Select(s => s.Id).ToHashSet(StringComparer.Ordinal);
        string? Kept(string? id) => id is not null && kept.Contains(id) ? id : null;
        var events = record.Events.Where(e => Stays(e.Id)).Select(e => Edit(e, Changes(e.Id)) with { Statement = Kept(e.Statement) }).ToList();
        var all = kept.Concat(events.Select(e => e.Id)).ToHashSet(StringComparer.Ordinal);
        return new(
            record with
            {
                Statements = [.. statements.Select(s => s with { Via = Kept(s.Via) })],
                Events = events,
                Links = [.. record.Links.Where(l => all.Contains(l.From) && all.Contains(l.To))],
            },
            marks,
            lost);
    }

    /// <summary>What finds an entry of a record again: what it is, where its words stand, and which they are.</summary>
    /// <exception cref="ArgumentException">The record has no such entry.</exception>
    public static string AnchorOf(Record record, string entry)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Anchors(record).Where(a => a.Entry == entry).Select(a => a.Anchor).FirstOrDefault()
            ?? throw new ArgumentException($"there is no statement or event {entry} in {record.Document.Id}", nameof(entry));
    }

    /// <summary>Why a new value cannot be; null where it can.</summary>
    public static string? Refusal(Record record, string entry, string field, string value)
    {
        ArgumentNullException.ThrowIfNull(record);
        var isEvent = record.Events.Any(e => e.Id == entry);
        string[] fields = isEvent ? ["type", "status", "date", "place", "source", "target"] : ["act", "speaker", "addressees", "date"];
        return field switch
        {
            _ when !fields.Contains(field) => $"{(isEvent ? "an event" : "a statement")} has no field {field}; it has {string.Join(", ", fields)}",
            "status" when !Named<EventStatus>(value, out _) => $"status {value} is none of actual, planned, possible, negated",
            "type" when !Types.Contains(value.ToUpperInvariant()) => $"type {value} is none of {string.Join(", ", Types)}",
            "speaker" when List(value).Length > 1 => "a statement has one speaker",
            "act" when !Named<SpeechAct>(value, out _) => $"act {value} is none of {string.Join(", ", Enum.GetNames<SpeechAct>()).ToLowerInvariant()}",
            "date" when value.Length > 0 && Edtf.Days(value) is null => $"date {value} is no date; write it as 2024-04-08, 2024-04 or 2024-04-08/2024-04-09",
            "place" when value.Length > 0 && PlaceOf(value) is null => $"place {value} has no country; write it as Beijing, CHN",
            "source" or "target" or "speaker" or "addressees" when List(value).FirstOrDefault(id => record.Actors.All(a => a.Id != id)) is { } unknown => $"there is no actor {unknown} in {record.Document.Id}; it has {string.Join(", ", record.Actors.Take(30).Select(a => $"{a.Id} ({a.Name})"))}",
            _ => null,
        };
    }

    private static string? Find(Record record, Correction correction)
    {
        var anchors = Anchors(record).ToList();
        var exact = anchors.Where(a => a.Anchor == correction.Anchor).ToList();
        if (exact.Count > 0)
            return (exact.Find(a => a.Entry == correction.Entry) is { Entry: not null } same ? same : exact[0]).Entry;
        // The same words in the same place, whatever is now made of them; two of them would be a guess.
        var place = PlaceOf(correction.Anchor);
        var near = anchors.Where(a => PlaceOf(a.Anchor) == place).ToList();
        return near.Count == 1 ? near[0].Entry : null;

        static string PlaceOf(string anchor) => anchor.Split('|', 4) is [var kind, var span, _, var words] ? $"{kind}|{span}|{words}" : anchor;
    }

    private static IEnumerable<(string Entry, string Anchor)> Anchors(Record record)
    {
        foreach (var one in record.Events)
            yield return (one.Id, Anchor("event", one.Spans.Trigger[0], $"{one.Type} {string.Join(',', Names(one.Source))} {string.Join(',', Names(one.Target))}"));
        foreach (var statement in record.Statements)
            yield return (statement.Id, Anchor("statement", statement.Spans.Content[0], string.Join(',', Names(statement.Speaker is { } speaker ? [speaker] : []))));

        string Anchor(string kind, TextSpan span, string what) =>
            string.Create(CultureInfo.InvariantCulture, $"{kind}|{span.Start} {span.End}|{what.Replace('|', ' ')}|{span.Of(record.Document.Text)}");
        IEnumerable<string> Names(IEnumerable<string> ids) => ids.Select(id => record.Actors.FirstOrDefault(a => a.Id == id)?.Name ?? id);
    }

    private static Event Edit(Event one, IReadOnlyDictionary<string, string> changes)
    {
        foreach (var (field, value) in changes)
        {
            one = field switch
            {
                "type" => one with { Type = value.ToUpperInvariant(), Modes = [], Cameo = null, Score = null },
                "status" when Named<EventStatus>(value, out var status) => one with { Status = status },
                "date" => one with { Date = value.Length == 0 ? null : new(value, one.Date?.Words ?? one.Spans.Trigger[0]) },
                "place" => one with { Place = PlaceOf(value) },
                "source" => one with { Source = List(value) },
                "target" => one with { Target = List(value) },
                _ => one,
            };
        }
        return one;
    }

    private static Statement Edit(Statement statement, IReadOnlyDictionary<string, string> changes)
    {
        foreach (var (field, value) in changes)
        {
            statement = field switch
            {
                "act" when Named<SpeechAct>(value, out var act) => statement with { Act = act },
                "speaker" => statement with { Speaker = value.Length == 0 ? null : value },
                "addressees" => statement with { Addressees = List(value) },
                "date" => statement with { Date = value.Length == 0 ? null : new(value, statement.Date?.Words ?? statement.Spans.Content[0]) },
                _ => statement,
            };
        }
        return statement;
    }

    /// <summary>A place as "Beijing, CHN".</summary>
    private static EventPlace? PlaceOf(string value) =>
        value.LastIndexOf(',') is > 0 and var comma && value[(comma + 1)..].Trim() is { Length: 3 } country ? new(value[..comma].Trim(), country.ToUpperInvariant()) : null;

    private static string[] List(string value) => value.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries);

    private static bool Named<T>(string value, out T found)
        where T : struct, Enum =>
        Enum.TryParse(value, ignoreCase: true, out found) && Enum.GetName(found)?.Equals(value, StringComparison.OrdinalIgnoreCase) == true;
}
