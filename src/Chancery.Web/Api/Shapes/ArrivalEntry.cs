namespace Chancery.Web.Api.Shapes;

/// <summary>A document that came into the archive.</summary>
public sealed record ArrivalEntry
{
    /// <summary>Its place in the order in which documents came.</summary>
    public required long Place { get; init; }

    /// <summary>The document.</summary>
    public required DocumentEntry Document { get; init; }
}

/// <summary>Documents in the order in which they came.</summary>
public sealed record ArrivalPage
{
    /// <summary>The documents, the first first.</summary>
    public required IReadOnlyList<ArrivalEntry> Entries { get; init; }

    /// <summary>The address of the next page; null where no more have come. The header Link says the same.</summary>
    public required string? Next { get; init; }

    /// <summary>The address at which those that come after these will be.</summary>
    public required string Later { get; init; }
}
