using System.Text;
using System.Text.RegularExpressions;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>The files that a person named: files, folders of them, and patterns such as <c>news/**/*.html</c>.</summary>
/// <param name="Files">Every file once, in the order named; within a folder or pattern by name, ordinal, so that it is the same everywhere.</param>
/// <param name="Problems">What was named and is not there (CH0101), and folders and patterns without files that we read (CH0106).</param>
public sealed record IntakeFiles(IReadOnlyList<string> Files, IReadOnlyList<Problem> Problems)
{
    private static readonly EnumerationOptions Everywhere = new() { RecurseSubdirectories = true, IgnoreInaccessible = true, MaxRecursionDepth = 64 };

    /// <summary>The endings of files that are read, with the packed ones.</summary>
    public static IReadOnlyList<string> Endings { get; } = [.. FileKinds.Endings, ".txt.gz", ".jsonl.gz", ".ndjson.gz", ".csv.gz", ".tsv.gz"];

    /// <summary>
    /// Finds files. A file is taken whatever its ending; in folders those with a known ending are, and a <c>README.md</c> and hidden
    /// files are left out; a pattern takes what it matches. In a pattern <c>*</c> is any letters of one name, <c>?</c> one letter, <c>**</c>
    /// any folders.
    /// </summary>
    /// <param name="named">Paths and patterns.</param>
    public static IntakeFiles Find(IEnumerable<string> named)
    {
        ArgumentNullException.ThrowIfNull(named);
        var (files, seen, problems) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal), new List<Problem>());
        foreach (var name in named)
        {
            IEnumerable<string> found;
            if (File.Exists(name))
            {
                found = [name];
            }
            else if (Directory.Exists(name))
            {
                found = Inside(name, f => FileKinds.IsKnown(f) && !IsAboutTheFolder(f));
                if (!found.Any())
                    problems.Add(new("CH0106", $"{name}: no reports in this folder; it is searched for files that end in {string.Join(", ", Endings)}."));
            }
            else if (name.AsSpan().IndexOfAny('*', '?') >= 0)
            {
                found = Matching(name);
                if (!found.Any())
                    problems.Add(new("CH0106", $"{name}: nothing matches this pattern; check it, and that the shell leaves it alone (put it in quotation marks)."));
            }
            else
            {
                found = [];
                problems.Add(new("CH0101", $"{name}: there is no such file or folder; check the name."));
            }
            files.AddRange(found.Where(seen.Add));
        }
        return new(files, problems);
    }

    private static List<string> Inside(string folder, Func<string, bool> wanted) =>
        [.. Directory.EnumerateFiles(folder, "*", Everywhere).Where(wanted).Order(StringComparer.Ordinal)];

    private static List<string> Matching(string pattern)
    {
        var tidy = pattern.Replace('\\', '/');
        var wild = tidy.AsSpan().IndexOfAny('*', '?');
        var slash = tidy.LastIndexOf('/', wild);
        var folder = slash < 0 ? "." : slash == 0 ? "/" : tidy[..slash];
        if (!Directory.Exists(folder))
            return [];
        var prefix = slash < 0 ? "" : tidy[..(slash + 1)];
        var matches = new Regex(Expression(tidy[prefix.Length..]), RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        // What a pattern without a known ending takes is no business of ours: news/* may hold pictures, news/*.dat was meant.
        var ending = Path.GetExtension(tidy);
        var anything = ending.Length > 1 && ending.AsSpan().IndexOfAny('*', '?') < 0;
        return [.. Inside(folder, f => matches.IsMatch(Below(folder, f)) && !IsAboutTheFolder(f) && (anything || FileKinds.IsKnown(f))).Select(f => prefix + Below(folder, f))];
    }

    private static string Below(string folder, string file) => Path.GetRelativePath(folder, file).Replace('\\', '/');

    private static string Expression(string pattern)
    {
        var expression = new StringBuilder("^");
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern.AsSpan(i).StartsWith("**/"))
            {
                expression.Append("(?:.*/)?");
                i += 2;
            }
            else if (pattern.AsSpan(i).StartsWith("**"))
            {
                expression.Append(".*");
                i++;
            }
            else
            {
                expression.Append(pattern[i] switch { '*' => "[^/]*", '?' => "[^/]", var c => Regex.Escape(c.ToString()) });
            }
        }
        return expression.Append('$').ToString();
    }

    private static bool IsAboutTheFolder(string file) => Path.GetFileName(file).Equals("README.md", StringComparison.OrdinalIgnoreCase);
}
