using System.Globalization;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Reads dates out of words, as precisely as they are given: absolute ("April 8-9"), and relative to the document's date
/// ("on Tuesday", "last month"). A year that is missing comes from the document's date or stays XXXX.
/// </summary>
internal sealed partial class Calendar(ParsedText text, DateOnly? published)
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    private static readonly string[] Numbers = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    // EDTF writes seasons as months 21 to 24.
    private static readonly string[] Seasons = ["spring", "summer", "autumn", "winter"];

    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    /// <summary>Every date in the text, in order, with the words that give it.</summary>
    public List<(int First, int Last, TextDate Date)> Read()
    {
        var found = new List<(int First, int Last, TextDate Date)>();
        for (var i = 0; i < text.Words.Length;)
        {
            if (At(i) is { } date)
            {
                found.Add((i, date.Last, new(date.Edtf, text.Span(i, date.Last))));
                i = date.Last + 1;
            }
            else
            {
                i++;
            }
        }
        // "the same day", "the next day", "two days later" go by the day spoken of before.
        for (var i = 0; i < text.Words.Length; i++)
        {
            if (DaysFromBefore(i) is not var (last, days))
                continue;
            var before = found.LastOrDefault(f => f.Last < i && f.Date.Edtf.Length == 10 && !(published is { } now && string.CompareOrdinal(f.Date.Edtf, Day(now)) > 0));
            if (before.Date is not null && !found.Exists(f => f.First <= last && f.Last >= i) && Moved(before.Date.Edtf, days) is { } moved)
                found.Add((i, last, new(moved, text.Span(i, last))));
        }
        found.Sort((a, b) => a.First.CompareTo(b.First));
        return found;
    }

    /// <summary>The day of an EDTF date that is as precise as one; null for less.</summary>
    public static DateOnly? DayOf(string? edtf) =>
        DateOnly.TryParseExact(edtf, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>The day in the dateline of a report, "GENEVA, November 18, 1935 -"; null where there is none, or it gives no year.</summary>
    public static DateOnly? DatelineOf(ParsedText text)
    {
        if (Dateline.Of(text) is not { } dateline)
            return null;
        var calendar = new Calendar(text, null);
        for (var i = dateline.First; i < dateline.Last; i++)
        {
            if (calendar.At(i) is var (edtf, last) && last < dateline.Last && DayOf(edtf) is { } day)
                return day;
        }
        return null;
    }

    /// <summary>The number of a month by its name or short name; null for any other word.</summary>
    public static int? MonthOf(string word)
    {
        word = word.TrimEnd('.').ToLowerInvariant();
        if (word.Length < 3)
            return null;
        var at = Array.FindIndex(Months, m => m == word || (word.Length <= 4 && m.StartsWith(word[..3], StringComparison.Ordinal) && (word.Length == 3 || word is "sept")));
        return at < 0 ? null : at + 1;
    }

    /// <summary>Whether a word names a day of the week or a month.</summary>
    public static bool IsDayOrMonth(Language.Word word) =>
        word.Upos == "PROPN" && (Array.IndexOf(Days, word.Form.ToLowerInvariant()) >= 0 || Array.IndexOf(Months, word.Form.ToLowerInvariant()) >= 0);

    private string Low(int i) => i >= 0 && i < text.Words.Length ? text.Words[i].Form.ToLowerInvariant() : "";

    private (string Edtf, int Last)? At(int i)
    {
        var word = Low(i);
        // April 8, April 8-9, April 8th, 2024
        if (Month(i) is { } month && char.IsUpper(text.Words[i].Form[0]) && text.Words[i].Upos is not ("AUX" or "VERB"))
        {
            if (Day(i + 1) is { } first)
            {
                var last = i + 1;
                int? until = null;
                if (Low(i + 2) is "-" or "–" or "to" or "and" && Day(i + 3) is { } second && second > first)
                    (until, last) = (second, i + 3);
                var (year, end) = YearAfter(last);
                return (Range(year ?? YearOf(month, first, i), month, first, until), end);
            }
            var (given, endOfYear) = YearAfter(i);
            if (given is null && Low(i - 1) is "last" or "next" && published is { } now)
                given = now.Year + (Low(i - 1) == "last" ? (month < now.Month ? 0 : -1) : month > now.Month ? 0 : 1);
            return ($"{Year(given ?? YearOf(month, null, i))}-{month:d2}", endOfYear);
        }
        // 8 April 2024
        if (Day(i) is { } day && Month(i + 1) is { } of && char.IsUpper(text.Words[i + 1].Form[0]))
        {
            var (year, end) = YearAfter(i + 1);
            return (Range(year ?? YearOf(of, day, i), of, day, null), end);
        }
        if (Array.IndexOf(Days, word) is >= 0 and var weekday && char.IsUpper(text.Words[i].Form[0]))
            return Weekday(weekday, i) is { } on ? (on, i) : null;
        if (published is { } today)
        {
            if (word is "today" or "tonight")
                return (Day(today), i);
            if (word is "yesterday" || (word is "last" && Low(i + 1) is "night"))
                return (Day(today.AddDays(-1)), word is "last" ? i + 1 : i);
            if (PartOfYear(i, today) is { } part)
                return part;
            if (Season(i) is { } turn && Low(i - 1) is "next" or "last" or "this" && YearAfter(i).Year is null)
                return ($"{SeasonYear(turn, Low(i - 1), today):d4}-{turn}", i);
            if (word is "tomorrow")
                return (Day(today.AddDays(1)), i);
            if (Span(i, today) is { } span)
                return span;
            if (word is "weekend" && Low(i - 1) is not "next")
            {
                var saturday = today.AddDays(-(((int)today.DayOfWeek + 1) % 7));
                return ($"{Day(saturday)}/{Day(saturday.AddDays(1))}", i);
            }
            if (word is "last" or "next" or "this" && Low(i + 1) is "week" or "month" or "year" or "decade")
            {
                var step = word switch { "last" => -1, "next" => 1, _ => 0 };
                return Low(i + 1) switch
                {
                    "week" => (Week(today.AddDays(7 * step)), i + 1),
                    "month" => (today.AddMonths(step).ToString("yyyy-MM", CultureInfo.InvariantCulture), i + 1),
                    "year" => (today.AddYears(step).ToString("yyyy", CultureInfo.InvariantCulture), i + 1),
                    _ => null,
                };
            }
        }
        // spring 2022, the autumn of 1989
        if (Season(i) is { } season && (YearAfter(i) is { Year: not null } of2 ? of2 : Low(i + 1) == "of" ? YearAfter(i + 1) : default) is { Year: { } yearOfSeason, Last: var endOfSeason })
            return ($"{yearOfSeason:d4}-{season}", endOfSeason);
        // from 2011 to 2014, between 2011 and 2014, 2011-2014
        if (IsYear(i) && Low(i + 1) is "to" or "and" or "-" or "–" or "until" && IsYear(i + 2) && (Low(i + 1) is not ("to" or "and" or "until") || Low(i - 1) is "from" or "between"))
            return ($"{word}/{Low(i + 2)}", i + 2);
        // the 1990s, early 2019
        if (word is [_, _, _, '0', 's'] && int.TryParse(word.AsSpan(0, 4), NumberStyles.None, CultureInfo.InvariantCulture, out _))
            return ($"{word[..3]}X", i);
        if (IsYear(i) && Low(i - 1) is "early" or "late" or "mid")
            return ($"{word}~", i);
        // in 1956, by 1990
        if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var alone) && alone is > 1000 and < 2200 && Low(i - 1) is "in" or "since" or "by" or "of" or "during" or "until" or "from" or "before" or "after")
            return (word, i);
        return null;
    }

    /// <summary>"over the past two years", "in the last month", "three weeks ago".</summary>
    private (string Edtf, int Last)? Span(int i, DateOnly today)
    {
        if (Low(i) is "past" or "last" && Low(i - 1) is "the")
        {
            var counted = Number(i + 1) is not null;
            var at = counted ? i + 2 : i + 1;
            // "the last month" without a number is one month; "last month" without an article is the month before.
            if (Back(today, Number(i + 1) ?? 1, Low(at)) is { } from)
                return ($"{From(from, Low(at))}/{From(today, Low(at))}", at);
        }
        return Number(i) is { } ago && Low(i + 2) == "ago" && Back(today, ago, Low(i + 1)) is { } then ? (From(then, Low(i + 1)), i + 2) : null;

        static DateOnly? Back(DateOnly today, int count, string unit) => unit.TrimEnd('s') switch
        {
            "year" => today.AddYears(-count),
            "decade" => today.AddYears(-10 * count),
            "month" => today.AddMonths(-count),
            "week" => today.AddDays(-7 * count),
            "day" => today.AddDays(-count),
            _ => null,
        };

        static string From(DateOnly day, string unit) => unit.TrimEnd('s') switch
        {
            "year" or "decade" => day.ToString("yyyy", CultureInfo.InvariantCulture),
            "month" => day.ToString("yyyy-MM", CultureInfo.InvariantCulture),
            _ => Day(day),
        };
    }

    /// <summary>A small number in words or digits; null for any other word.</summary>
    public static int? NumberOf(string word) => Array.IndexOf(Numbers, word.ToLowerInvariant()) is >= 0 and var number ? number
        : int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var digits) && digits is > 0 and < 200 ? digits : null;

    private int? Number(int i) => Array.IndexOf(Numbers, Low(i)) is >= 0 and var word ? word
        : Low(i) is "a" or "an" ? 1
        : int.TryParse(Low(i), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 200 ? number : null;

    private int? Season(int i) => Array.IndexOf(Seasons, Low(i) == "fall" ? "autumn" : Low(i)) is >= 0 and var season ? season + 21 : null;

    private bool IsYear(int i) => Low(i).Length == 4 && int.TryParse(Low(i), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1000 and < 2200;

    private int? Month(int i) => MonthOf(Low(i));

    private int? Day(int i)
    {
        var word = Low(i);
        var digits = word.TrimEnd('s', 't', 'n', 'd', 'r', 'h');
        return digits.Length is 1 or 2 && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var day) && day is >= 1 and <= 31 ? day : null;
    }

    private (int? Year, int Last) YearAfter(int i)
    {
        var at = Low(i + 1) == "," ? i + 2 : i + 1;
        return Low(at).Length == 4 && int.TryParse(Low(at), NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is > 1000 and < 2200 ? (year, at) : (null, i);
    }

    /// <summary>
    /// The year that a day without one is in: the nearest to the document's date, but none to come of what has happened, and none
    /// past of what will.
    /// </summary>
    private int? YearOf(int month, int? day, int word)
    {
        if (published is not { } today)
            return null;
        var months = ((today.Year - 1) * 12) + today.Month;
        var year = new[] { today.Year - 1, today.Year, today.Year + 1 }.MinBy(y => Math.Abs((((y - 1) * 12) + month) - months));
        var then = ((year - 1) * 12) + month;
        return then < months - 1 && IsToCome(word) ? year + 1 : then > months && HasHappened(word) ? year - 1 : year;
    }

    private static string Year(int? year) => year?.ToString("d4", CultureInfo.InvariantCulture) ?? "XXXX";

    private static string Range(int? year, int month, int first, int? last) => last is { } until
        ? string.Create(CultureInfo.InvariantCulture, $"{Year(year)}-{month:d2}-{first:d2}/{Year(year)}-{month:d2}-{until:d2}")
        : string.Create(CultureInfo.InvariantCulture, $"{Year(year)}-{month:d2}-{first:d2}");

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string Week(DateOnly day)
    {
        var monday = day.AddDays(-(((int)day.DayOfWeek + 6) % 7));
        return $"{Day(monday)}/{Day(monday.AddDays(6))}";
    }

    /// <summary>The last such day, the document's own included; the next one after "next" and "until", and of what is yet to come.</summary>
    private string? Weekday(int weekday, int word)
    {
        if (published is not { } today)
            return null;
        var back = ((int)today.DayOfWeek - weekday + 7) % 7;
        return Low(word - 1) switch
        {
            "next" => Day(today.AddDays(7 - back)),
            "last" => Day(today.AddDays(back == 0 ? -7 : -back)),
            "until" or "till" or "by" or "coming" => Day(today.AddDays((7 - back) % 7)),
            _ => Day(today.AddDays(IsToCome(word) ? (7 - back) % 7 : -back)),
        };
    }
}
