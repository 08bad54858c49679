using System.Text;

namespace Chancery.Formats.Intake;

/// <summary>How a file is read.</summary>
internal enum FileKind { Unknown, Text, Markdown, Html, Pdf, Json, JsonLines, Csv, Tsv, Feed, Binary }

/// <summary>What kind of file it is, by what its name or sender says and by its first bytes; the bytes win.</summary>
internal static class FileKinds
{
    /// <summary>How many bytes are looked at.</summary>
    public const int Head = 4096;

    private static readonly Dictionary<string, FileKind> ByEnding = new(StringComparer.OrdinalIgnoreCase)
    {
        [".txt"] = FileKind.Text, [".text"] = FileKind.Text, [".md"] = FileKind.Markdown,
        [".html"] = FileKind.Html, [".htm"] = FileKind.Html, [".xhtml"] = FileKind.Html, [".pdf"] = FileKind.Pdf,
        [".json"] = FileKind.Json, [".jsonl"] = FileKind.JsonLines, [".ndjson"] = FileKind.JsonLines,
        [".csv"] = FileKind.Csv, [".tsv"] = FileKind.Tsv,
    };

    private static readonly Dictionary<string, FileKind> ByMediaType = new(StringComparer.OrdinalIgnoreCase)
    {
        ["text/plain"] = FileKind.Text, ["text/markdown"] = FileKind.Markdown, ["text/html"] = FileKind.Html,
        ["application/xhtml+xml"] = FileKind.Html, ["application/pdf"] = FileKind.Pdf, ["application/json"] = FileKind.Json,
        ["application/x-ndjson"] = FileKind.JsonLines, ["application/jsonl"] = FileKind.JsonLines, ["text/csv"] = FileKind.Csv,
        ["text/tab-separated-values"] = FileKind.Tsv,
    };

    /// <summary>The endings that are known, without those of packed files.</summary>
    public static IReadOnlyCollection<string> Endings => ByEnding.Keys;

    /// <summary>Whether a file in a folder is one that we read.</summary>
    public static bool IsKnown(string file) =>
        Path.GetExtension(file) is { } ending && (ending.Equals(".gz", StringComparison.OrdinalIgnoreCase)
            ? OfName(file[..^3]) is FileKind.Text or FileKind.JsonLines or FileKind.Csv or FileKind.Tsv
            : ByEnding.ContainsKey(ending));

    /// <summary>What the ending says.</summary>
    public static FileKind OfName(string file) => ByEnding.GetValueOrDefault(Path.GetExtension(file));

    /// <summary>What the sender says.</summary>
    public static FileKind OfMediaType(string? mediaType)
    {
        var bare = mediaType?.Split(';')[0].Trim() ?? "";
        if (bare.EndsWith("+json", StringComparison.OrdinalIgnoreCase))
            return FileKind.Json;
        return ByMediaType.GetValueOrDefault(bare);
    }

    /// <summary>What the file is.</summary>
    /// <param name="head">Its first bytes.</param>
    /// <param name="said">What its sender or name says.</param>
    public static FileKind Of(ReadOnlySpan<byte> head, FileKind said)
    {
        if (head.Length > 1024 ? head[..1024].IndexOf("%PDF-"u8) >= 0 : head.IndexOf("%PDF-"u8) >= 0)
            return FileKind.Pdf;
        if (said == FileKind.Pdf && !LooksLikeText(head))
            return FileKind.Pdf;
        if (!LooksLikeText(head))
            return FileKind.Binary;
        var text = Letters(head).TrimStart('\uFEFF').TrimStart();
        if (text.StartsWith('<') && said is not (FileKind.Csv or FileKind.Tsv))
        {
            var start = text.StartsWith("<?xml", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<!--", StringComparison.Ordinal)
                ? AfterProlog(text) : text;
            if (StartsWithAny(start, "<rss", "<feed", "<rdf:RDF"))
                return FileKind.Feed;
            if (StartsWithAny(start, "<!doctype html", "<html", "<head>", "<body"))
                return FileKind.Html;
        }
        if (said is FileKind.Json or FileKind.JsonLines)
            return IsLines(text, said) ? FileKind.JsonLines : FileKind.Json;
        if (said is not FileKind.Unknown)
            return said;
        if (text.StartsWith("{\"", StringComparison.Ordinal))
            return IsLines(text, FileKind.Json) ? FileKind.JsonLines : FileKind.Json;
        return text.StartsWith("<div", StringComparison.OrdinalIgnoreCase) || text.StartsWith("<p", StringComparison.OrdinalIgnoreCase)
            ? FileKind.Html : FileKind.Text;
    }

    private static bool IsLines(string text, FileKind said)
    {
        var line = text.AsSpan().TrimStart();
        var end = line.IndexOf('\n');
        var first = (end < 0 ? line : line[..end]).TrimEnd();
        if (first.Length == 0 || first[0] != '{' || first is "{")
            return said == FileKind.JsonLines && (first.Length == 0 || first[0] is not ('[' or '{'));
        // A file of one line is a document by its ending; a line that is longer than what we see of it may be either.
        if (end < 0)
            return said == FileKind.JsonLines;
        return first[^1] == '}' && line[(end + 1)..].TrimStart() is ['{', ..] || (said == FileKind.JsonLines && first[^1] is not (',' or '{' or '['));
    }

    private static bool StartsWithAny(string text, params ReadOnlySpan<string> starts)
    {
        foreach (var start in starts)
            if (text.StartsWith(start, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }

    private static string AfterProlog(string text)
    {
        while (true)
        {
            var end = text.StartsWith("<?", StringComparison.Ordinal) ? text.IndexOf("?>", StringComparison.Ordinal) + 2
                : text.StartsWith("<!--", StringComparison.Ordinal) ? text.IndexOf("-->", StringComparison.Ordinal) + 3 : 0;
            if (end < 3)
                return text;
            text = text[end..].TrimStart();
        }
    }

    private static string Letters(ReadOnlySpan<byte> head) => head switch
    {
        [0xFF, 0xFE, ..] => Encoding.Unicode.GetString(head),
        [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode.GetString(head),
        _ => Encoding.UTF8.GetString(head),
    };

    /// <summary>No zero bytes outside UTF-16, and hardly any control characters.</summary>
    private static bool LooksLikeText(ReadOnlySpan<byte> head)
    {
        if (head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
            return true;
        var controls = 0;
        foreach (var b in head)
        {
            if (b == 0)
                return false;
            if (b < 0x20 && b is not (9 or 10 or 12 or 13 or 27))
                controls++;
        }
        return controls * 100 <= head.Length;
    }
}
