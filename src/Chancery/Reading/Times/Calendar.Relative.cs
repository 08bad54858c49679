using System.Globalization;

namespace Chancery.Reading;

/// <summary>Dates that go by others, and by whether the text tells of what was or of what will be.</summary>
internal sealed partial class Calendar
{
    // A verb stands close above its date.
    private const int MostStepsUp = 6;

    private static readonly string[] Plans =
        ["due", "expect", "plan", "schedule", "set", "slate", "intend", "prepare", "agree", "want", "hope", "invite", "invitation", "ready", "promise", "offer", "decide", "vow", "pledge", "poise", "propose"];

    private static readonly string[] Timetable = ["begin", "start", "open", "meet", "arrive", "visit", "travel", "leave", "fly", "host", "end", "expire", "resume", "vote", "convene", "gather", "depart"];

    /// <summary>How many days from the day spoken of before: "the same evening", "the next day", "two days later".</summary>
    private (int Last, int Days)? DaysFromBefore(int i)
    {
        var (one, two, three) = (Low(i), Low(i + 1), Low(i + 2));
        if (one is "the" or "that" && two is "same" && IsPartOfDay(three))
            return (i + 2, 0);
        if (one is "that" && two is "day" or "evening" or "night" or "morning" or "afternoon" && text.Relation(i + 1) is "obl" or "nmod" or "advmod")
            return (i + 1, 0);
        if (one is "in" && two is "the" && three is "evening" or "afternoon" or "morning")
            return (i + 2, 0);
        if (one is "the" && two is "next" or "following" && three is "day" or "morning")
            return (i + 2, 1);
        if (one is "the" && two is "previous" && three is "day" or "evening")
            return (i + 2, -1);
        if (one is "the" && two is "day" && three is "before" or "after")
            return (i + 2, three == "before" ? -1 : 1);
        return Number(i) is { } days && days < 60 && two is "day" or "days" && three is "later" or "earlier" && !char.IsAsciiDigit(Low(i - 1).FirstOrDefault()) ? (i + 2, three == "later" ? days : -days) : null;

        static bool IsPartOfDay(string word) => word is "day" or "evening" or "night" or "morning" or "afternoon";
    }

    private static string? Moved(string edtf, int days) =>
        DayOf(edtf) is { } day ? Day(day.AddDays(days)) : days == 0 ? edtf : null;

    /// <summary>"the first quarter of next year", "the second half of 2023".</summary>
    private (string Edtf, int Last)? PartOfYear(int i, DateOnly today)
    {
        var ordinal = Array.IndexOf(Ordinals, Low(i));
        if (ordinal < 0 || Low(i + 1) is not ("quarter" or "half") || Low(i + 2) is not ("of" or "next" or "this" or "last"))
            return null;
        var at = Low(i + 2) == "of" ? i + 3 : i + 2;
        if (Low(at) == "the")
            at++;
        int? year = IsYear(at) ? int.Parse(Low(at), CultureInfo.InvariantCulture)
            : Low(at + 1) is not "year" ? null
            : Low(at) switch { "next" => today.Year + 1, "last" => today.Year - 1, "this" => today.Year, _ => null };
        var months = Low(i + 1) == "quarter" ? 3 : 6;
        if (year is null || ordinal * months >= 12)
            return null;
        var first = (ordinal * months) + 1;
        return (string.Create(CultureInfo.InvariantCulture, $"{year:d4}-{first:d2}/{year:d4}-{first + months - 1:d2}"), IsYear(at) ? at : at + 1);
    }

    private static readonly string[] Ordinals = ["first", "second", "third", "fourth"];

    /// <summary>The year of "next spring": winter begins with its year's last month, the others as they come.</summary>
    private static int SeasonYear(int season, string which, DateOnly today)
    {
        var begins = ((season - 21) * 3) + 3;
        return which switch
        {
            "next" => begins > today.Month ? today.Year : today.Year + 1,
            "last" => begins + 2 < today.Month ? today.Year : today.Year - 1,
            _ => today.Year,
        };
    }

    /// <summary>Whether the clause of a date tells of what is yet to come.</summary>
    private bool IsToCome(int word)
    {
        for (var (at, steps) = (text.Head(word), 0); at >= 0 && steps < MostStepsUp; at = text.Head(at), steps++)
        {
            var lemma = text.Lemma(at);
            if (text.Words[at].Upos is "ADJ" && Plans.Contains(lemma))
                return true;
            if (text.Words[at].Upos != "VERB")
                continue;
            var (will, had, to, be) = (false, false, false, false);
            foreach (var d in text.Dependents(at))
            {
                var aux = text.Lemma(d);
                var form = text.Words[d].Form.ToLowerInvariant();
                var helps = text.Relation(d) is "aux" or "cop";
                will |= helps && aux is "will" or "shall" or "'ll" or "’ll" or "would" or "may" or "might" or "could";
                had |= helps && aux == "have";
                to |= text.Relation(d) == "mark" && aux == "to";
                be |= helps && aux == "be" && form is "is" or "are" or "'s" or "’s";
            }
            if (will)
                return !had;
            // "was to fly on", "is due to meet", "plans to meet", "an invitation to visit"
            if (to)
                return text.Head(at) is not (>= 0 and var above) || text.Relation(at) is "root" or "ccomp" || Plans.Contains(text.Lemma(above)) || text.Words[above].Upos == "NOUN";
            // "a meeting planned for", "which was expected in"
            if (lemma is "plan" or "schedule" or "expect" or "slate" && text.Words[at].Xpos == "VBN")
                return true;
            // "meets on Friday", "is arriving on Monday"
            return !had && ((text.Words[at].Xpos is "VBZ" or "VBP" && Timetable.Contains(lemma)) || (text.Words[at].Xpos == "VBG" && be));
        }
        return false;
    }

    /// <summary>Whether a date stands right under a verb in the past.</summary>
    private bool HasHappened(int word)
    {
        var verb = text.Head(word);
        // "December 6" hangs by its month.
        if (verb >= 0 && text.Words[verb].Upos is "NUM" or "PROPN" && text.Words[verb].Span.End >= text.Words[word].Span.Start - 4)
            verb = text.Head(verb);
        return verb >= 0 && text.Words[verb].Upos == "VERB" && text.Words[verb].Xpos is "VBD" && !Plans.Contains(text.Lemma(verb)) && text.Lemma(verb) is not ("say" or "tell" or "announce" or "confirm") && !IsToCome(word);
    }
}
