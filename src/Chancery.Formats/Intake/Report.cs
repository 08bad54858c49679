using System.Text.RegularExpressions;
using Chancery.Records;

namespace Chancery.Formats.Intake;

/// <summary>What was found of a report before it is a document.</summary>
internal sealed partial record Report(string Id, string Text)
{
    public string? Title { get; init; }
    public string? Publisher { get; init; }
    public string? Published { get; init; }
    public string? Url { get; init; }
    public string? Language { get; init; }
    public IReadOnlyList<string> Authors { get; init; } = [];

    /// <summary>The document: the headline, an empty line, the text, unless the text begins with the headline.</summary>
    public Document ToDocument(IntakeOptions options)
    {
        var text = Text.ReplaceLineEndings("\n").Trim();
        var title = Absent(Title) is { } t ? Blanks().Replace(t, " ") : null;
        if (title is not null && !text.StartsWith(title, StringComparison.OrdinalIgnoreCase))
            text = $"{title}\n\n{text}";
        return new(Id, text)
        {
            Title = title,
            Publisher = Absent(Publisher),
            Published = Published,
            Url = Absent(Url),
            Authors = Authors,
            Language = LanguageCode(Language) ?? (options.GuessLanguage ? LanguageGuess.Of(text) : null) ?? "en",
        };
    }

    /// <summary>The names in a byline, without "By" and divided at commas, semicolons and "and".</summary>
    public static IReadOnlyList<string> Names(string? byline)
    {
        if (Absent(byline) is not { Length: <= 300 } line || line.Contains("://", StringComparison.Ordinal))
            return [];
        return [.. Dividers().Split(By().Replace(line, "")).Select(n => n.Trim(' ', '.', '|', '-')).Where(n => n.Length is > 1 and < 100).Distinct(StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>Absent is null, never empty.</summary>
    public static string? Absent(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();

    /// <summary><c>en</c> of <c>en-GB</c>; null of what is no code.</summary>
    public static string? LanguageCode(string? tag)
    {
        var code = tag?.Trim().Split('-', '_')[0].ToLowerInvariant();
        return code switch
        {
            "eng" or "english" => "en",
            { Length: 2 } when char.IsAsciiLetter(code[0]) && char.IsAsciiLetter(code[1]) => code,
            _ => null,
        };
    }

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blanks();

    [GeneratedRegex(@"\s*(?:[,;|]|\band\b|&)\s*", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Dividers();

    [GeneratedRegex(@"^\s*by:?\s+", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex By();
}
