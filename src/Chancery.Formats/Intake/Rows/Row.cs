using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>One row of a table or one JSON object, as what it gives for each part of a report.</summary>
internal static class Row
{
    /// <summary>The document that a row holds, or why it holds none.</summary>
    /// <param name="part">Gives what the row has for a part of the mapping; null or empty where it has nothing.</param>
    /// <param name="authors">The authors, where they are a list.</param>
    /// <param name="name">The file.</param>
    /// <param name="line">The line that the row begins on; null for a file that is one row.</param>
    /// <param name="options">The limits.</param>
    public static (Document?, Problem?) Read(Func<string, string?> part, IReadOnlyList<string>? authors, string name, long? line, IntakeOptions options)
    {
        var place = line is { } n ? $"{name}: line {n}" : name;
        if (Report.Absent(part("text")) is not { } text)
            return (null, new("CH0313", $"{place}: no text in it; remove it, or say which column has the text."));
        if (text.Contains("</", StringComparison.Ordinal) || text.Contains("<br", StringComparison.OrdinalIgnoreCase) || text.Contains("<p>", StringComparison.OrdinalIgnoreCase))
        {
            var (plain, problem) = HtmlPages.Fragment(text, place, options);
            if (problem is not null)
                return (null, problem);
            text = plain!;
        }
        var report = new Report(IdOf(part, name, line), text)
        {
            Title = part("title"),
            Published = PublishedDate.Of(part("published")),
            Publisher = part("publisher"),
            Url = part("url"),
            Language = part("language"),
            Authors = authors is { Count: > 0 } ? authors : Report.Names(part("author")),
        };
        return string.IsNullOrWhiteSpace(report.Text)
            ? (null, new("CH0313", $"{place}: no text in it; remove it, or say which column has the text."))
            : (report.ToDocument(options), null);
    }

    private static string IdOf(Func<string, string?> part, string name, long? line)
    {
        if ((Report.Absent(part("id")) ?? Report.Absent(part("url"))) is { Length: <= 2000 } id && !id.Any(char.IsControl))
            return id;
        var stem = FileNames.Stem(name);
        return line is { } n ? $"{stem}-{n}" : stem;
    }
}
