namespace Chancery.Records;

/// <summary>
/// Turns UTF-16 offsets into a text into offsets that count Unicode code points, as W3C Web Annotation's text positions do.
/// Any offset costs the same, however long the text. A lone surrogate counts as one.
/// </summary>
public sealed class CodePointOffsets
{
    private const int Step = 512;

    private readonly string _text;

    // Second halves of pairs before each step; null where there are no surrogates at all.
    private readonly int[]? _before;

    /// <summary>Looks through a text once.</summary>
    public CodePointOffsets(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        _text = text;
        if (text.AsSpan().IndexOfAnyInRange('\ud800', '\udfff') < 0)
            return;
        _before = new int[(text.Length / Step) + 1];
        for (var (at, halves) = (0, 0); at < text.Length; at++)
        {
            if (at % Step == 0)
                _before[at / Step] = halves;
            halves += IsSecondHalf(at) ? 1 : 0;
        }
        if (text.Length % Step == 0)
            _before[^1] = Count(_before.Length - 2, text.Length);
    }

    /// <summary>The number of code points before a UTF-16 offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the text.</exception>
    public int At(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, _text.Length);
        return _before is null ? offset : offset - Count(offset / Step, offset);
    }

    /// <summary>Second halves before an offset, counted on from a step.</summary>
    private int Count(int step, int offset)
    {
        var halves = step < 0 ? 0 : _before![step];
        for (var at = Math.Max(0, step) * Step; at < offset; at++)
            halves += IsSecondHalf(at) ? 1 : 0;
        return halves;
    }

    private bool IsSecondHalf(int at) => at > 0 && char.IsSurrogatePair(_text[at - 1], _text[at]);
}
