namespace Chancery.Formats.Intake;

internal static class FileNames
{
    /// <summary>A file's name without folder and ending; <c>news.jsonl.gz</c> is <c>news</c>. An address on the web is its own name.</summary>
    public static string Stem(string path)
    {
        if (IsWeb(path))
            return path;
        var file = WithoutGz(Path.GetFileName(path));
        return FileKinds.OfName(file) == FileKind.Unknown && Path.GetExtension(file).Length > 6 ? file : Path.GetFileNameWithoutExtension(file);
    }

    public static bool IsWeb(string name) => name.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || name.StartsWith("http://", StringComparison.OrdinalIgnoreCase);

    public static string WithoutGz(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? file[..^3] : file;
}
