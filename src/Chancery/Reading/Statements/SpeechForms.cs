using System.Buffers;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>Tells how words are given by the quotation marks in and around them.</summary>
internal static class SpeechForms
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("\"\u201c\u201d\u00ab\u00bb\u201e");

    /// <summary>The form of what is said.</summary>
    public static SpeechForm Of(string text, IReadOnlyList<TextSpan> content)
    {
        if (content.All(span => IsQuoted(text, span)))
            return SpeechForm.Direct;
        return content.Any(span => HasQuotation(text, span)) ? SpeechForm.Mixed : SpeechForm.Indirect;
    }

    /// <summary>Whether a stretch stands in quotation marks from end to end, whether or not it takes them in.</summary>
    private static bool IsQuoted(string text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        // British papers quote with single marks, which also stand for apostrophes: only the opening one is sure.
        if ((text[start] == '\u2018' || (start > 0 && text[start - 1] == '\u2018')) && (text[end - 1] == '\u2019' || (end < text.Length && text[end] == '\u2019')) && !text.AsSpan(start + 1, Math.Max(0, end - start - 2)).Contains('\u2018'))
            return true;
        var opens = IsMark(text[start]) || (start > 0 && IsMark(text[start - 1]));
        var closes = IsMark(text[end - 1]) || (end < text.Length && IsMark(text[end])) || (end + 1 < text.Length && IsMark(text[end + 1]));
        return opens && closes && !HasMark(text.AsSpan(start + 1, Math.Max(0, end - start - 2)));
    }

    private static bool HasQuotation(string text, TextSpan span)
    {
        var words = span.Of(text);
        if (HasMark(words))
            return true;
        // Single marks open after a blank and close before one; an apostrophe does not.
        for (var i = 0; i + 2 < words.Length; i++)
        {
            if (words[i] is '\'' or '\u2018' && (i == 0 || words[i - 1] == ' ') && char.IsLetter(words[i + 1]) && words[(i + 2)..].IndexOfAny('\'', '\u2019') >= 0)
                return true;
        }
        return false;
    }

    private static bool HasMark(ReadOnlySpan<char> words) => words.IndexOfAny(Marks) >= 0;

    private static bool IsMark(char c) => Marks.Contains(c);
}
