using Chancery.Formats.Text;
using Chancery.Records;

namespace Chancery.Cli;

/// <summary>The documents that a person named: files, folders of them, or <c>-</c> for standard input.</summary>
internal sealed class Inputs
{
    private static readonly string[] Endings = [".txt", ".text", ".md"];

    private readonly Terminal _terminal;

    private Inputs(Terminal terminal, IReadOnlyList<string> files, IReadOnlyList<Problem> problems) =>
        (_terminal, Files, Problems) = (terminal, files, problems);

    /// <summary>Every file, in the order named; within a folder by name, so that the same folder gives the same output.</summary>
    public IReadOnlyList<string> Files { get; }

    /// <summary>What was named and is not there.</summary>
    public IReadOnlyList<Problem> Problems { get; }

    public static Inputs Find(IEnumerable<string> named, Terminal terminal)
    {
        var (files, problems) = (new List<string>(), new List<Problem>());
        foreach (var name in named)
        {
            if (name == "-" || File.Exists(name))
            {
                files.Add(name);
            }
            else if (Directory.Exists(name))
            {
                var inside = Directory.EnumerateFiles(name, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true })
                    .Where(f => Endings.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase) && !IsAboutTheFolder(f))
                    .Order(StringComparer.Ordinal).ToList();
                if (inside.Count == 0)
                    problems.Add(new("CH0106", $"{name}: no texts in this folder; it is searched for files that end in {string.Join(", ", Endings)}."));
                files.AddRange(inside);
            }
            else
            {
                problems.Add(new("CH0101", $"{name}: there is no such file or folder; check the name."));
            }
        }
        return new(terminal, files, problems);
    }

    public (Document? Document, Problem? Problem) Read(string file) =>
        file == "-" ? TextDocuments.Read(_terminal.In, "stdin", "standard input") : TextDocuments.Read(file);

    private static bool IsAboutTheFolder(string file) => Path.GetFileName(file).Equals("README.md", StringComparison.OrdinalIgnoreCase);
}
