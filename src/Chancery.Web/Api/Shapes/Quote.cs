namespace Chancery.Web.Api.Shapes;

/// <summary>Words of a report on which an entry rests.</summary>
public sealed record Quote
{
    /// <summary>The key of the document.</summary>
    public required string Document { get; init; }

    /// <summary>The address of the document.</summary>
    public required string Address { get; init; }

    /// <summary>Its headline; null where it has none.</summary>
    public required string? Title { get; init; }

    /// <summary>Who published it; null where it does not say.</summary>
    public required string? Publisher { get; init; }

    /// <summary>When, in EDTF; null where it does not say.</summary>
    public required string? Published { get; init; }

    /// <summary>Where it was published; null where it has no address of its own.</summary>
    public required string? Url { get; init; }

    /// <summary>Where the words begin in the document's text, in Unicode code points.</summary>
    public required int Start { get; init; }

    /// <summary>Where they end; the code point there is no longer part of them.</summary>
    public required int End { get; init; }

    /// <summary>The words.</summary>
    public required string Text { get; init; }

    /// <summary>The statement or event of the document's record that they show, such as <c>e3</c>; null where they show none.</summary>
    public required string? Entry { get; init; }
}
