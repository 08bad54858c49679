namespace Chancery.Web.Api.Shapes;

/// <summary>Someone or something across documents.</summary>
public sealed record ActorEntry
{
    /// <summary>The key: the lexicon's, or one made of kind, name and country.</summary>
    public required string Key { get; init; }

    /// <summary>The usual name.</summary>
    public required string Name { get; init; }

    /// <summary>person, organisation, state, group or media.</summary>
    public required string Kind { get; init; }

    /// <summary>ISO 3166-1 alpha-3, or PLOVER's code; null where unknown.</summary>
    public required string? Country { get; init; }

    /// <summary>In how many documents.</summary>
    public required int Documents { get; init; }

    /// <summary>The offices in which reports show them, the most usual first.</summary>
    public required IReadOnlyList<string> Offices { get; init; }

    /// <summary>Why appearances in different documents are held to be one actor.</summary>
    public required IReadOnlyList<string> Why { get; init; }
}
