using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Who stands in a slot, and the words that name them.</summary>
internal sealed record Filler(IReadOnlyList<string> Actors, IReadOnlyList<TextSpan> Spans)
{
    public static Filler None { get; } = new([], []);

    /// <summary>Whether the words name a thing of theirs and not themselves.</summary>
    public bool Owned { get; init; }
}
