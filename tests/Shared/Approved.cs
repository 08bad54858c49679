using System.Runtime.CompilerServices;
using DiffPlex.Renderer;
using Xunit;

namespace Chancery.TestSupport;

/// <summary>
/// Compares output with the file that a person approved, <c>NAME.approved.EXT</c> beside the test. With
/// <c>CHANCERY_ACCEPT=1</c> in the environment the file is rewritten instead, to be looked at before it is committed.
/// </summary>
internal static class Approved
{
    public static void Same(string output, string name, [CallerFilePath] string test = "")
    {
        // Deterministic builds map source paths, so the folder comes from the root of the checkout.
        var project = Path.GetFileName(Path.GetDirectoryName(test))!;
        var folder = Directory.Exists(Repository.File("tests", project)) ? Repository.File("tests", project) : Path.GetDirectoryName(test)!;
        var (stem, extension) = (Path.GetFileNameWithoutExtension(name), Path.GetExtension(name));
        var path = Path.Combine(folder, "Approved", $"{stem}.approved{extension}");
        if (Environment.GetEnvironmentVariable("CHANCERY_ACCEPT") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, output);
            return;
        }
        var expected = File.Exists(path) ? File.ReadAllText(path) : "";
        if (expected == output)
            return;
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, $"{stem}.received{extension}"), output);
        Assert.Fail($"{name} is not what was approved; CHANCERY_ACCEPT=1 accepts it.\n{UnidiffRenderer.GenerateUnidiff(expected, output, "approved", "received")}");
    }
}
