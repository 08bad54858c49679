using System.IO.Compression;
using Chancery.Formats.Text;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>
/// Reads documents out of files of every kind that reports come in: text, Markdown, HTML, PDF, JSON (IPTC ninjs or fields), JSON Lines,
/// CSV and TSV, packed with gzip or not. What a file is says its content first and its ending second. Files of rows are streamed: memory
/// is that of one row.
/// </summary>
public static class DocumentReader
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">Limits and columns; the defaults where null.</param>
    /// <param name="stop">Stops between rows.</param>
    /// <returns>For each document in the file, in its order, the document or why it cannot be read; one bad row never stops the rest.</returns>
    public static IEnumerable<(Document? Document, Problem? Problem)> Read(string path, IntakeOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(path);
        return Guarded(File_(path, options ?? IntakeOptions.Default, stop), path);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">What to read; it stays open.</param>
    /// <param name="name">What it is called in ids and messages, such as a file's name or an address.</param>
    /// <param name="mediaType">What its sender says it is, such as <c>text/html; charset=utf-8</c>; null where nothing was said.</param>
    /// <param name="options">Limits and columns; the defaults where null.</param>
    /// <param name="stop">Stops between rows.</param>
    public static IEnumerable<(Document? Document, Problem? Problem)> Read(Stream stream, string name, string? mediaType = null, IntakeOptions? options = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return Guarded(Any(stream, name, mediaType, options ?? IntakeOptions.Default, 0, stop), name);
    }

    private static IEnumerable<(Document?, Problem?)> File_(string path, IntakeOptions options, CancellationToken stop)
    {
        using var stream = File.OpenRead(path);
        foreach (var one in Any(stream, path, null, options, 0, stop))
        {
            options.Progress?.Invoke(stream.Position, stream.Length);
            yield return one;
        }
    }

    /// <summary>Turns what goes wrong with the file itself into its last entry.</summary>
    private static IEnumerable<(Document?, Problem?)> Guarded(IEnumerable<(Document?, Problem?)> entries, string name)
    {
        using var each = entries.GetEnumerator();
        while (true)
        {
            Problem? broken = null;
            try
            {
                if (!each.MoveNext())
                    yield break;
            }
            catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
            {
                broken = new("CH0101", $"{name}: there is no such file; check the name.");
            }
            catch (InvalidDataException)
            {
                broken = new("CH0316", $"{name}: the packed file is damaged or cut off; what stood before the damage was read. Fetch it again.");
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                broken = new("CH0102", $"{name}: cannot be read ({e.Message}); check its permissions.");
            }
            if (broken is not null)
            {
                yield return (null, broken);
                yield break;
            }
            yield return each.Current;
        }
    }

    private static IEnumerable<(Document?, Problem?)> Any(Stream stream, string name, string? mediaType, IntakeOptions options, int unpacked, CancellationToken stop)
    {
        var peeked = new PeekedStream(stream);
        var head = peeked.Peek(FileKinds.Head);
        if (head is [0x1F, 0x8B, ..] && unpacked == 0)
        {
            using var inner = new GZipStream(peeked, CompressionMode.Decompress, leaveOpen: true);
            foreach (var one in Any(inner, name, mediaType, options, 1, stop))
                yield return one;
            yield break;
        }
        var said = FileKinds.OfMediaType(mediaType);
        if (said is FileKind.Unknown or FileKind.Text && FileKinds.OfName(FileNames.WithoutGz(name)) is not FileKind.Unknown and var ending)
            said = ending;
        var kind = FileKinds.Of(head, said);
        var entries = kind switch
        {
            FileKind.JsonLines => Rows(peeked, r => JsonFiles.Lines(r, name, options, stop)),
            FileKind.Csv => Rows(peeked, r => TableFiles.Read(r, null, name, options, stop)),
            FileKind.Tsv => Rows(peeked, r => TableFiles.Read(r, '\t', name, options, stop)),
            FileKind.Binary => [(null, new("CH0310", $"{name}: {Binary(head)}; save it as text, HTML or PDF."))],
            FileKind.Feed => [(null, new("CH0317", $"{name}: this is a feed, which lists reports, and no report; watch it instead."))],
            _ => Whole(peeked, name, kind, mediaType, options, stop),
        };
        foreach (var one in entries)
            yield return one;
    }

    private static IEnumerable<(Document?, Problem?)> Rows(Stream stream, Func<TextReader, IEnumerable<(Document?, Problem?)>> read)
    {
        using var reader = Decoding.Reader(stream);
        foreach (var one in read(reader))
            yield return one;
    }

    private static IEnumerable<(Document?, Problem?)> Whole(PeekedStream stream, string name, FileKind kind, string? mediaType, IntakeOptions options, CancellationToken stop)
    {
        if (stream.ReadAll(options.LargestFile, stop) is not { } bytes)
            return [(null, new("CH0103", $"{name}: larger than {options.LargestFile / (1 << 20)} MiB, which no report is; divide it."))];
        var id = FileNames.Stem(name);
        switch (kind)
        {
            case FileKind.Html:
                return [HtmlPages.Read(bytes, id, name, mediaType, FileNames.IsWeb(name) && Uri.TryCreate(name, UriKind.Absolute, out var address) ? address : null, options)];
            case FileKind.Pdf:
                return [PdfFiles.Read(bytes, id, name, options, stop)];
            case FileKind.Json:
                return JsonFiles.Whole(Decoding.Text(bytes), name, options);
            case FileKind.Markdown:
                return [MarkdownFiles.Read(Decoding.Text(bytes), id, name, options)];
            default:
                var (document, problem) = TextDocuments.Read(new MemoryStream(bytes), id, name, options.LargestFile);
                return [(document is null ? null : document with { Language = (options.GuessLanguage ? LanguageGuess.Of(document.Text) : null) ?? "en" }, problem)];
        }
    }

    private static string Binary(ReadOnlySpan<byte> head) => head switch
    {
        [0x50, 0x4B, 3, 4, ..] => "a Word file or a ZIP archive, which is not read",
        [0xD0, 0xCF, 0x11, 0xE0, ..] => "an old Office file, which is not read",
        [0x89, 0x50, 0x4E, 0x47, ..] or [0xFF, 0xD8, 0xFF, ..] or [0x47, 0x49, 0x46, 0x38, ..] => "a picture, which is not read",
        [0x1F, 0x8B, ..] => "packed more than once",
        _ => "not text",
    };
}
