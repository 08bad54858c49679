using Chancery.Views;

namespace Chancery.Archive;

/// <summary>An entry of a view over all its reports.</summary>
/// <param name="Id">Its number in the archive, which it keeps when more reports of it come in.</param>
/// <param name="Kind">Type of an event, kind of a measure or dispute, act of a statement, occasion of the diary, stance.</param>
public sealed record ArchiveEntry(long Id, string Kind)
{
    /// <summary>The status or stance; null where there is none.</summary>
    public string? Status { get; init; }

    /// <summary>Who does, says, holds or claims it.</summary>
    public IReadOnlyList<ViewActor> Who { get; init; } = [];

    /// <summary>To whom, with whom, against whom.</summary>
    public IReadOnlyList<ViewActor> With { get; init; } = [];

    /// <summary>On whose word, the outermost source first; of a dispute, who answers.</summary>
    public IReadOnlyList<ViewActor> WordOf { get; init; } = [];

    /// <summary>When, in EDTF; null where no report says.</summary>
    public string? Date { get; init; }

    /// <summary>The day by which it is sorted: its first, or that of the report; null where neither is known.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>Where.</summary>
    public string? Place { get; init; }

    /// <summary>ISO 3166-1 alpha-3 of the place.</summary>
    public string? PlaceCountry { get; init; }

    /// <summary>Degrees north and east (WGS 84).</summary>
    public (double Latitude, double Longitude)? Position { get; init; }

    /// <summary>PLOVER's modes.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>PLOVER's contexts.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>The CAMEO code.</summary>
    public string? Cameo { get; init; }

    /// <summary>From -10 to 10.</summary>
    public double? Score { get; init; }

    /// <summary>What is said or claimed; the issue of a position.</summary>
    public string? Text { get; init; }

    /// <summary>The answer to a claim, or the deed.</summary>
    public string? Answer { get; init; }

    /// <summary>Whether it is known from a source's word only; null where that makes no sense.</summary>
    public bool? Claimed { get; init; }

    /// <summary>Whether some reports say that it did not happen, and others that it did.</summary>
    public bool Contradicted { get; init; }

    /// <summary>How often, by stance or status, where reports differ.</summary>
    public IReadOnlyDictionary<string, int> Counts { get; init; } = new Dictionary<string, int>();

    /// <summary>Of a position that changed: how it was at first, and how since; empty where it was always the same.</summary>
    public IReadOnlyList<StancePeriod> Course { get; init; } = [];

    /// <summary><c>confirmed</c> or <c>edited</c> where a person has looked at it.</summary>
    public string? Corrected { get; init; }

    /// <summary>How many documents tell it, copies counted.</summary>
    public int Reports { get; init; }

    /// <summary>How many of them are no copies of each other.</summary>
    public int Sources { get; init; }

    /// <summary>Who published them.</summary>
    public IReadOnlyList<string> Publishers { get; init; } = [];

    /// <summary>The first day on which it was reported; null where no report has a date.</summary>
    public DateOnly? Since { get; init; }

    /// <summary>The words, the first report first; not of all reports where there are many.</summary>
    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>An entry of the diary as calendars take it.</summary>
    public DiaryItem ToDiaryItem() => new(
        Kind, Who, With, Date, Place,
        Status switch { "held" => DiaryStatus.Held, "planned" => DiaryStatus.Planned, "cancelled" => DiaryStatus.Cancelled, _ => DiaryStatus.Expected }, WordOf, Evidence);
}

/// <summary>How a position was for a time.</summary>
/// <param name="Stance">supports, opposes, neutral or ambivalent.</param>
/// <param name="Since">The first day on which it was reported; null where no report has a date.</param>
/// <param name="Until">The last.</param>
/// <param name="Times">How often.</param>
public sealed record StancePeriod(string Stance, DateOnly? Since, DateOnly? Until, int Times);

/// <summary>Someone or something across documents.</summary>
/// <param name="Key">The lexicon's key, or one made of kind, name and country.</param>
/// <param name="Name">The usual name.</param>
/// <param name="Kind">person, organisation, state, group or media.</param>
/// <param name="Country">ISO 3166-1 alpha-3 or PLOVER's.</param>
/// <param name="Documents">In how many documents.</param>
/// <param name="Offices">The offices in which reports show them.</param>
/// <param name="Why">What made one of its appearances, in words.</param>
public sealed record ArchiveActor(string Key, string Name, string Kind, string? Country, int Documents, IReadOnlyList<string> Offices, IReadOnlyList<string> Why);

/// <summary>A document of the archive.</summary>
/// <param name="Key">By what it goes.</param>
/// <param name="Title">The headline.</param>
/// <param name="Publisher">Who published it.</param>
/// <param name="Published">EDTF.</param>
/// <param name="Url">Where it can be read.</param>
/// <param name="Language">ISO 639-1.</param>
/// <param name="Statements">How many statements it has.</param>
/// <param name="Events">How many events.</param>
/// <param name="Copies">How many copies of it there are.</param>
/// <param name="CopyOf">The key of that of which it is a copy.</param>
/// <param name="Note">Why it was not read.</param>
public sealed record ArchiveDocument(
    string Key, string? Title, string? Publisher, string? Published, string? Url, string Language, int Statements, int Events, int Copies, string? CopyOf, string? Note)
{
    /// <summary>Where the words looked for stand; null where none were.</summary>
    public string? Passage { get; init; }
}

/// <summary>Co-operation and conflict of two actors.</summary>
/// <param name="One">One of them.</param>
/// <param name="Other">The other.</param>
/// <param name="Events">How many events.</param>
/// <param name="Sum">The sum of their scores, each from -10 (hostile) to 10 (co-operative).</param>
public sealed record Relation(ViewActor One, ViewActor Other, long Events, double Sum)
{
    /// <summary>By month, in order; empty where all time was asked for.</summary>
    public IReadOnlyList<RelationMonth> Months { get; init; } = [];

    /// <summary>The mean score.</summary>
    public double Mean => Events == 0 ? 0 : Sum / Events;
}

/// <summary>One month of a relation.</summary>
/// <param name="Month">EDTF, such as <c>2024-04</c>.</param>
/// <param name="Events">How many events.</param>
/// <param name="Sum">The sum of their scores.</param>
/// <param name="ByType">How many events of each PLOVER type.</param>
public sealed record RelationMonth(string Month, long Events, double Sum, IReadOnlyDictionary<string, long> ByType);
