using System.Text.Json;
using AngleSharp.Dom;

namespace Chancery.Formats.Intake;

/// <summary>What a page says of its article in schema.org's JSON-LD.</summary>
internal sealed record JsonLd
{
    public string? Headline { get; private init; }
    public string? Body { get; private init; }
    public string? Published { get; private init; }
    public string? Publisher { get; private init; }
    public string? Url { get; private init; }
    public string? Language { get; private init; }
    public IReadOnlyList<string> Authors { get; private init; } = [];

    private static readonly HashSet<string> Articles = new(StringComparer.Ordinal)
    {
        "NewsArticle", "Article", "ReportageNewsArticle", "AnalysisNewsArticle", "BackgroundNewsArticle", "OpinionNewsArticle", "ReviewNewsArticle",
        "AskPublicNewsArticle", "BlogPosting", "LiveBlogPosting", "Report", "SocialMediaPosting", "AdvertiserContentArticle", "SatiricalArticle",
    };

    /// <summary>The first article of the page; null where it says nothing.</summary>
    public static JsonLd? Of(IDocument page)
    {
        foreach (var script in page.QuerySelectorAll("script[type]").Where(s => s.GetAttribute("type")!.Contains("ld+json", StringComparison.OrdinalIgnoreCase)).Take(50))
        {
            try
            {
                var text = script.TextContent.Trim().Trim(';');
                if (text.StartsWith("<!--", StringComparison.Ordinal))
                    text = text[4..].Replace("-->", "", StringComparison.Ordinal);
                // Line ends inside strings are a fault that many sites have.
                using var json = JsonDocument.Parse(text.Replace('\n', ' ').Replace('\r', ' ').Replace('\t', ' '),
                    new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip, MaxDepth = 64 });
                if (Find(json.RootElement, 0) is { } article)
                    return Read(article, json.RootElement);
            }
            catch (JsonException)
            {
                // A page whose JSON is broken still has its words.
            }
        }
        return null;
    }

    private static JsonElement? Find(JsonElement at, int depth)
    {
        if (depth > 8)
            return null;
        if (at.ValueKind == JsonValueKind.Array)
            return at.EnumerateArray().Select(i => Find(i, depth + 1)).FirstOrDefault(f => f is not null);
        if (at.ValueKind != JsonValueKind.Object)
            return null;
        if (Types(at).Any(Articles.Contains))
            return at;
        foreach (var inner in (string[])["@graph", "mainEntity", "mainEntityOfPage", "hasPart"])
            if (at.TryGetProperty(inner, out var value) && Find(value, depth + 1) is { } found)
                return found;
        return null;
    }

    private static IEnumerable<string> Types(JsonElement at)
    {
        if (!at.TryGetProperty("@type", out var type))
            return [];
        IEnumerable<JsonElement> all = type.ValueKind == JsonValueKind.Array ? type.EnumerateArray() : [type];
        return all.Where(t => t.ValueKind == JsonValueKind.String).Select(t => Last(JsonFiles.Text(t) ?? ""));
    }

    private static string Last(string type) => type[(type.LastIndexOfAny([':', '/', '#']) + 1)..];

    private static JsonLd Read(JsonElement article, JsonElement root) => new()
    {
        Headline = Text(article, "headline") ?? Text(article, "name"),
        Body = Text(article, "articleBody"),
        Published = Text(article, "datePublished") ?? Text(article, "dateCreated"),
        Publisher = Names(article, "publisher", root).FirstOrDefault() ?? Names(article, "sourceOrganization", root).FirstOrDefault(),
        Url = Text(article, "url") ?? Address(article),
        Language = Text(article, "inLanguage"),
        Authors = [.. Names(article, "author", root)],
    };

    private static string? Address(JsonElement article) =>
        article.TryGetProperty("mainEntityOfPage", out var page)
            ? page.ValueKind == JsonValueKind.String ? JsonFiles.Text(page) : page.ValueKind == JsonValueKind.Object ? Text(page, "@id") : null
            : null;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? Report.Absent(JsonFiles.Text(value)) : null;

    /// <summary>Names of persons and bodies, given as strings, objects, lists of these, or ids of objects elsewhere in the graph.</summary>
    private static IEnumerable<string> Names(JsonElement item, string name, JsonElement root)
    {
        if (!item.TryGetProperty(name, out var value))
            return [];
        IEnumerable<JsonElement> all = value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : [value];
        return all.SelectMany(v => v.ValueKind switch
        {
            JsonValueKind.String => Report.Names(JsonFiles.Text(v)),
            JsonValueKind.Object when (Text(v, "name") ?? (Text(v, "@id") is { } id ? NameOf(id, root) : null)) is { } one => [one],
            _ => (IReadOnlyList<string>)[],
        }).Where(n => n.Length < 200).Distinct(StringComparer.OrdinalIgnoreCase).Take(20);
    }

    private static string? NameOf(string id, JsonElement root)
    {
        var graph = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("@graph", out var g) ? g : root;
        if (graph.ValueKind != JsonValueKind.Array)
            return null;
        foreach (var item in graph.EnumerateArray())
            if (item.ValueKind == JsonValueKind.Object && Text(item, "@id") == id)
                return Text(item, "name");
        return null;
    }
}
