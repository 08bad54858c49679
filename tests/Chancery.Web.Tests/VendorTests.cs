using System.Security.Cryptography;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.Web.Tests;

/// <summary>What pages load from others is what was taken from npm, to the byte.</summary>
public class VendorTests
{
    private static readonly string Folder = Repository.File("src", "Chancery.Web", "Assets", "vendor");

    [Fact]
    public void Every_file_has_the_sum_that_was_written_down()
    {
        var sums = File.ReadLines(Path.Combine(Folder, "sums.txt")).Select(l => l.Split("  ")).ToDictionary(l => l[1], l => l[0]);
        var files = Directory.EnumerateFiles(Folder).Where(f => Path.GetFileName(f) != "sums.txt").ToList();
        Assert.Equal(sums.Keys.Order(StringComparer.Ordinal), files.Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        Assert.All(files, f => Assert.Equal(sums[Path.GetFileName(f)], Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(f)))));
    }
}
