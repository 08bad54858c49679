namespace Chancery.Web.Api.Shapes;

/// <summary>What went wrong (RFC 9457).</summary>
public sealed record ProblemShape
{
    /// <summary>Always about:blank: the status says what kind it is.</summary>
    public required string Type { get; init; }

    /// <summary>What kind it is, in words.</summary>
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>What is wrong, and the mend.</summary>
    public required string Detail { get; init; }

    /// <summary>The code, as docs/command.md explains it.</summary>
    public required string Code { get; init; }
}
