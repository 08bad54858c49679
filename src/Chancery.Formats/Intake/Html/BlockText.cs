using System.Text;
using AngleSharp.Dom;

namespace Chancery.Formats.Intake;

/// <summary>
/// The text of a part of a page as a reader sees it: paragraphs divided by empty lines, list items and rows a line each, inline
/// elements neither gluing words nor splitting them.
/// </summary>
internal static class BlockText
{
    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "address", "article", "aside", "blockquote", "body", "center", "details", "dd", "dir", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav",
        "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption", "option",
    };

    private static readonly HashSet<string> Lines = new(StringComparer.OrdinalIgnoreCase) { "li", "tr", "dt", "dd", "option", "caption" };

    private static readonly HashSet<string> NoText = new(StringComparer.OrdinalIgnoreCase)
    {
        "script", "style", "noscript", "template", "head", "title", "svg", "math", "canvas", "iframe", "object", "embed", "video", "audio", "map",
        "button", "select", "input", "textarea", "datalist", "meter", "progress", "img", "picture", "rp", "rt", "dialog", "noframes", "noembed",
    };

    /// <summary>Walks a part of a page.</summary>
    /// <param name="root">The part.</param>
    /// <param name="skip">Elements that are left out with all in them, beyond those that never hold text.</param>
    public static List<string> Paragraphs(INode root, Func<IElement, bool>? skip = null)
    {
        var text = new Builder();
        var node = root;
        while (true)
        {
            var inside = Enter(node, text, skip);
            if (inside && node.FirstChild is { } child)
            {
                node = child;
                continue;
            }
            while (true)
            {
                if (inside)
                    Leave(node, text);
                if (node == root)
                    return text.Finish();
                if (node.NextSibling is { } next)
                {
                    node = next;
                    break;
                }
                node = node.Parent!;
                inside = true;
            }
        }
    }

    private static bool Enter(INode node, Builder text, Func<IElement, bool>? skip)
    {
        switch (node)
        {
            case IText words:
                text.Add(words.Data, InPre(words));
                return false;
            case IElement element:
                var name = element.LocalName;
                if (NoText.Contains(name) || IsHidden(element) || skip?.Invoke(element) == true || IsNoteMark(element))
                {
                    if (Blocks.Contains(name))
                        text.Break(2);
                    return false;
                }
                if (name is "br")
                    text.NewLine();
                else if (name is "td" or "th")
                    text.Cell();
                else if (Blocks.Contains(name))
                    text.Break(Lines.Contains(name) ? 1 : 2);
                return true;
            default:
                return node.HasChildNodes;
        }
    }

    private static void Leave(INode node, Builder text)
    {
        if (node is IElement { LocalName: var name } && Blocks.Contains(name))
            text.Break(Lines.Contains(name) ? 1 : 2);
    }

    private static bool InPre(IText words) =>
        words.ParentElement is { LocalName: "pre" } or { LocalName: "code", ParentElement.LocalName: "pre" };

    private static bool IsHidden(IElement element) =>
        element.HasAttribute("hidden") || element.GetAttribute("aria-hidden") == "true" ||
        (element.GetAttribute("style") is { Length: < 2000 } style && style.Replace(" ", "", StringComparison.Ordinal) is var tight &&
         (tight.Contains("display:none", StringComparison.OrdinalIgnoreCase) || tight.Contains("visibility:hidden", StringComparison.OrdinalIgnoreCase)));

    /// <summary>The number of a footnote, which is no word of the sentence.</summary>
    private static bool IsNoteMark(IElement element) =>
        element.LocalName == "sup" && element.QuerySelector("a") is not null && element.TextContent.Trim(' ', '[', ']', '(', ')', '\n') is { Length: < 4 } mark && mark.All(char.IsAsciiDigit);

    /// <summary>Puts words together: one blank between them, the greatest break asked for between blocks.</summary>
    private sealed class Builder
    {
        private readonly List<string> _paragraphs = [];
        private readonly StringBuilder _text = new();
        private bool _blank;
        private int _break;
        private int _lines;
        private bool _cell;

        public void Break(int strength)
        {
            (_break, _blank, _lines, _cell) = (Math.Max(_break, strength), false, 0, false);
        }

        /// <summary>A line break; two in a row divide paragraphs.</summary>
        public void NewLine()
        {
            _blank = false;
            _break = Math.Max(_break, ++_lines > 1 ? 2 : 1);
        }

        public void Cell()
        {
            _blank = false;
            _cell = _break == 0 && _text.Length > 0;
        }

        public void Add(string words, bool keepLines)
        {
            foreach (var letter in words)
            {
                if (keepLines && letter == '\n' || letter is '\u2028' or '\u2029')
                    _break = Math.Max(_break, 1);
                else if (letter is '\u200B' or '\uFEFF' or '\u00AD' or '\u2060')
                    continue;
                else if (char.IsWhiteSpace(letter) || char.IsControl(letter))
                    _blank = true;
                else
                    Letter(letter);
            }
        }

        private void Letter(char letter)
        {
            if (_break > 1 && _text.Length > 0)
                Flush();
            else if (_break == 1 && _text.Length > 0)
                _text.Append('\n');
            else if (_cell)
                _text.Append(" | ");
            else if (_blank && _text.Length > 0)
                _text.Append(' ');
            (_blank, _break, _lines, _cell) = (false, 0, 0, false);
            _text.Append(letter);
        }

        private void Flush()
        {
            _paragraphs.Add(_text.ToString());
            _text.Clear();
        }

        public List<string> Finish()
        {
            if (_text.Length > 0)
                Flush();
            return _paragraphs;
        }
    }
}
