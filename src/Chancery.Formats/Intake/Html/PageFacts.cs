using AngleSharp.Dom;

namespace Chancery.Formats.Intake;

/// <summary>What a page says of itself: headline, day, publisher, authors, address, language.</summary>
internal sealed record PageFacts(string? Title, string? Published, string? Publisher, IReadOnlyList<string> Authors, string? Url, string? Language)
{
    /// <summary>Reads JSON-LD first, then OpenGraph and its kin, then what is marked in the text.</summary>
    public static PageFacts Of(IDocument page, JsonLd? said, Uri? address)
    {
        var metas = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var meta in page.QuerySelectorAll("meta[content]").Take(500))
            if ((meta.GetAttribute("property") ?? meta.GetAttribute("name") ?? meta.GetAttribute("itemprop")) is { } name && Report.Absent(meta.GetAttribute("content")) is { Length: < 2000 } content)
                metas.TryAdd(name.Trim(), content);
        string? Meta(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
                if (metas.GetValueOrDefault(name) is { } value)
                    return value;
            return null;
        }

        var site = said?.Publisher ?? Meta("og:site_name", "publisher", "citation_publisher", "dc.publisher", "application-name");
        var url = Web(page.QuerySelector("link[rel~=canonical]")?.GetAttribute("href"), address) ?? Web(Meta("og:url"), address) ?? Web(said?.Url, address) ?? address?.AbsoluteUri;
        var published = FirstDate([said?.Published, Meta("article:published_time", "og:published_time"), Meta("datePublished", "date", "pubdate", "publishdate", "parsely-pub-date", "dc.date", "dc.date.issued", "dcterms.created", "sailthru.date", "citation_publication_date"), .. Times(page)]);
        var authors = said?.Authors is { Count: > 0 } named ? named
            : Report.Names(Meta("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author")) is { Count: > 0 } meant ? meant
            : Report.Names(Short(page.QuerySelector("[rel~=author], [itemprop=author], .byline .author, .author-name")));
        return new(TitleOf(page, said, Meta("og:title", "twitter:title", "dc.title"), site, url), published, site, authors, url,
            page.DocumentElement?.GetAttribute("lang") is { Length: > 0 } lang ? lang : page.DocumentElement?.GetAttribute("xml:lang") ?? said?.Language ?? Meta("og:locale", "content-language"));
    }

    private static string? FirstDate(IEnumerable<string?> written) => written.Select(PublishedDate.Of).FirstOrDefault(d => d is not null);

    private static IEnumerable<string?> Times(IDocument page) =>
        page.QuerySelectorAll("[itemprop=datePublished], time[pubdate], article time[datetime], header time[datetime], main time[datetime], time[datetime]").Take(5)
            .OrderByDescending(t => t.GetAttribute("itemprop") == "datePublished" || t.HasAttribute("pubdate"))
            .Select(t => t.GetAttribute("datetime") ?? t.GetAttribute("content") ?? Short(t));

    private static string? Short(IElement? element) => element is not null && element.TextContent.Trim() is { Length: > 0 and < 120 } text ? text : null;

    private static string? Web(string? href, Uri? address) =>
        Report.Absent(href) is { Length: < 2000 } given && (address is null ? Uri.TryCreate(given, UriKind.Absolute, out var url) : Uri.TryCreate(address, given, out url)) && url.Scheme is "http" or "https"
            ? url.AbsoluteUri : null;

    private static string? TitleOf(IDocument page, JsonLd? said, string? social, string? site, string? url)
    {
        var headings = page.QuerySelectorAll("h1").Take(4).Select(h => string.Join(' ', BlockText.Paragraphs(h))).Where(t => t.Length is > 3 and < 300).ToList();
        var (heading, window) = (headings.Count == 1 ? headings[0] : null, Report.Absent(page.Title));
        var title = said?.Headline ?? social ?? heading ?? window ?? headings.FirstOrDefault();
        if (title is null)
            return null;
        title = Decode(title);
        return headings.FirstOrDefault(h => h.Length >= 12 && title.StartsWith(h, StringComparison.OrdinalIgnoreCase)) ?? WithoutSite(title, site, url);
    }

    // Some sites encode their entities twice.
    private static string Decode(string title) => title.Contains('&', StringComparison.Ordinal) && title.Contains(';', StringComparison.Ordinal) ? System.Net.WebUtility.HtmlDecode(title) : title;

    /// <summary>"Envoys meet | The Courier" without the site: after a bar always, after a dash where it is the site's name.</summary>
    private static string WithoutSite(string title, string? site, string? url)
    {
        var host = Uri.TryCreate(url, UriKind.Absolute, out var address) ? Bare(address.Host.Replace("www.", "", StringComparison.OrdinalIgnoreCase)) : "";
        while (true)
        {
            var (at, length) = ((string[])[" | ", " – ", " — ", " - ", " · ", " :: ", " » "]).Select(d => (title.LastIndexOf(d, StringComparison.Ordinal), d.Length)).MaxBy(d => d.Item1);
            if (at < 8)
                return title;
            var name = Bare(title[(at + length)..]);
            var isSite = name.Length > 1 && ((site is not null && (Bare(site).Contains(name, StringComparison.Ordinal) || name.Contains(Bare(site), StringComparison.Ordinal))) || (name.Length > 3 && host.StartsWith(name, StringComparison.Ordinal)));
            var isBar = title[at + 1] is '|' or '·' or ':' or '»' && title.Length - at < 50 && at > title.Length - at;
            if (!isSite && !isBar)
                return title;
            title = title[..at].TrimEnd();
        }
    }

    private static string Bare(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
