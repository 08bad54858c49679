using Chancery.Lexicon;

namespace Chancery.Reading;

/// <summary>Where and when a report was filed, before its first words: "GENEVA, Nov 18 (Reuters) -".</summary>
/// <param name="First">Its first word.</param>
/// <param name="Last">Its last word, the dash or bracket that closes it.</param>
/// <param name="LastOfPlace">The last word of the name of the place.</param>
internal sealed record Dateline(int First, int Last, int LastOfPlace)
{
    // A headline, a byline, and the dateline.
    private const int MostSentencesBefore = 5;

    // In words.
    private const int Longest = 16;

    /// <summary>The dateline of a text; null where it has none.</summary>
    public static Dateline? Of(ParsedText text)
    {
        for (var s = 0; s < Math.Min(text.Sentences, MostSentencesBefore); s++)
        {
            if (s > 0 && !text.Annotation.Sentences[s].StartsParagraph)
                continue;
            if (At(text, text.First(s)) is { } dateline)
                return dateline;
        }
        return null;
    }

    /// <summary>Whether a word stands in it.</summary>
    public bool Contains(int word) => First <= word && word <= Last;

    private static Dateline? At(ParsedText text, int first)
    {
        if (!char.IsUpper(text.Words[first].Form[0]))
            return null;
        var place = first;
        while (place + 1 < text.Words.Length && char.IsUpper(text.Words[place + 1].Form[0]) && Calendar.MonthOf(text.Words[place + 1].Form) is null && !Follows(text, place + 1, "/"))
            place++;
        var capitals = Enumerable.Range(first, place - first + 1).All(i => text.Words[i].Form.Length > 1 && !text.Words[i].Form.Any(char.IsLower));
        var (dated, sourced) = (false, false);
        for (var i = place + 1; i < Math.Min(text.Words.Length, first + Longest); i++)
        {
            var form = text.Words[i].Form;
            if (IsDash(text, i))
                return capitals || dated || sourced ? new(first, i, place) : null;
            // "(IANS)", "/TASS/": the report goes on behind it, dash or none.
            if (form is ")" or "/" && sourced)
                return new(first, i + 1 < text.Words.Length && (IsDash(text, i + 1) || text.Words[i + 1].Form is "." or ":") ? i + 1 : i, place);
            if (form is "(" or "/")
                sourced = true;
            else if (Calendar.MonthOf(form) is not null)
                dated |= char.IsAsciiDigit(text.Words[i - 1].Form[0]) || (i + 1 < text.Words.Length && char.IsAsciiDigit(text.Words[i + 1].Form[0]));
            else if (!(form is "," or "." || char.IsUpper(form[0]) || form.All(c => char.IsAsciiDigit(c))))
                return null;
        }
        return null;
    }

    private static bool Follows(ParsedText text, int word, string form) => text.Words[word].Form.StartsWith(form, StringComparison.Ordinal);

    /// <summary>A dash divides: a hyphen joins what stands on both its sides.</summary>
    private static bool IsDash(ParsedText text, int word) => text.Words[word].Form is "--" or "–" or "—"
        || (text.Words[word].Form == "-" && word > 0 && text.Words[word - 1].Span.End < text.Words[word].Span.Start);

    /// <summary>The country of the place; null where the place is not known.</summary>
    public string? Country(WorldLexicon lexicon, ParsedText text)
    {
        // "The Hague/Georgetown/Caracas" is filed from everywhere.
        if (LastOfPlace + 1 < text.Words.Length && Follows(text, LastOfPlace + 1, "/") && LastOfPlace + 2 <= Last && char.IsUpper(text.Words[LastOfPlace + 2].Form[0]) && text.Words[LastOfPlace + 2].Form.Any(char.IsLower))
            return null;
        var words = Enumerable.Range(First, LastOfPlace - First + 1).Select(i => text.Words[i].Form).ToList();
        while (words.Count > 0)
        {
            foreach (var name in new[] { string.Concat(words), string.Concat(words.Select(w => w[0] + w[1..].ToLowerInvariant())) })
            {
                if (lexicon.CountryOfSeat(name) is { } seat)
                    return seat;
                if (lexicon.PlacesNamed(name).MaxBy(p => p.Population) is { } city)
                    return city.Country;
                if (lexicon.Named(name) is [{ Kind: ActorKind.State, Country: { } code }, ..])
                    return code;
            }
            words.RemoveAt(words.Count - 1);
        }
        return null;
    }
}
