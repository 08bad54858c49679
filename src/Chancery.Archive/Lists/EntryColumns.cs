using Chancery.Formats.Tables;
using Chancery.Views;

namespace Chancery.Archive.Lists;

/// <summary>A column of a list.</summary>
/// <param name="Column">Its name and type in files.</param>
/// <param name="Heading">Its heading for people; null where they do not see it.</param>
/// <param name="Value">Its value of an entry.</param>
public sealed record EntryColumn<T>(Column Column, string? Heading, Func<T, Cell> Value)
{
    /// <summary>What people see in place of the value; null for the value.</summary>
    public Func<T, Cell>? ForPeople { get; init; }

    /// <summary>What people see of an entry.</summary>
    public Cell Shown(T item) => ForPeople is null ? Value(item) : ForPeople(item);
}

/// <summary>The columns of each list over the archive.</summary>
public static class EntryColumns
{
    /// <summary>The columns of a view.</summary>
    public static IReadOnlyList<EntryColumn<ArchiveEntry>> Of(ArchiveView view) => view switch
    {
        ArchiveView.Timeline =>
        [
            Day(), Text("type", "type", "PLOVER event type.", e => e.Kind), List("modes", null, "PLOVER modes.", e => e.Modes), .. Actors("who", "who", e => e.Who), .. Actors("target", "to whom", e => e.With),
            Text("status", "status", "actual, planned, possible or negated.", e => e.Status), Place(), Text("country", null, "ISO 3166-1 alpha-3 of the place.", e => e.PlaceCountry),
            Text("cameo", null, "CAMEO code.", e => e.Cameo), new(new("score", ColumnType.Number, "From -10 to 10, by PLOVER's table."), null, e => e.Score), List("contexts", null, "PLOVER contexts.", e => e.Contexts),
            .. Actors("word_of", "on whose word", e => e.WordOf), new(new("claimed", ColumnType.Truth, "Whether it is known from a source's word only."), null, e => e.Claimed == true), .. Spread(),
        ],
        ArchiveView.Statements =>
        [
            Day(), .. Actors("speaker", "who", e => e.Who), Text("act", "does what", "What is done by saying it.", e => e.Kind), .. Actors("addressee", "to whom", e => e.With), Text("text", "what is said", "The words.", e => e.Text),
            .. Actors("via", "as told by", e => e.WordOf), .. Spread(),
        ],
        ArchiveView.Diary =>
        [
            Day(), Text("what", "what", "visit, meeting, call, negotiation, summit or speech.", e => e.Kind), .. Actors("who", "who", e => e.Who), .. Actors("with", "with", e => e.With), Place(),
            Text("status", "status", "held, planned, expected or cancelled.", e => e.Status), .. Actors("word_of", "on whose word", e => e.WordOf), .. Spread(),
        ],
        ArchiveView.Measures =>
        [
            Day(), Text("kind", "measure", "The kind of measure.", e => e.Kind), .. Actors("by", "by", e => e.Who), .. Actors("on", "on", e => e.With),
            Text("status", "status", "in force, announced, threatened, considered or lifted.", e => e.Status), .. Actors("word_of", "on whose word", e => e.WordOf), .. Spread(),
        ],
        ArchiveView.Positions =>
        [
            .. Actors("actor", "who", e => e.Who), Text("stance", "stance", "supports, opposes, neutral or ambivalent.", e => e.Status), Text("issue", "issue", "The issue.", e => e.Text),
            new(new("times", ColumnType.Whole, "How often it was said or done."), "times", e => e.Counts.Values.Sum()), List("by_stance", null, "How often by stance.", e => [.. e.Counts.Select(c => $"{c.Key} {c.Value}")]),
            List("over_time", "over time", "How it changed: each stance with how often and from when to when, in order; empty where it was always the same.", e => [.. e.Course.Select(Words)]),
            new(new("since", ColumnType.Date, "The first day on which it was reported."), "since", e => Iso(e.Since)), new(new("latest", ColumnType.Date, "The last."), "latest", e => Iso(e.Day)), .. Spread(),
        ],
        _ =>
        [
            Day(), Text("kind", "kind", "denied, disputed or contradicted by deeds; the last is a question and no verdict.", e => e.Kind), .. Actors("claimant", "who says", e => e.Who), .. Actors("against", "of whom", e => e.With),
            Text("claim", "what", "The words of the claim.", e => e.Text), .. Actors("answered_by", "answered by", e => e.WordOf), Text("answer", "how", "The words of the answer, or of the deed.", e => e.Answer), .. Spread(),
        ],
    };

    /// <summary>The columns of actors.</summary>
    public static IReadOnlyList<EntryColumn<ArchiveActor>> ForActors { get; } =
    [
        new(new("name", ColumnType.Text, "The usual name."), "who", a => a.Name), new(new("kind", ColumnType.Text, "person, organisation, state, group or media."), "kind", a => a.Kind),
        new(new("country", ColumnType.Text, "ISO 3166-1 alpha-3 or PLOVER's."), "country", a => a.Country), new(new("offices", ColumnType.List, "The offices in which reports show them."), "offices", a => Cell.Of(a.Offices)),
        new(new("documents", ColumnType.Whole, "In how many documents."), "documents", a => a.Documents), new(new("key", ColumnType.Text, "The key."), "key", a => a.Key), new(new("why", ColumnType.List, "Why appearances are held to be one actor."), null, a => Cell.Of(a.Why)),
    ];

