using Xunit;

namespace Chancery.TestSupport;

/// <summary>Files that tests read: those of the checkout, and those of the developers' shared folder, which users do not have.</summary>
internal static class Repository
{
    /// <summary>The folder that the solution is in.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of the checkout.</summary>
    public static string File(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>A file of the shared folder beside the checkout; skips the test, and says so, where it is not there.</summary>
    public static string Shared(params string[] parts)
    {
        var path = Path.Combine([Root, "..", "shared", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"needs {Path.Combine(["shared", .. parts])}, which is not on this machine");
        return path;
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!System.IO.File.Exists(Path.Combine(folder, "Chancery.slnx")))
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("The tests run from inside a checkout.");
        return folder;
    }
}
