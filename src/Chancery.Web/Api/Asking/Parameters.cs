using Chancery.Archive;
using Chancery.Web.Serving;

namespace Chancery.Web.Api.Asking;

/// <summary>The parameters that addresses of the API take.</summary>
internal static class Parameters
{
    /// <summary>How many quotes an entry has unless told otherwise.</summary>
    public const int UsualQuotes = 3;

    // Beyond this nobody turns pages; a filter finds it.
    private const int FurthestPage = 1_000_000;

    public static Parameter Limit { get; } = new("limit", ParameterKind.Whole, "How many entries a page has. CSV, Parquet and JSON Lines have all entries, up to 100,000, unless it is given.") { Least = 1, Most = Limits.LargestPage, Usual = Limits.PageSize, Example = "20" };

    public static Parameter After { get; } = new("after", ParameterKind.Words, "Where the page before ended; the answer's next has it.");

    public static Parameter Skip { get; } = new("after", ParameterKind.Whole, "How many entries the pages before had; the answer's next has it.") { Least = 0, Most = FurthestPage };

    public static Parameter Place { get; } = new("after", ParameterKind.Whole, "The place of the last document that is known; the answer's later has it.") { Least = 0, Most = long.MaxValue };

    public static Parameter Since { get; } = new("since", ParameterKind.Day, "Since when: 2024-04-08, 2024-04 or 2024; yesterday where it is not given.") { Example = "1956-10" };

    public static Parameter Quotes { get; } = new("quotes", ParameterKind.Whole, "The most quotes of an entry.") { Least = 0, Most = Limits.MostWords, Usual = UsualQuotes, Example = "1" };

    public static Parameter Words { get; } = new("q", ParameterKind.Words, "Words that must all be there; \"in quotation marks\" as they stand, sanction* for beginnings, OR between alternatives.") { Required = true, Example = "treaty" };

    public static Parameter ActorKey { get; } = new("of", ParameterKind.Words, "The key of an actor, as entries and the list of actors have it.") { Required = true, Example = "FRA" };

    public static Parameter Id { get; } = new("id", ParameterKind.Whole, "The number of an entry, as lists have it.") { InPath = true, Required = true, Least = 1, Most = long.MaxValue };

    public static Parameter Job { get; } = new("id", ParameterKind.Words, "The name of a job, as adding answers it.") { InPath = true, Required = true, Example = "0f3a9c5d1b2e4f60" };

    public static Parameter Key { get; } = new("key", ParameterKind.Words, "The key of a document.") { InPath = true, Required = true, Example = "suez-1956-e7efdc98" };

    public static Parameter Entry { get; } = new("entry", ParameterKind.Words, "A statement or event of the document's record, such as e3.") { InPath = true, Required = true, Example = "e1" };

    public static IReadOnlyList<Parameter> Actors { get; } = [Who with { Name = "actor", About = "A name, a part of one, or a key; a state stands for all of its people and bodies." }, Limit, Skip];

    public static IReadOnlyList<Parameter> Relations { get; } =
    [
        Who with { About = "Of whom: a name, a part of one, or a key." }, With with { About = "With whom." },
        new("months", ParameterKind.Truth, "Whether to tell it by month as well.") { Example = "true" }, Limit, Skip,
    ];

    public static IReadOnlyList<Parameter> Documents { get; } = [Who with { About = "Who is in them: a name, a part of one, or a key." }, From, To, new("publisher", ParameterKind.Words, "Who published them, exactly."), Limit, Skip];

    public static IReadOnlyList<Parameter> Search { get; } = [Words, Limit, Skip];

    private static Parameter Who => new("actor", ParameterKind.Words, "Somebody in any role: a name, a part of one, or a key; a state stands for all of its people and bodies.") { Example = "France" };

    private static Parameter With => new("with", ParameterKind.Words, "And somebody else in any role.") { Example = "Germany" };

    private static Parameter From => new("from", ParameterKind.Day, "The first day: 2024-04-08, 2024-04 or 2024.") { Example = "1898" };

    private static Parameter To => new("to", ParameterKind.Day, "The last day.") { Example = "1956-12" };

    /// <summary>The parameters of a view.</summary>
    public static IReadOnlyList<Parameter> Of(ArchiveView view) =>
    [
        Who, With,
        new("on", ParameterKind.Words, view == ArchiveView.Positions ? "A part of the issue's name." : "To whom it is done or said."),
        new("word-of", ParameterKind.Words, "On whose word."),
        new("type", ParameterKind.Several, TypesOf(view)),
        new("status", ParameterKind.Choices, view == ArchiveView.Positions ? "The stance; several with commas." : "The status; several with commas.") { Choices = StatusesOf(view), ChoicesName = view switch { ArchiveView.Timeline => "EventStatus", ArchiveView.Diary => "DiaryStatus", ArchiveView.Measures => "MeasureStatus", _ => "Stance" } },
        From, To,
        new("place", ParameterKind.Words, "A place, or the code of a country."),
        new("publisher", ParameterKind.Words, "Who published a report of it: a name or a part of one."),
        new("voice", ParameterKind.Choice, "claimed: what a source claims; own: what reporters say in their own voice.") { Choices = ["claimed", "own"], ChoicesName = "Voice" },
        new("contradicted", ParameterKind.Truth, "Only what some reports say happened, and others that it did not."),
        Quotes, Limit, After,
    ];

    private static string TypesOf(ArchiveView view) => view switch
    {
        ArchiveView.Timeline => "PLOVER event types, such as CONSULT,SANCTION; several with commas.",
        ArchiveView.Statements => "What is done by saying it, such as accuse,deny; several with commas.",
        ArchiveView.Diary => "visit, meeting, call, negotiation, summit, speech; several with commas.",
        ArchiveView.Measures => "Kinds of measures; several with commas.",
        ArchiveView.Positions => "Stances; several with commas.",
        _ => "denied, disputed, contradicted by deeds; several with commas.",
    };

    private static string[] StatusesOf(ArchiveView view) => view switch
    {
        ArchiveView.Timeline => ["actual", "planned", "possible", "negated"],
        ArchiveView.Diary => ["held", "planned", "expected", "cancelled"],
        ArchiveView.Measures => ["in force", "announced", "threatened", "considered", "lifted"],
        ArchiveView.Positions => ["supports", "opposes", "neutral", "ambivalent"],
        _ => [],
    };
}
