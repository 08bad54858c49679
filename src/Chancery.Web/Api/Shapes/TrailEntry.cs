namespace Chancery.Web.Api.Shapes;

/// <summary>A correction, with the document to which it belongs.</summary>
public sealed record TrailEntry
{
    /// <summary>The key of the document.</summary>
    public required string Document { get; init; }

    /// <summary>What was decided.</summary>
    public required CorrectionShape Correction { get; init; }
}

/// <summary>That an actor is held to be another.</summary>
public sealed record HeldIdentity
{
    /// <summary>The key of the actor.</summary>
    public required string Of { get; init; }

    /// <summary>The key of the actor that it is held to be; null where that was taken back.</summary>
    public required string? SameAs { get; init; }

    /// <summary>Who said so last.</summary>
    public required string By { get; init; }

    /// <summary>When, in ISO 8601.</summary>
    public required string At { get; init; }
}
