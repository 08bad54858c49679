using System.Text.RegularExpressions;
using AngleSharp.Dom;

namespace Chancery.Formats.Intake;

/// <summary>The parts of a page that are not the report: menus, captions, boxes to share, links to other reports, notices, comments.</summary>
internal sealed partial class Clutter
{
    private static readonly HashSet<string> Elements = new(StringComparer.OrdinalIgnoreCase) { "nav", "aside", "footer", "form", "figcaption", "menu" };

    private static readonly HashSet<string> Roles = new(StringComparer.OrdinalIgnoreCase)
    {
        "navigation", "complementary", "contentinfo", "search", "banner", "dialog", "alert", "alertdialog", "menu", "menubar", "toolbar", "form", "button",
    };

    // Parts of a class or id. They come from how sites name their boxes.
    private static readonly HashSet<string> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        "share", "sharing", "sharebar", "sharebox", "social", "socials", "related", "recommended", "recommendations", "newsletter", "subscribe", "subscription",
        "signup", "promo", "promotion", "advert", "advertisement", "ad", "ads", "adslot", "sponsored", "sponsor", "cookie", "cookies", "consent", "gdpr",
        "comment", "comments", "disqus", "breadcrumb", "breadcrumbs", "byline", "bylines", "dateline-meta", "tags", "taglist", "taboola", "outbrain", "popup",
        "modal", "sidebar", "toolbar", "nav", "navbar", "menu", "footer", "caption", "credit", "copyright", "readmore", "mostread", "trending", "paywall",
        "skip", "hidden", "sr", "visuallyhidden", "print", "pagination", "timestamp", "pubdate", "authorbio", "bio", "donate", "banner",
    };

    // What even a paragraph of some length is left out for: the rest may be a word of the site's for its own paragraphs.
    private static readonly HashSet<string> Strong = new(StringComparer.OrdinalIgnoreCase)
    {
        "caption", "newsletter", "promo", "cookie", "cookies", "consent", "advert", "advertisement", "related", "readmore", "copyright", "credit", "authorbio", "subscribe", "signup",
    };

    private const int ParagraphFrom = 80;

    private readonly Dictionary<INode, int> _lengths;
    private readonly int _all;

    /// <summary>Measures a part of a page.</summary>
    public Clutter(INode root)
    {
        _lengths = Lengths(root);
        _all = _lengths.GetValueOrDefault(root);
    }

    /// <summary>Whether an element is left out.</summary>
    public bool Is(IElement element)
    {
        var name = element.LocalName;
        var share = _all == 0 ? 0 : (double)_lengths.GetValueOrDefault(element) / _all;
        if (name == "figure")
            return element.QuerySelector("blockquote, table") is null;
        if (Elements.Contains(name))
            return name is not "form" || share < 0.5;
        if (element.GetAttribute("role") is { } role && Roles.Contains(role.Trim()) && share < 0.5)
            return true;
        if (share < 0.4 && name is not ("html" or "body" or "article" or "main") &&
            HasWord(element, name is "p" && _lengths.GetValueOrDefault(element) > ParagraphFrom ? Strong : Words))
            return true;
        return name is "ul" or "ol" or "div" or "section" or "p" or "h2" or "h3" or "h4" && share < 0.4 && IsLinks(element);
    }

    private static bool HasWord(IElement element, HashSet<string> words)
    {
        foreach (var names in (string?[])[element.GetAttribute("class"), element.Id, element.GetAttribute("data-testid"), element.GetAttribute("data-component")])
            if (names is { Length: > 0 and < 1000 })
                foreach (var part in Parts().Split(names))
                    if (words.Contains(part))
                        return true;
        return false;
    }

    /// <summary>A list of links to other reports, or a paragraph that is nothing but such a link.</summary>
    private bool IsLinks(IElement element)
    {
        var length = _lengths.GetValueOrDefault(element);
        if (length is 0 or > 3000)
            return false;
        var (links, linked) = (0, 0);
        foreach (var link in element.QuerySelectorAll("a[href]"))
            (links, linked) = (links + 1, linked + _lengths.GetValueOrDefault(link));
        if (links == 0 || linked < length * 0.6)
            return false;
        if (element.LocalName is "p" or "h2" or "h3" or "h4" or "div" && links == 1)
            return More().IsMatch(element.TextContent.TrimStart()) || (element.LocalName == "p" && linked > length * 0.95 && !element.TextContent.TrimEnd().EndsWith('.') && length > 25);
        return linked > length * 0.7 && links >= 2;
    }

    /// <summary>The letters in each element, in one pass from the leaves up.</summary>
    private static Dictionary<INode, int> Lengths(INode root)
    {
        var lengths = new Dictionary<INode, int>();
        var nodes = PageTree.Nodes(root).ToList();
        for (var i = nodes.Count - 1; i >= 0; i--)
        {
            var own = nodes[i] switch
            {
                IText text when text.ParentElement is not { LocalName: "script" or "style" or "noscript" or "template" } => text.Data.AsSpan().Trim().Length,
                _ => lengths.GetValueOrDefault(nodes[i]),
            };
            if (own == 0)
                continue;
            lengths[nodes[i]] = own;
            if (nodes[i].Parent is { } parent)
                lengths[parent] = lengths.GetValueOrDefault(parent) + own;
        }
        return lengths;
    }

    [GeneratedRegex(@"[\s_\-:.]+|(?<=[a-z])(?=[A-Z])", RegexOptions.CultureInvariant)]
    private static partial Regex Parts();

    [GeneratedRegex(@"^(?:read|see|watch|listen|also|more|related|recommended|explore|continue|in pictures|explainer|analysis|opinion)\b.{0,20}?(?:more|also|:|next|reading|\bon\b|\|)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex More();
}
