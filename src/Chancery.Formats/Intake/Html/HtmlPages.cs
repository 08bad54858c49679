using System.Text;
using System.Text.RegularExpressions;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>Reads the report out of an HTML page. No script is run and nothing is loaded.</summary>
public static partial class HtmlPages
{
    // Pages that wait for their script say less than this: "Loading…", "Please enable JavaScript".
    private const int Shortest = 60;

    /// <summary>Reads a page.</summary>
    /// <param name="bytes">The page.</param>
    /// <param name="id">The document's id.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="mediaType">What its sender says it is; its <c>charset</c> is heard. Null where nothing was said.</param>
    /// <param name="address">Where it is from, to complete addresses in it; null where unknown.</param>
    /// <param name="options">Limits; the defaults where null.</param>
    public static (Document? Document, Problem? Problem) Read(ReadOnlySpan<byte> bytes, string id, string name, string? mediaType = null, Uri? address = null, IntakeOptions? options = null)
    {
        options ??= IntakeOptions.Default;
        var html = Decoding.Text(bytes, CharsetOf(mediaType) ?? Declared(bytes));
        var (page, problem) = PageTree.Parse(html, name, options);
        if (page is null)
            return (null, problem);
        using (page)
        {
            var said = JsonLd.Of(page);
            var facts = PageFacts.Of(page, said, address);
            var paragraphs = WithoutHead(MainText.Of(page, html, said, name, options), facts);
            if (paragraphs.Sum(p => p.Length) < Shortest)
                return (null, new("CH0321", $"{name}: no article text found on this page; save the article as text, or the page after it has loaded."));
            return (new Report(id, string.Join("\n\n", paragraphs))
            {
                Title = facts.Title, Published = facts.Published, Publisher = facts.Publisher, Authors = facts.Authors, Url = facts.Url, Language = facts.Language,
            }.ToDocument(options), null);
        }
    }

    /// <summary>A piece of HTML, such as a feed's or a database's, as text: paragraphs divided by empty lines. All of it is taken.</summary>
    /// <param name="html">The piece.</param>
    /// <param name="name">What to call it in messages.</param>
    /// <param name="options">Limits; the defaults where null.</param>
    public static (string? Text, Problem? Problem) Fragment(string html, string name, IntakeOptions? options = null)
    {
        var (page, problem) = PageTree.Parse(html, name, options ?? IntakeOptions.Default);
        if (page is null)
            return (null, problem);
        using (page)
            return (page.Body is { } body ? string.Join("\n\n", BlockText.Paragraphs(body)) : "", null);
    }

    /// <summary>The feed that a page offers by <c>&lt;link rel="alternate"&gt;</c>.</summary>
    internal static Uri? OfferedFeed(string html, Uri? address)
    {
        foreach (Match link in Links().Matches(html.Length > 1 << 18 ? html[..(1 << 18)] : html))
            if (link.Value.Contains("alternate", StringComparison.OrdinalIgnoreCase) && FeedType().IsMatch(link.Value) && Href().Match(link.Value) is { Success: true } href)
            {
                var to = System.Net.WebUtility.HtmlDecode(href.Groups[1].Value);
                if (address is null ? Uri.TryCreate(to, UriKind.RelativeOrAbsolute, out var url) : Uri.TryCreate(address, to, out url))
                    return url;
            }
        return null;
    }

    /// <summary>The text without what the page repeats above it: headline, byline, day.</summary>
    private static List<string> WithoutHead(List<string> paragraphs, PageFacts facts)
    {
        var skip = 0;
        while (skip < paragraphs.Count && skip < 6 && IsHead(paragraphs[skip], facts))
            skip++;
        return skip == paragraphs.Count ? [] : paragraphs[skip..];
    }

    private static bool IsHead(string paragraph, PageFacts facts)
    {
        if (paragraph.Length > 300)
            return false;
        if (facts.Title is { } title && paragraph.Equals(title, StringComparison.OrdinalIgnoreCase))
            return true;
        if (paragraph.Length > 150 || paragraph.EndsWith('.'))
            return false;
        return Byline().IsMatch(paragraph) || facts.Authors.Any(a => paragraph.Equals(a, StringComparison.OrdinalIgnoreCase)) || (Dated().IsMatch(paragraph) && PublishedDate.Of(Dated().Replace(paragraph, "")) is not null);
    }

    private static string? CharsetOf(string? mediaType) => mediaType is not null && Charset().Match(mediaType) is { Success: true } said ? said.Groups[1].Value : null;

    private static string? Declared(ReadOnlySpan<byte> bytes) =>
        Charset().Match(Meta().Match(Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 4096)])).Value) is { Success: true } said ? said.Groups[1].Value : null;

    [GeneratedRegex(@"(?:charset|encoding)\s*=\s*[""']?\s*([A-Za-z0-9_:\-]{2,40})", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Charset();

    [GeneratedRegex(@"<(?:meta\b[^>]{0,300}?charset|\?xml\b[^>]{0,100}?encoding)[^>]{0,100}>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Meta();

    [GeneratedRegex(@"^by:?\s+\p{Lu}[^.!?]{2,100}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Byline();

    [GeneratedRegex(@"^(?:(?:first\s+)?(?:published|updated|posted|last updated|date)\b\s*(?:on|at)?:?\s*)?(?=.{4,60}$)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Dated();

    [GeneratedRegex(@"<link\b[^>]{1,1000}>", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Links();

    [GeneratedRegex(@"application/(?:rss|atom|rdf)\+xml", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FeedType();

    [GeneratedRegex(@"\bhref\s*=\s*[""']?([^""'\s>]+)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Href();
}
