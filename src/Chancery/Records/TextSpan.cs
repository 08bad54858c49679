namespace Chancery.Records;

/// <summary>A stretch of a document's text, in UTF-16 units: start included, end excluded.</summary>
public readonly record struct TextSpan
{
    /// <summary>Makes a span.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The start is negative, or the end lies before it.</exception>
    public TextSpan(int start, int end)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(end, start);
        (Start, End) = (start, end);
    }

    /// <summary>The first UTF-16 unit.</summary>
    public int Start { get; }

    /// <summary>The unit after the last.</summary>
    public int End { get; }

    /// <summary>How many UTF-16 units it covers.</summary>
    public int Length => End - Start;

    /// <summary>Whether the other span lies wholly within this one.</summary>
    public bool Contains(TextSpan other) => Start <= other.Start && other.End <= End;

    /// <summary>Whether the two spans share at least one unit.</summary>
    public bool Overlaps(TextSpan other) => Start < other.End && other.Start < End;

    /// <summary>The words it covers.</summary>
    public ReadOnlySpan<char> Of(string text) => text.AsSpan(Start, Length);
}
