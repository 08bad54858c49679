using Chancery.TestSupport;
using System.Xml.Linq;
using Xunit;

namespace Chancery.Tests;

/// <summary>All arrows point to <c>Chancery</c>, which depends on nothing that reads, writes, serves or runs a network.</summary>
public class ArchitectureTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Chancery"] = [],
        ["Chancery.Models"] = ["Chancery"],
        ["Chancery.Formats"] = ["Chancery"],
        ["Chancery.Archive"] = ["Chancery", "Chancery.Formats"],
        ["Chancery.Web"] = ["Chancery", "Chancery.Models", "Chancery.Formats", "Chancery.Archive"],
        ["Chancery.Workers"] = ["Chancery", "Chancery.Formats", "Chancery.Archive"],
        ["Chancery.Cli"] = ["Chancery", "Chancery.Models", "Chancery.Formats", "Chancery.Archive", "Chancery.Web", "Chancery.Workers"],
    };

    [Fact]
    public void Projects_reference_only_what_they_may()
    {
        foreach (var project in Directory.EnumerateFiles(Repository.File("src"), "*.csproj", SearchOption.AllDirectories))
        {
            var name = Path.GetFileNameWithoutExtension(project);
            var references = XDocument.Load(project).Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));
            Assert.True(Allowed.TryGetValue(name, out var allowed), $"{name} is new: say here what it may reference");
            Assert.Subset(allowed!.ToHashSet(), references.ToHashSet());
        }
    }

    [Fact]
    public void The_library_itself_uses_nothing_but_the_runtime()
    {
        var foreign = typeof(Chancery.Records.Document).Assembly.GetReferencedAssemblies()
            .Select(a => a.Name!).Where(n => !n.StartsWith("System.", StringComparison.Ordinal) && n is not "netstandard" and not "mscorlib");
        Assert.Empty(foreign);
    }

    [Fact]
    public void Every_package_is_explained()
    {
        var explained = File.ReadAllText(Repository.File("docs", "dependencies.md"));
        var packages = XDocument.Load(Repository.File("Directory.Packages.props")).Descendants("PackageVersion").Select(p => p.Attribute("Include")!.Value);
        Assert.All(packages, p => Assert.Contains($"`{p}`", explained, StringComparison.Ordinal));
    }
}
