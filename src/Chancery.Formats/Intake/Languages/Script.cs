namespace Chancery.Formats.Intake;

/// <summary>The script that most letters of a text are of.</summary>
internal static class Script
{
    private static readonly (char First, char Last, string Name)[] Ranges =
    [
        ('A', 'Z', "Latn"), ('a', 'z', "Latn"), ('\u00C0', '\u024F', "Latn"), ('\u0370', '\u03FF', "el"), ('\u0400', '\u052F', "Cyrl"),
        ('\u0531', '\u058F', "hy"), ('\u0590', '\u05FF', "he"), ('\u0600', '\u06FF', "Arab"), ('\u0750', '\u077F', "Arab"),
        ('\u0900', '\u097F', "Deva"), ('\u0980', '\u09FF', "bn"), ('\u0B80', '\u0BFF', "ta"), ('\u0C00', '\u0C7F', "te"), ('\u0E00', '\u0E7F', "th"),
        ('\u10A0', '\u10FF', "ka"), ('\u1200', '\u137F', "am"), ('\u1E00', '\u1EFF', "Latn"), ('\u1F00', '\u1FFF', "el"), ('\u3040', '\u30FF', "kana"),
        ('\u4E00', '\u9FFF', "han"), ('\u3400', '\u4DBF', "han"), ('\uAC00', '\uD7AF', "ko"), ('\u1100', '\u11FF', "ko"), ('\uFB50', '\uFDFF', "Arab"), ('\uFE70', '\uFEFE', "Arab"),
    ];

    /// <summary>ISO 15924 for scripts of several languages, else the language's code; null where there are hardly any letters.</summary>
    public static string? Of(ReadOnlySpan<char> text)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var letters = 0;
        foreach (var letter in text)
        {
            if (!char.IsLetter(letter))
                continue;
            letters++;
            foreach (var (first, last, name) in Ranges)
                if (letter >= first && letter <= last)
                {
                    counts[name] = counts.GetValueOrDefault(name) + 1;
                    break;
                }
        }
        if (counts.Count == 0 || letters < 4)
            return null;
        // Japanese writes most nouns in Chinese characters, and a few kana between them tell.
        var (kana, han) = (counts.GetValueOrDefault("kana"), counts.GetValueOrDefault("han"));
        if (kana + han > letters / 3)
            return kana * 10 > han ? "ja" : "zh";
        var most = counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First();
        return most.Key is "kana" or "han" ? "ja" : most.Key;
    }
}
