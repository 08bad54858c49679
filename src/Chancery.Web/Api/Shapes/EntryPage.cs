namespace Chancery.Web.Api.Shapes;

/// <summary>A page of a list.</summary>
public sealed record EntryPage<T>
{
    /// <summary>The entries, in the list's order.</summary>
    public required IReadOnlyList<T> Entries { get; init; }

    /// <summary>The address of the next page; null on the last one. The header Link says the same.</summary>
    public required string? Next { get; init; }
}
