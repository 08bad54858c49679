using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>HTML as a tree, within limits: how many elements, how many open at once, how long.</summary>
internal static class PageTree
{
    private const int MostComments = 20_000;

    // Elements that never hold others, or that the next one of their kind closes.
    private static readonly HashSet<string> NeverDeep = new(StringComparer.Ordinal)
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
        "p", "li", "dt", "dd", "tr", "td", "th", "tbody", "thead", "tfoot", "option", "optgroup", "rp", "rt", "html", "head", "body",
    };

    private sealed class TooMuchException(string what) : Exception(what);

    /// <summary>Builds the tree; runs no script and loads nothing.</summary>
    public static (IHtmlDocument? Page, Problem? Problem) Parse(string html, string name, IntakeOptions options)
    {
        // The parser's time grows with the square of their number.
        if (html.AsSpan().Count("<!--") > MostComments)
            return (null, new("CH0320", $"{name}: it has more than {MostComments} comments in its source, which no report does; save the article alone, or as text."));
        var clock = Stopwatch.StartNew();
        var (elements, open, tokens) = (0, 0, 0);
        void Clocked()
        {
            if (clock.Elapsed > options.LongestTime)
                throw new TooMuchException($"reading it takes longer than {options.LongestTime.TotalSeconds:0} seconds");
        }

        var parser = new HtmlParser(new HtmlParserOptions
        {
            IsScripting = false,
            SkipComments = true,
            SkipProcessingInstructions = true,
            DisableElementPositionTracking = true,
            OnCreated = (_, _) =>
            {
                if (++elements > options.MostElements)
                    throw new TooMuchException($"it has more than {options.MostElements} elements");
                Clocked();
            },
            OnToken = (token, _) =>
            {
                if ((++tokens & 63) == 0)
                    Clocked();
                if (token.Type == HtmlTokenType.StartTag && token is HtmlTagToken { IsSelfClosing: false } && !NeverDeep.Contains(token.Name) && ++open > options.DeepestPage)
                    throw new TooMuchException($"more than {options.DeepestPage} elements are open at once");
                if (token.Type == HtmlTokenType.EndTag && !NeverDeep.Contains(token.Name) && open > 0)
                    open--;
            },
        });
        try
        {
            return (parser.ParseDocument(html), null);
        }
        catch (TooMuchException e)
        {
            return (null, new("CH0320", $"{name}: {e.Message}, which no report does; save the article alone, or as text."));
        }
        catch (Exception e) when (e is DomException or InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // What a strange page makes the parser do is the page's fault, and no reason to stop.
            return (null, new("CH0320", $"{name}: the page cannot be taken apart ({e.GetType().Name}); save the article as text."));
        }
    }

    /// <summary>Every node under a root in the order of the page, without recursion.</summary>
    public static IEnumerable<INode> Nodes(INode root)
    {
        var node = Next(root, root, inside: true);
        while (node is not null)
        {
            yield return node;
            node = Next(node, root, inside: true);
        }
    }

    /// <summary>The node after one, in the order of the page; null at the end of the root.</summary>
    public static INode? Next(INode node, INode root, bool inside)
    {
        if (inside && node.FirstChild is { } child)
            return child;
        for (INode? at = node; at is not null && at != root; at = at.Parent)
            if (at.NextSibling is { } next)
                return next;
        return null;
    }
}
