namespace Chancery.Records;

/// <summary>
/// Turns UTF-16 offsets into a text into offsets that count Unicode code points, as W3C Web Annotation's text positions do.
/// Walks along with offsets that mostly grow, so a whole document costs one pass. A lone surrogate counts as one.
/// </summary>
public struct CodePointCursor(string text)
{
    private int _utf16, _codePoints;

    /// <summary>The number of code points before a UTF-16 offset.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The offset lies outside the text.</exception>
    public int At(int offset)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(offset, text.Length);
        for (; _utf16 < offset; _utf16++)
        {
            if (!IsSecondHalf(_utf16))
                _codePoints++;
        }
        for (; _utf16 > offset; _utf16--)
        {
            if (!IsSecondHalf(_utf16 - 1))
                _codePoints--;
        }
        return _codePoints;
    }

    private readonly bool IsSecondHalf(int at) => at > 0 && char.IsSurrogatePair(text[at - 1], text[at]);
}
