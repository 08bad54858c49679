using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>The XML of a feed, mended where feeds are usually broken.</summary>
internal static partial class FeedXml
{
    public static (string? Xml, Problem? Problem) Mended(byte[] bytes, Uri address)
    {
        var declared = Declaration().Match(Encoding.Latin1.GetString(bytes, 0, Math.Min(bytes.Length, 400))) is { Success: true } d ? d.Groups[1].Value : null;
        var text = Decoding.Text(bytes, declared);
        var start = text.IndexOf('<', StringComparison.Ordinal);
        if (start < 0 || text.AsSpan(0, start).Trim().Length > 200)
            return (null, new("CH0350", $"{address}: not XML; check that the address is a feed's."));
        text = Prolog().Replace(text[start..], "", 1);
        if (Html().IsMatch(text))
        {
            var offered = HtmlPages.OfferedFeed(text, address);
            return (null, new("CH0351", offered is null
                ? $"{address}: a web page and no feed; look on the page for its RSS or Atom feed."
                : $"{address}: a web page and no feed; the page offers the feed {offered}."));
        }
        // Netscape's RSS 0.91 names a document type, which is harmless; declarations inside are not.
        if (DocumentType().Match(text) is { Success: true } type)
        {
            if (type.Value.Contains('[', StringComparison.Ordinal) || type.Value.Contains("<!ENTITY", StringComparison.OrdinalIgnoreCase))
                return (null, new("CH0354", $"{address}: declares entities of its own, which is refused for safety; ask the publisher for a plain feed."));
            text = text.Remove(type.Index, type.Length);
        }
        return (WithoutControls(Mend(text)), null);
    }

    /// <summary>HTML's entities become letters, bare ampersands are escaped; CDATA sections stay as they are.</summary>
    private static string Mend(string text)
    {
        var mended = new StringBuilder(text.Length);
        var at = 0;
        while (at < text.Length)
        {
            var cdata = text.IndexOf("<![CDATA[", at, StringComparison.Ordinal);
            var end = cdata < 0 ? text.Length : cdata;
            mended.Append(Ampersand().Replace(text[at..end], Letter));
            if (cdata < 0)
                break;
            var close = text.IndexOf("]]>", cdata, StringComparison.Ordinal);
            at = close < 0 ? text.Length : close + 3;
            mended.Append(text, cdata, at - cdata);
        }
        return mended.ToString();
    }

    private static string Letter(Match match)
    {
        var entity = match.Value;
        if (entity is "&amp;" or "&lt;" or "&gt;" or "&quot;" or "&apos;")
            return entity;
        if (entity.Length == 1)
            return "&amp;";
        var letter = WebUtility.HtmlDecode(entity);
        return letter == entity || letter.Any(char.IsControl) && letter is not ("\n" or "\t" or "\r") ? "&amp;" + entity[1..] : letter is "<" ? "&lt;" : letter is "&" ? "&amp;" : letter;
    }

    private static string WithoutControls(string text) =>
        text.AsSpan().IndexOfAnyInRange('\0', '\u0008') < 0 && text.AsSpan().IndexOfAnyInRange('\u000B', '\u001F') < 0 && text.AsSpan().IndexOfAny('\uFFFE', '\uFFFF') < 0
            ? text : string.Concat(text.Where(c => c is '\t' or '\n' or '\r' || (c >= ' ' && c is not ('\uFFFE' or '\uFFFF'))));

    [GeneratedRegex(@"<\?xml\b[^>]{0,200}?encoding\s*=\s*[""']([A-Za-z0-9_\-:.]{1,40})[""']", RegexOptions.CultureInvariant)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\A\s*<\?xml\b[^>]{0,400}\?>\s*", RegexOptions.CultureInvariant)]
    private static partial Regex Prolog();

    [GeneratedRegex(@"\A(?:\s|<!--.{0,2000}?-->)*<(?:!doctype\s+html|html)\b", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Html();

    [GeneratedRegex(@"<!DOCTYPE[^>\[]{0,500}(?:\[|>)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DocumentType();

    [GeneratedRegex(@"&(?:#[0-9]{1,7};|#[xX][0-9A-Fa-f]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)?", RegexOptions.CultureInvariant)]
    private static partial Regex Ampersand();
}