    /// <summary>The columns of documents.</summary>
    public static IReadOnlyList<EntryColumn<ArchiveDocument>> ForDocuments { get; } =
    [
        new(new("published", ColumnType.Date, "When."), "published", d => d.Published), new(new("publisher", ColumnType.Text, "By whom."), "publisher", d => d.Publisher), new(new("title", ColumnType.Text, "The headline."), "title", d => d.Title),
        new(new("statements", ColumnType.Whole, "How many statements."), "statements", d => d.Statements), new(new("events", ColumnType.Whole, "How many events."), "events", d => d.Events),
        new(new("copies", ColumnType.Whole, "How many copies of it there are."), "copies", d => d.Copies), new(new("key", ColumnType.Text, "The key."), "key", d => d.Key), new(new("copy_of", ColumnType.Text, "The key of that of which it is a copy."), null, d => d.CopyOf),
        new(new("note", ColumnType.Text, "Why it was not read."), "note", d => d.Note), new(new("url", ColumnType.Text, "Where it can be read."), null, d => d.Url), new(new("language", ColumnType.Text, "ISO 639-1."), null, d => d.Language),
    ];

    /// <summary>The columns of relations.</summary>
    public static IReadOnlyList<EntryColumn<Relation>> ForRelations { get; } =
    [
        new(new("one_id", ColumnType.Text, "The key of one of them."), null, r => r.One.Id), new(new("one", ColumnType.Text, "One of them."), "who", r => r.One.Name), new(new("other_id", ColumnType.Text, "The key of the other."), null, r => r.Other.Id),
        new(new("other", ColumnType.Text, "The other."), "and whom", r => r.Other.Name), new(new("events", ColumnType.Whole, "How many events."), "events", r => r.Events),
        new(new("sum", ColumnType.Number, "The sum of their scores."), "sum", r => r.Sum), new(new("mean", ColumnType.Number, "The mean score, from -10 (hostile) to 10 (co-operative)."), "mean", r => Math.Round(r.Mean, 2)),
    ];

    /// <summary>The columns of a relation by month.</summary>
    public static IReadOnlyList<EntryColumn<RelationMonth>> ForMonths { get; } =
    [
        new(new("period", ColumnType.Date, "The month."), "month", m => m.Month), new(new("events", ColumnType.Whole, "How many events."), "events", m => m.Events),
        new(new("sum", ColumnType.Number, "The sum of their scores."), "sum", m => m.Sum), new(new("mean", ColumnType.Number, "The mean score, from -10 to 10."), "mean", m => Math.Round(m.Sum / Math.Max(1, m.Events), 2)),
        new(new("by_type", ColumnType.List, "How many of each PLOVER type."), "by type", m => Cell.Of([.. m.ByType.Select(t => $"{t.Key} {t.Value}")])),
    ];

    private static EntryColumn<ArchiveEntry> Day() => new(new("date", ColumnType.Date, "When, as far as reports say."), "date", e => e.Date) { ForPeople = e => e.Date ?? (e.Since is { } day ? $"by {Iso(day)}" : null) };

    private static EntryColumn<ArchiveEntry> Place() => Text("place", "place", "Where.", e => e.Place);

    private static EntryColumn<ArchiveEntry> Text(string name, string? heading, string meaning, Func<ArchiveEntry, string?> value) => new(new(name, ColumnType.Text, meaning), heading, e => value(e));

    private static EntryColumn<ArchiveEntry> List(string name, string? heading, string meaning, Func<ArchiveEntry, IReadOnlyList<string>> value) => new(new(name, ColumnType.List, meaning), heading, e => Cell.Of(value(e)));

    private static IEnumerable<EntryColumn<ArchiveEntry>> Actors(string name, string heading, Func<ArchiveEntry, IReadOnlyList<ViewActor>> value) =>
    [
        new(new($"{name}_id", ColumnType.List, $"The keys of {name}."), null, e => Cell.Of([.. value(e).Select(a => a.Id)])), new(new(name, ColumnType.List, "Their names."), heading, e => Cell.Of([.. value(e).Select(a => a.Name)])),
        new(new($"{name}_country", ColumnType.List, "Their countries, ISO 3166-1 alpha-3 or PLOVER's; empty for none."), null, e => Cell.Of([.. value(e).Select(a => a.Country ?? "")])),
    ];

    private static IEnumerable<EntryColumn<ArchiveEntry>> Spread() =>
    [
        new(new("reports", ColumnType.Whole, "How many documents tell it, copies counted."), "reports", e => e.Reports), new(new("sources", ColumnType.Whole, "How many of them are no copies of each other."), null, e => e.Sources),
        List("publishers", null, "Who published them.", e => e.Publishers), new(new("reported", ColumnType.Date, "The first day on which it was reported."), null, e => Iso(e.Since)),
        new(new("contradicted", ColumnType.Truth, "Whether some reports say that it did not happen."), null, e => e.Contradicted), Text("corrected", "checked", "confirmed or edited, where a person has looked at it.", e => e.Corrected),
    ];

    private static string Words(StancePeriod period) => System.FormattableString.Invariant($"{period.Stance} {period.Times}") + (Iso(period.Since), Iso(period.Until)) switch
    {
        (null, null) => "",
        var (since, until) when since == until || until is null => $" ({since})",
        (null, var until) => $" (to {until})",
        var (since, until) => $" ({since}/{until})",
    };

    private static string? Iso(DateOnly? day) => day?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
