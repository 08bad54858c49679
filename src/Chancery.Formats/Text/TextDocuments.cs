using System.Text;
using Chancery.Records;

namespace Chancery.Formats.Text;

/// <summary>Reads plain text files. A file that is none is refused with a <see cref="Problem"/>, never an exception.</summary>
public static class TextDocuments
{
    /// <summary>The largest file taken, in bytes, unless told otherwise: 64 MiB, hundreds of times the longest report.</summary>
    public const long LargestFile = 64L << 20;

    private static readonly Encoding Strict = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a file; the document's id is the file's name without its extension.</summary>
    /// <param name="path">The file.</param>
    /// <param name="largest">The largest size taken, in bytes.</param>
    public static (Document? Document, Problem? Problem) Read(string path, long largest = LargestFile)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Read(stream, Path.GetFileNameWithoutExtension(path), path, largest);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return (null, new("CH0101", $"{path}: there is no such file; check the name."));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return (null, new("CH0102", $"{path}: cannot be read ({e.Message}); check its permissions."));
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">UTF-8, UTF-16 with a byte order mark, or Windows-1252.</param>
    /// <param name="id">The document's id.</param>
    /// <param name="name">What to call it in a problem's message.</param>
    /// <param name="largest">The largest size taken, in bytes.</param>
    public static (Document? Document, Problem? Problem) Read(Stream stream, string id, string name, long largest = LargestFile)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var buffer = new MemoryStream();
        var chunk = new byte[81920];
        for (int n; (n = stream.Read(chunk)) > 0;)
        {
            if (buffer.Length + n > largest)
                return (null, new("CH0103", $"{name}: larger than {largest / (1 << 20)} MiB, which no report is; divide it."));
            buffer.Write(chunk, 0, n);
        }

        var bytes = buffer.GetBuffer().AsSpan(0, (int)buffer.Length);
        if (Decode(bytes) is not { } text)
            return (null, new("CH0104", $"{name}: this is not text; give the report as text in UTF-8."));
        return string.IsNullOrWhiteSpace(text)
            ? (null, new("CH0105", $"{name}: there is nothing in it; remove it or give the text."))
            : (new Document(id, text) { Title = TitleOf(text) }, null);
    }

    private static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (bytes is [0xEF, 0xBB, 0xBF, ..])
            bytes = bytes[3..];
        else if (bytes is [0xFF, 0xFE, ..])
            return Encoding.Unicode.GetString(bytes[2..]);
        else if (bytes is [0xFE, 0xFF, ..])
            return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        if (bytes.Contains((byte)0))
            return null;
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            // Bytes above 0x9F are the same letters in Latin-1; the rest of Windows-1252 is typography.
            return string.Create(bytes.Length, bytes, static (to, from) =>
            {
                for (var i = 0; i < from.Length; i++)
                    to[i] = from[i] is >= 0x80 and < 0xA0 ? Typography[from[i] - 0x80] : (char)from[i];
            });
        }
    }

    private const string Typography =
        "\u20ac\ufffd\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffd\u017d\ufffd\ufffd\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffd\u017e\u0178";

    /// <summary>The first line, where a blank line follows it and it does not end as a sentence does.</summary>
    private static string? TitleOf(string text)
    {
        using var lines = new StringReader(text);
        return lines.ReadLine() is { Length: > 0 and <= 200 } first && !first.EndsWith('.') && lines.ReadLine() is { Length: 0 } ? first.Trim() : null;
    }
}
