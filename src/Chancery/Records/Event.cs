namespace Chancery.Records;

/// <summary>Whether something happened.</summary>
public enum EventStatus
{
    /// <summary>It happened, or happens.</summary>
    Actual,

    /// <summary>It is announced or intended.</summary>
    Planned,

    /// <summary>It may happen, or is wished for or feared.</summary>
    Possible,

    /// <summary>It is said not to have happened.</summary>
    Negated,
}

/// <summary>Who did what to whom.</summary>
/// <param name="Id">Unique within its record.</param>
/// <param name="Type">A PLOVER event type, such as <c>CONSULT</c>.</param>
/// <param name="Status">Whether it happened.</param>
/// <param name="Spans">The words that show it.</param>
public sealed record Event(string Id, string Type, EventStatus Status, EventSpans Spans)
{
    /// <summary>The PLOVER modes, such as <c>visit</c>.</summary>
    public IReadOnlyList<string> Modes { get; init; } = [];

    /// <summary>The CAMEO code; null where none fits.</summary>
    public string? Cameo { get; init; }

    /// <summary>The actors who do it.</summary>
    public IReadOnlyList<string> Source { get; init; } = [];

    /// <summary>The actors to whom it is done.</summary>
    public IReadOnlyList<string> Target { get; init; } = [];

    /// <summary>The statement that claims it; null where the reporter does.</summary>
    public string? Statement { get; init; }

    /// <summary>When; null where the text does not say.</summary>
    public TextDate? Date { get; init; }

    /// <summary>Where; null where the text does not say.</summary>
    public EventPlace? Place { get; init; }

    /// <summary>What it is about, in PLOVER's contexts, such as <c>economic</c>; those that the sentence names first come first.</summary>
    public IReadOnlyList<string> Contexts { get; init; } = [];

    /// <summary>How co-operative (to 10) or hostile (to -10) it is, by PLOVER's table; null where that has no score.</summary>
    public double? Score { get; init; }

    /// <summary>The frame of the lexicon that coded it.</summary>
    public string? Why { get; init; }

    /// <summary>How sure the reading is, from 0 to 1.</summary>
    public double Confidence { get; init; } = 1;
}

/// <summary>The words of an event.</summary>
/// <param name="Trigger">Those that name what is done; never empty.</param>
/// <param name="Source">Those that name who does it.</param>
/// <param name="Target">Those that name to whom it is done.</param>
/// <param name="Sentence">The sentence in which it stands.</param>
public sealed record EventSpans(IReadOnlyList<TextSpan> Trigger, IReadOnlyList<TextSpan> Source, IReadOnlyList<TextSpan> Target, TextSpan Sentence);

/// <summary>Where an event happens.</summary>
/// <param name="Name">The usual name.</param>
/// <param name="Country">ISO 3166-1 alpha-3.</param>
public sealed record EventPlace(string Name, string Country)
{
    /// <summary>Degrees north (WGS 84); null for a country.</summary>
    public double? Latitude { get; init; }

    /// <summary>Degrees east (WGS 84); null for a country.</summary>
    public double? Longitude { get; init; }

    /// <summary>The number in GeoNames; null for a country.</summary>
    public int? GeoNames { get; init; }
}
