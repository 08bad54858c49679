using System.Text.RegularExpressions;

namespace Chancery.Formats.Intake;

/// <summary>Finds what stands on every page and belongs to none: running heads and feet, page numbers.</summary>
internal static partial class RunningHeads
{
    private const int Edge = 3;

    /// <summary>The lines without them.</summary>
    public static List<PageLine> Without(List<PageLine> lines, int pages)
    {
        // The lines at the edges of each page, by where they stand and not by when they are read.
        var edges = lines.GroupBy(l => l.Page).SelectMany(p =>
        {
            var byHeight = p.OrderByDescending(l => l.Base).ToList();
            return byHeight.Take(Edge).Concat(byHeight.TakeLast(Edge)).Distinct();
        }).ToList();
        var repeated = edges.GroupBy(Key).Where(g => g.Select(l => l.Page).Distinct().Count() >= Math.Max(2, pages / 3)).Select(g => g.Key).ToHashSet();
        var dropped = edges.Where(l => repeated.Contains(Key(l)) || PageNumber().IsMatch(l.Text)).ToHashSet(ReferenceEqualityComparer.Instance);
        return [.. lines.Where(l => !dropped.Contains(l))];
    }

    /// <summary>Two heads are the same where they differ in numbers only and stand at the same height.</summary>
    private static (string, int) Key(PageLine line) => (Digits().Replace(line.Text, "#"), (int)Math.Round(line.Base / 4));

    [GeneratedRegex("[0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();

    [GeneratedRegex(@"^\W{0,3}(?:page\s+)?[0-9]{1,4}(?:\s*(?:/|of)\s*[0-9]{1,4})?\W{0,3}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex PageNumber();
}
