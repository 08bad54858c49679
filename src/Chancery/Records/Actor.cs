namespace Chancery.Records;

/// <summary>Someone or something that says or does things, once each however it is called.</summary>
/// <param name="Id">Unique within its record.</param>
/// <param name="Name">Its fullest name in the text, or the usual one where it is known.</param>
/// <param name="Kind">What it is.</param>
public sealed record Actor(string Id, string Name, Lexicon.ActorKind Kind)
{
    /// <summary>ISO 3166-1 alpha-3 or one of PLOVER's extra codes; null where neither text nor lexicon shows one.</summary>
    public string? Country { get; init; }

    /// <summary>PLOVER sectors, the most fitting first.</summary>
    public IReadOnlyList<string> Sectors { get; init; } = [];

    /// <summary>The office on the document's date, such as <c>foreign minister</c>; null where there is none.</summary>
    public string? Office { get; init; }

    /// <summary>Its key in the lexicon; null where it is unknown to it.</summary>
    public string? Known { get; init; }

    /// <summary>Of an actor that stands for two ("both sides"), the two; none for others.</summary>
    public IReadOnlyList<string> Members { get; init; } = [];

    /// <summary>Where the text speaks of it; never empty.</summary>
    public required IReadOnlyList<TextSpan> Mentions { get; init; }
}
