using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace Chancery.Formats.Intake;

/// <summary>The paragraphs of a page's report.</summary>
internal static class MainText
{
    // Shorter than this is a teaser or a page without an article; briefs of one paragraph are longer.
    private const int Shortest = 140;
    private const int MostForSmartReader = 20_000;

    /// <summary>Finds the report; empty where there is none.</summary>
    public static List<string> Of(IHtmlDocument page, string html, JsonLd? said, string name, IntakeOptions options)
    {
        if (page.Body is not { } body)
            return [];
        var found = OnPage(page, body, html, name, options);
        return said?.Body is { Length: >= 250 } whole ? Agreed(WholeText(whole, name, options), found, body) : found;
    }

    /// <summary>
    /// What the page's data give as the whole text settles what belongs to it. Its paragraphs are the page's, because the data often
    /// have none; where the page does not show the text, the data's words are all there is.
    /// </summary>
    private static List<string> Agreed(List<string> whole, List<string> found, IElement body)
    {
        var all = Bare(whole);
        if (all.Length < 200)
            return found;
        // Data that are a summary or cut off give way to a page that has much more.
        if (Bare(found).Length > all.Length * 1.6)
            return found;
        var shown = found.Where(p => Bare([p]) is { Length: > 0 } words && all.Contains(words, StringComparison.Ordinal)).ToList();
        if (Bare(shown).Length >= all.Length * 0.9)
            return shown;
        // The choice may have missed the text although the page has it.
        shown = [.. BlockText.Paragraphs(body).Where(p => Bare([p]) is { Length: > 20 } words && all.Contains(words, StringComparison.Ordinal))];
        if (Bare(shown).Length >= all.Length * 0.9 && Bare(shown).Length <= all.Length * 1.1)
            return shown;
        return whole;
    }

    private static List<string> WholeText(string whole, string name, IntakeOptions options)
    {
        if (whole.Contains('<', StringComparison.Ordinal) && whole.Contains("</", StringComparison.Ordinal) && PageTree.Parse(whole, name, options).Page?.Body is { } marked)
            return BlockText.Paragraphs(marked);
        var text = System.Net.WebUtility.HtmlDecode(whole).ReplaceLineEndings("\n");
        var divider = text.Contains("\n\n", StringComparison.Ordinal) ? "\n\n" : "\n";
        return [.. text.Split(divider).Select(p => string.Join(' ', p.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))).Where(p => p.Length > 0)];
    }

    private static List<string> OnPage(IHtmlDocument page, IElement body, string html, string name, IntakeOptions options)
    {
        if (Marked(page, "[itemprop=articleBody]") is { } marked && Length(marked) >= Shortest)
            return marked;
        var own = Marked(page, "article") is { } article && Length(article) >= Shortest ? article
            : Marked(page, "main, [role=main]") is { } main && Length(main) >= Shortest ? main
            : Walk(Densest(body));
        var chosen = Chosen(page, html, name, options);
        // Its choice stands unless it lost most of what the page marks as its article.
        return chosen is not null && Length(chosen) >= Math.Max(Shortest, Length(own) * 0.7) && Length(chosen) <= Length(own) * 3 ? chosen : own;
    }

    /// <summary>The text of what a page marks as its article; of several, the longest.</summary>
    private static List<string>? Marked(IHtmlDocument page, string selector) =>
        page.QuerySelectorAll(selector).Take(20).Select(Walk).MaxBy(Length);

    private static List<string>? Chosen(IHtmlDocument page, string html, string name, IntakeOptions options)
    {
        if (PageTree.Nodes(page).Take(MostForSmartReader).Count() == MostForSmartReader)
            return null;
        try
        {
            // It takes its tree apart, so it has one of its own; the names of classes stay, because they tell what is clutter.
            if (PageTree.Parse(html, name, options).Page is not { } copy)
                return null;
            using var reader = new SmartReader.Reader("https://page.invalid/", copy) { DisableJSONLD = true, CharThreshold = 250, KeepClasses = true };
            var article = reader.GetArticle();
            return article.IsReadable && PageTree.Parse(article.Content, name, options).Page?.Body is { } body ? Walk(body) : null;
        }
        catch (Exception e) when (e is not OutOfMemoryException and not OperationCanceledException)
        {
            // It gives an opinion; a page it cannot take is judged without.
            return null;
        }
    }

    private static List<string> Walk(IElement part)
    {
        var clutter = new Clutter(part);
        return BlockText.Paragraphs(part, clutter.Is);
    }

    /// <summary>The element whose own paragraphs have the most text that is no link.</summary>
    private static IElement Densest(IElement body)
    {
        var scores = new Dictionary<IElement, double>();
        foreach (var block in body.QuerySelectorAll("p, pre, blockquote, td, div, section"))
        {
            var words = block.ChildNodes.OfType<IText>().Sum(t => t.Data.AsSpan().Trim().Length)
                        + block.Children.Where(c => c.LocalName is "b" or "i" or "em" or "strong" or "span" or "br").Sum(c => c.TextContent.Length);
            if (words < 25)
                continue;
            var holder = block.LocalName is "div" or "section" or "td" ? block : block.ParentElement ?? body;
            scores[holder] = scores.GetValueOrDefault(holder) + words;
            if (holder.ParentElement is { } above && holder != body)
                scores[above] = scores.GetValueOrDefault(above) + words * 0.5;
        }
        return scores.Count == 0 ? body : scores.MaxBy(s => s.Value).Key;
    }

    private static int Length(List<string> paragraphs) => paragraphs.Sum(p => p.Length);

    private static string Bare(IEnumerable<string> paragraphs) => string.Concat(paragraphs.SelectMany(p => p).Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
