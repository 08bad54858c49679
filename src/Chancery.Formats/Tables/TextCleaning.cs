using System.Text;
using System.Xml;

namespace Chancery.Formats.Tables;

/// <summary>Makes text from outside fit where some characters may not stand.</summary>
internal static class TextCleaning
{
    /// <summary>Text on one line: each tab, end of line or other control character becomes a blank; blanks at the ends fall away.</summary>
    public static string OnOneLine(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u2028' or '\u2029')
                return string.Create(text.Length, text, static (to, from) =>
                {
                    for (var i = 0; i < to.Length; i++)
                        to[i] = char.IsControl(from[i]) || from[i] is '\u2028' or '\u2029' ? ' ' : from[i];
                }).Replace("  ", " ", StringComparison.Ordinal).Trim();
        }
        return text;
    }

    /// <summary>Text without what XML 1.0 cannot hold; each such character becomes U+FFFD.</summary>
    public static string ForXml(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var width = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]) ? 2 : 1;
            if (width == 1 && !XmlConvert.IsXmlChar(text[i]))
                (clean ??= new StringBuilder(text.Length).Append(text, 0, i)).Append('\ufffd');
            else
                clean?.Append(text, i, width);
            i += width - 1;
        }
        return clean?.ToString() ?? text;
    }
}
