using System.ComponentModel.DataAnnotations;

namespace Chancery.Web.Api.Shapes;

/// <summary>A report to be added: either its text or its address.</summary>
public sealed record NewReport
{
    /// <summary>The text.</summary>
    [StringLength(4_000_000)]
    public string? Text { get; init; }

    /// <summary>The address of a page, which is fetched.</summary>
    [StringLength(2000)]
    public string? Url { get; init; }

    /// <summary>The headline.</summary>
    [StringLength(500)]
    public string? Title { get; init; }

    /// <summary>When it was published, where it does not say: 2024-04-08, 2024-04 or 2024.</summary>
    [RegularExpression(@"^\d{4}(-\d{2}(-\d{2})?)?$")]
    public string? Published { get; init; }

    /// <summary>Who published it, where it does not say.</summary>
    [StringLength(300)]
    public string? Publisher { get; init; }
}

/// <summary>Reports on their way into the archive.</summary>
public sealed record JobShape
{
    /// <summary>Its name.</summary>
    public required string Id { get; init; }

    /// <summary>waiting, reading, done or failed.</summary>
    public required string State { get; init; }

    /// <summary>What became of each document so far.</summary>
    public required IReadOnlyList<JobStep> Steps { get; init; }
}

/// <summary>What became of one document, or of the whole job.</summary>
public sealed record JobStep
{
    /// <summary>new, copy, unread or known: what became of a document; problem: it could not be read; merged: the lists show it now.</summary>
    public required string What { get; init; }

    /// <summary>The key of the document; null where it has none.</summary>
    public required string? Document { get; init; }

    /// <summary>The code of the problem; null where there is none.</summary>
    public required string? Code { get; init; }

    /// <summary>What is wrong, and the mend; null where nothing is.</summary>
    public required string? Detail { get; init; }
}
