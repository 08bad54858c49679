using System.Text;

namespace Chancery.Formats.Intake;

/// <summary>Bytes to letters: a byte order mark, then what the sender says, then UTF-8, then Windows-1252.</summary>
internal static class Decoding
{
    private static readonly Encoding Strict = new UTF8Encoding(false, throwOnInvalidBytes: true);
    private static readonly Encoding Western = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    /// <summary>UTF-8 in which bytes that are none are read as Windows-1252, for files that are too long to be tried whole.</summary>
    public static Encoding Lenient { get; } = Encoding.GetEncoding("utf-8", EncoderFallback.ReplacementFallback, new WesternFallback());

    /// <summary>All the letters.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="charset">What the sender says, such as <c>iso-8859-1</c>; passed over where it is unknown or plainly wrong.</param>
    public static string Text(ReadOnlySpan<byte> bytes, string? charset = null)
    {
        switch (bytes)
        {
            case [0xEF, 0xBB, 0xBF, ..]:
                return Lenient.GetString(bytes[3..]);
            case [0xFF, 0xFE, ..]:
                return Encoding.Unicode.GetString(bytes[2..]);
            case [0xFE, 0xFF, ..]:
                return Encoding.BigEndianUnicode.GetString(bytes[2..]);
        }
        // Pages that say Latin-1 are often UTF-8, and UTF-8 that is valid by chance does not happen in a text of some length.
        try
        {
            if (Named(charset) is not { } said || said.CodePage is 1252 or 65001)
                return Strict.GetString(bytes);
            return said.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return Western.GetString(bytes);
        }
    }

    /// <summary>A reader of a stream too long to be held.</summary>
    public static StreamReader Reader(Stream stream) => new(stream, Lenient, detectEncodingFromByteOrderMarks: true, 1 << 16, leaveOpen: true);

    private static Encoding? Named(string? charset)
    {
        if (string.IsNullOrWhiteSpace(charset) || charset.Length > 40)
            return null;
        var name = charset.Trim(' ', '"', '\'').ToLowerInvariant();
        if (name is "iso-8859-1" or "latin1" or "latin-1" or "us-ascii" or "ascii")
            return Western;
        // A page that can be read far enough to say it is UTF-16 is not.
        if (name.StartsWith("utf-16", StringComparison.Ordinal) || name.StartsWith("utf-32", StringComparison.Ordinal) || name is "utf-7")
            return null;
        try
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private sealed class WesternFallback : DecoderFallback
    {
        public override int MaxCharCount => 4;

        public override DecoderFallbackBuffer CreateFallbackBuffer() => new Buffer();

        private sealed class Buffer : DecoderFallbackBuffer
        {
            private string _letters = "";
            private int _next;

            public override int Remaining => _letters.Length - _next;

            public override bool Fallback(byte[] bytesUnknown, int index)
            {
                (_letters, _next) = (Western.GetString(bytesUnknown), 0);
                return _letters.Length > 0;
            }

            public override char GetNextChar() => _next < _letters.Length ? _letters[_next++] : '\0';

            public override bool MovePrevious()
            {
                if (_next == 0)
                    return false;
                _next--;
                return true;
            }

            public override void Reset() => (_letters, _next) = ("", 0);
        }
    }
}
