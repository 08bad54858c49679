namespace Chancery.Web.Api.Shapes;

/// <summary>What is new since a day, those in most reports first.</summary>
public sealed record BriefShape
{
    /// <summary>The day, as 2024-04-08.</summary>
    public required string Since { get; init; }

    /// <summary>What happened.</summary>
    public required IReadOnlyList<TimelineEntry> Happened { get; init; }

    /// <summary>Measures.</summary>
    public required IReadOnlyList<MeasureEntry> Measures { get; init; }

    /// <summary>What was said.</summary>
    public required IReadOnlyList<StatementEntry> Said { get; init; }

    /// <summary>What is coming, the next first.</summary>
    public required IReadOnlyList<DiaryEntry> Coming { get; init; }

    /// <summary>What is disputed.</summary>
    public required IReadOnlyList<DisputeEntry> Disputed { get; init; }
}
