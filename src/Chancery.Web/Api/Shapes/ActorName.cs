namespace Chancery.Web.Api.Shapes;

/// <summary>An actor as an entry names it.</summary>
public sealed record ActorName
{
    /// <summary>The actor's key, by which all lists can be asked.</summary>
    public required string Id { get; init; }

    /// <summary>The usual name.</summary>
    public required string Name { get; init; }

    /// <summary>ISO 3166-1 alpha-3, or PLOVER's code; null where unknown.</summary>
    public required string? Country { get; init; }
}
