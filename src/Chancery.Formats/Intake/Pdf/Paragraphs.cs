using System.Text;
using System.Text.RegularExpressions;

namespace Chancery.Formats.Intake;

/// <summary>Puts lines together into paragraphs, and words that the ends of lines divide.</summary>
internal static partial class Paragraphs
{
    public static List<string> Of(List<PageLine> lines)
    {
        var paragraphs = new List<string>();
        var text = new StringBuilder();
        var words = lines.SelectMany(l => Word().Matches(l.Text).Select(m => m.Value)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var blocks = lines.GroupBy(l => (l.Page, l.Block)).ToDictionary(g => g.Key, g => (Left: g.Min(l => l.Left), Right: g.Max(l => l.Right), Gap: UsualGap([.. g])));
        PageLine? before = null;
        foreach (var line in lines)
        {
            if (line.Text.Length == 0)
                continue;
            if (before is not null && Begins(before, line, blocks[(line.Page, line.Block)]))
            {
                paragraphs.Add(text.ToString());
                text.Clear();
            }
            Append(text, line.Text, words);
            before = line;
        }
        if (text.Length > 0)
            paragraphs.Add(text.ToString());
        return paragraphs;
    }

    private static bool Begins(PageLine before, PageLine line, (double Left, double Right, double Gap) block)
    {
        if (Math.Abs(before.Size - line.Size) > 0.15 * Math.Max(before.Size, line.Size))
            return true;
        // A sentence goes on over the end of a column or page.
        if ((before.Page, before.Block) != (line.Page, line.Block))
            return before.EndsSentence || !(char.IsLower(line.Text[0]) || before.Text.EndsWith('-') || before.Text.EndsWith(','));
        if (before.Base - line.Base > block.Gap * 1.35)
            return true;
        var width = block.Right - block.Left;
        return line.Left - block.Left > 0.6 * line.Size && line.Left - block.Left < 0.3 * width && before.Left - block.Left < 0.3 * line.Size
            || (before.EndsSentence && block.Right - before.Right > 0.25 * width);
    }

    private static double UsualGap(List<PageLine> block)
    {
        var gaps = block.Zip(block.Skip(1), (a, b) => a.Base - b.Base).Where(g => g > 0).Order().ToList();
        return gaps.Count == 0 ? double.MaxValue : gaps[(gaps.Count - 1) / 2];
    }

    /// <summary>
    /// Adds a line. A hyphen at the end of the line before goes, unless the word has one elsewhere in the file ("cease-fire") and never
    /// stands without.
    /// </summary>
    private static void Append(StringBuilder text, string line, HashSet<string> words)
    {
        if (text.Length == 0)
        {
            text.Append(line);
            return;
        }
        if (text[^1] is '-' or '\u00AD' or '\u2010' && text.Length > 1 && char.IsLetter(text[^2]) && char.IsLetter(line[0]))
        {
            var start = text.Length - 1;
            while (start > 0 && (char.IsLetter(text[start - 1]) || text[start - 1] == '-'))
                start--;
            var (first, second) = (text.ToString(start, text.Length - 1 - start), Word().Match(line).Value);
            var keep = char.IsUpper(line[0]) || (words.Contains($"{first}-{second}") && !words.Contains(first + second)) || first.Contains('-', StringComparison.Ordinal);
            if (!keep)
                text.Length--;
            text.Append(line);
            return;
        }
        text.Append(' ').Append(line);
    }

    [GeneratedRegex(@"\p{L}+(?:-\p{L}+)*", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
