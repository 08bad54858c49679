using System.Text.Json.Serialization;

namespace Chancery.Web.Api.Shapes;

/// <summary>What all entries have: how widely they are told, and by which words.</summary>
public abstract record EntryShape
{
    /// <summary>Its number, by which it is asked for with all its words; another after it was merged anew with later reports.</summary>
    [JsonPropertyOrder(-1)]
    public required long Id { get; init; }

    /// <summary>How often, by stance or status, where reports differ; left out where they do not.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, int>? Counts { get; init; }

    /// <summary>True where some reports say that it did not happen, and others that it did; else left out.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Contradicted { get; init; }

    /// <summary><c>confirmed</c> or <c>edited</c> where a person has looked at it; else left out.</summary>
    [JsonPropertyOrder(1)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Corrected { get; init; }

    /// <summary>How many documents tell it, copies counted.</summary>
    [JsonPropertyOrder(1)]
    public required int Reports { get; init; }

    /// <summary>How many of them are no copies of each other.</summary>
    [JsonPropertyOrder(1)]
    public required int IndependentSources { get; init; }

    /// <summary>Who published them.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<string> Publishers { get; init; }

    /// <summary>The first day on which it was reported, as 2024-04-08; null where no report has a date.</summary>
    [JsonPropertyOrder(1)]
    public required string? Reported { get; init; }

    /// <summary>The words, those of the first report first.</summary>
    [JsonPropertyOrder(1)]
    public required IReadOnlyList<Quote> Evidence { get; init; }
}

/// <summary>An event: who did what to whom.</summary>
public sealed record TimelineEntry : EntryShape
{
    /// <summary>The PLOVER event type, such as CONSULT.</summary>
    public required string Type { get; init; }

    /// <summary>PLOVER's modes, such as visit.</summary>
    public required IReadOnlyList<string> Modes { get; init; }

    /// <summary>The CAMEO code; null where none fits.</summary>
    public required string? Cameo { get; init; }

    /// <summary>Who does it.</summary>
    public required IReadOnlyList<ActorName> Source { get; init; }

    /// <summary>To whom it is done.</summary>
    public required IReadOnlyList<ActorName> Target { get; init; }

    /// <summary>When, in EDTF (ISO 8601-2); null where no report says.</summary>
    public required string? Date { get; init; }

    /// <summary>Where; null where no report says.</summary>
    public required string? Place { get; init; }

    /// <summary>actual, planned, possible or negated.</summary>
    public required string? Status { get; init; }

    /// <summary>PLOVER's contexts, such as diplomatic.</summary>
    public required IReadOnlyList<string> Contexts { get; init; }

    /// <summary>From -10 (hostile) to 10 (co-operative), by PLOVER's table; left out where that has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Score { get; init; }

    /// <summary>On whose word, the outermost source first; nobody where reporters say it in their own voice.</summary>
    public required IReadOnlyList<ActorName> WordOf { get; init; }

    /// <summary>Whether it is known from a source's word only.</summary>
    public required bool Claimed { get; init; }
}

/// <summary>A statement: who said what, on whose word.</summary>
public sealed record StatementEntry : EntryShape
{
    /// <summary>Who says it.</summary>
    public required IReadOnlyList<ActorName> Speaker { get; init; }

    /// <summary>What is done by saying it: state, accuse, deny, warn, promise and so on.</summary>
    public required string Act { get; init; }

    /// <summary>To whom it is said.</summary>
    public required IReadOnlyList<ActorName> Addressees { get; init; }

    /// <summary>What is said.</summary>
    public required string? Text { get; init; }

    /// <summary>Who tells that it was said, the outermost source first.</summary>
    public required IReadOnlyList<ActorName> Via { get; init; }

    /// <summary>When, in EDTF; null where no report says.</summary>
    public required string? Date { get; init; }

    /// <summary>Where; null where no report says.</summary>
    public required string? Place { get; init; }

    /// <summary>Always null: statements have none.</summary>
    public required string? Status { get; init; }
}

/// <summary>An occasion of the diary: a visit, meeting, call, negotiation, summit or speech.</summary>
public sealed record DiaryEntry : EntryShape
{
    /// <summary>visit, meeting, call, negotiation, summit or speech.</summary>
    public required string What { get; init; }

    /// <summary>Who.</summary>
    public required IReadOnlyList<ActorName> Who { get; init; }

    /// <summary>With whom.</summary>
    public required IReadOnlyList<ActorName> With { get; init; }

    /// <summary>When, in EDTF; null where no report says.</summary>
    public required string? Date { get; init; }

    /// <summary>Where; null where no report says.</summary>
    public required string? Place { get; init; }

    /// <summary>held, planned, expected or cancelled.</summary>
    public required string? Status { get; init; }

    /// <summary>On whose word, the outermost source first.</summary>
    public required IReadOnlyList<ActorName> WordOf { get; init; }
}

/// <summary>A measure: a sanction, restriction, tariff and the like, or its lifting.</summary>
public sealed record MeasureEntry : EntryShape
{
    /// <summary>The kind of measure.</summary>
    public required string Kind { get; init; }

    /// <summary>By whom.</summary>
    public required IReadOnlyList<ActorName> By { get; init; }

    /// <summary>On whom.</summary>
    public required IReadOnlyList<ActorName> On { get; init; }

    /// <summary>When, in EDTF; null where no report says.</summary>
    public required string? Date { get; init; }

    /// <summary>Where; null where no report says.</summary>
    public required string? Place { get; init; }

    /// <summary>in force, announced, threatened, considered or lifted.</summary>
    public required string? Status { get; init; }

    /// <summary>On whose word, the outermost source first.</summary>
    public required IReadOnlyList<ActorName> WordOf { get; init; }
}

/// <summary>What an actor holds on an issue.</summary>
public sealed record PositionEntry : EntryShape
{
    /// <summary>Who holds it.</summary>
    public required IReadOnlyList<ActorName> Actor { get; init; }

    /// <summary>The issue.</summary>
    public required string? Issue { get; init; }

    /// <summary>supports, opposes, neutral or ambivalent.</summary>
    public required string? Stance { get; init; }

    /// <summary>How often it was said or done.</summary>
    public required int Times { get; init; }

    /// <summary>The first day on which it was reported; null where no report has a date.</summary>
    public required string? Since { get; init; }

    /// <summary>The last.</summary>
    public required string? Latest { get; init; }
}

/// <summary>A dispute: an accusation with its answer, or words against deeds.</summary>
public sealed record DisputeEntry : EntryShape
{
    /// <summary>denied, disputed, or contradicted by deeds; the last is a question for the reader and no verdict.</summary>
    public required string Kind { get; init; }

    /// <summary>What is claimed.</summary>
    public required string? Claim { get; init; }

    /// <summary>Who claims it.</summary>
    public required IReadOnlyList<ActorName> Claimant { get; init; }

    /// <summary>Of whom.</summary>
    public required IReadOnlyList<ActorName> Against { get; init; }

    /// <summary>The words of the answer, or of the deed.</summary>
    public required string? Answer { get; init; }

    /// <summary>Who answers, or does it.</summary>
    public required IReadOnlyList<ActorName> AnsweredBy { get; init; }
}
