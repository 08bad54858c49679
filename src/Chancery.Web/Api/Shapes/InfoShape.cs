namespace Chancery.Web.Api.Shapes;

/// <summary>How much is in the archive.</summary>
public sealed record InfoShape
{
    /// <summary>The number of the archive's format.</summary>
    public required int Format { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Bytes { get; init; }

    /// <summary>How many documents.</summary>
    public required long Documents { get; init; }

    /// <summary>How many of them are copies of others.</summary>
    public required long Copies { get; init; }

    /// <summary>How many were not read.</summary>
    public required long Unread { get; init; }

    /// <summary>How many actors.</summary>
    public required long Actors { get; init; }

    /// <summary>How many statements.</summary>
    public required long Statements { get; init; }

    /// <summary>How many tellings of events.</summary>
    public required long Tellings { get; init; }

    /// <summary>How many events these come to.</summary>
    public required long Events { get; init; }

    /// <summary>How many corrections.</summary>
    public required long Corrections { get; init; }

    /// <summary>How many groups of entries wait to be merged; until they are, lists are behind.</summary>
    public required long Waiting { get; init; }
}
