using System.Globalization;
using Chancery.Language;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>From a document to its record. Pure: the same document and model give the same record.</summary>
public sealed class Reader(ILanguageModel model)
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end.</exception>
    public Record Read(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var annotation = model.Annotate(document.Text, cancellationToken);
        return new(document, [.. Attributions.Of(annotation).Select((a, i) => StatementOf(document.Text, a, i))]);
    }

    private static Statement StatementOf(string text, Attribution attribution, int index) =>
        new(string.Create(CultureInfo.InvariantCulture, $"s{index + 1}"), FormOf(text, attribution.Content), attribution.Content)
        {
            Speaker = attribution.Source,
            Cue = attribution.Cue,
        };

    private static SpeechForm FormOf(string text, IReadOnlyList<TextSpan> content)
    {
        if (content.All(span => IsQuoted(text, span)))
            return SpeechForm.Direct;
        return content.Any(span => Marks(span.Of(text)) > 0) ? SpeechForm.Mixed : SpeechForm.Indirect;
    }

    /// <summary>Whether a stretch stands in quotation marks from end to end, whether or not it takes them in.</summary>
    private static bool IsQuoted(string text, TextSpan span)
    {
        var (start, end) = (span.Start, span.End);
        var opens = IsMark(text[start]) || (start > 0 && IsMark(text[start - 1]));
        var closes = IsMark(text[end - 1]) || (end < text.Length && IsMark(text[end])) || (end + 1 < text.Length && IsMark(text[end + 1]));
        return opens && closes && Marks(text.AsSpan(start + 1, Math.Max(0, end - start - 2))) == 0;
    }

    private static int Marks(ReadOnlySpan<char> words)
    {
        var marks = 0;
        foreach (var c in words)
            marks += IsMark(c) ? 1 : 0;
        return marks;
    }

    private static bool IsMark(char c) => c is '"' or '\u201c' or '\u201d' or '\u00ab' or '\u00bb' or '\u201e';
}
