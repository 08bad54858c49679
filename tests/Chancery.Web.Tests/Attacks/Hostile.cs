using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Chancery.Records;
using Xunit;
using Record = Chancery.Records.Record;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Words that want to be more than words, and what a page must not have made of them.</summary>
internal static class Hostile
{
    /// <summary>Breaks out of text, attributes in either quotation marks, scripts, comments and titles, where it is let.</summary>
    public const string Words = "\"'><xss-probe onclick=alert(1)></xss-probe></script></title></textarea>--><script>alert('xss-probe')</script><img src=x onerror=alert(1)>";

    /// <summary>An address that runs a script where a page makes a link of it.</summary>
    public const string Address = "javascript:alert('xss-probe')";

    /// <summary>Everything about a record that whoever wrote it chooses.</summary>
    public static Record Of(Record record) => record with
    {
        Document = record.Document with { Title = Words, Publisher = Words, Url = Address, Authors = [Words] },
        Actors = [.. record.Actors.Select((a, i) => a with { Name = $"{Words} {i}", Office = Words, Country = a.Country })],
        Events = [.. record.Events.Select(e => e with { Place = new(Words, "FRA") { Latitude = 48.8, Longitude = 2.3 }, Contexts = [Words], Modes = [Words], Why = Words })],
    };

    /// <summary>Says that a page holds nothing that was not ours.</summary>
    public static async Task IsHarmlessAsync(HttpResponseMessage answer, string where)
    {
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        // What is no HTTP is refused before anything of ours sees it, without a word.
        if (answer.StatusCode == System.Net.HttpStatusCode.BadRequest && body.Length == 0)
            return;
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.True(policy.Contains("default-src 'none'", StringComparison.Ordinal) && !policy.Contains("unsafe", StringComparison.Ordinal) && !policy.Contains('*', StringComparison.Ordinal), where);
        Assert.Equal("nosniff", string.Join(' ', answer.Headers.GetValues("X-Content-Type-Options")));
        if (answer.Content.Headers.ContentType?.MediaType is not "text/html")
        {
            // Nothing else is run or rendered by a browser, since it may not guess.
            Assert.True(answer.Content.Headers.ContentType is null or { MediaType: "application/json" or "application/problem+json" or "application/jsonl" or "text/plain" or "text/csv" or "text/tab-separated-values" or "text/markdown" or "text/calendar" or "application/vnd.apache.parquet" or "text/event-stream" or "application/geo+json" or "application/octet-stream" or "text/css" or "font/woff2" or "image/svg+xml" or "text/javascript" }, $"{where}: {answer.Content.Headers.ContentType}");
            return;
        }
        var page = await new HtmlParser().ParseDocumentAsync(body, TestContext.Current.CancellationToken);
        foreach (var element in page.All)
            Assert.True(Fault(element) is null, $"{where}: {Fault(element)} in {element.OuterHtml[..Math.Min(300, element.OuterHtml.Length)]}");
    }

    private static string? Fault(IElement element) => element switch
    {
        _ when element.LocalName is "xss-probe" or "iframe" or "object" or "embed" or "base" or "frame" or "applet" or "style" => "an element that is not ours",
        IHtmlScriptElement script when !(script.Source is { } source ? source.StartsWith("/assets/", StringComparison.Ordinal) && script.TextContent.Length == 0 : script.Type == "application/json") => "a script that is not ours",
        IHtmlMetaElement { HttpEquivalent: not null } => "a meta element that acts",
        _ when element.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.OrdinalIgnoreCase) || a.Name.StartsWith("hx-on", StringComparison.OrdinalIgnoreCase)) => "an attribute that acts",
        _ when element.Attributes.Any(a => a.Name == "style") => "a style that is not ours",
        _ when element.Attributes.FirstOrDefault(a => a.Name is "href" or "src" or "action" or "formaction" or "xlink:href" or "data" or "poster" or "hx-get" or "hx-post" or "hx-put" or "hx-delete") is { } link && !IsSafe(link.Value) => $"an address that is not ours: {element.Attributes.First(a => !IsSafe(a.Value)).Value}",
        _ => null,
    };

    private static bool IsSafe(string address)
    {
        var plain = string.Concat(address.Where(c => c > ' ' && !char.IsControl(c)));
        var colon = plain.IndexOf(':', StringComparison.Ordinal);
        var scheme = colon >= 0 && plain.IndexOfAny(['/', '?', '#']) is var end && (end < 0 || colon < end) ? plain[..colon].ToLowerInvariant() : "";
        return scheme is "" or "http" or "https" or "webcal";
    }
}
