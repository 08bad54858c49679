using System.Globalization;
using Chancery.Records;

namespace Chancery.Reading;

/// <summary>
/// Reads dates out of words, as precisely as they are given: absolute ("April 8-9"), and relative to the document's date
/// ("on Tuesday", "last month"). A year that is missing comes from the document's date or stays XXXX.
/// </summary>
internal sealed class Calendar(ParsedText text, DateOnly? published)
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

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
        // "the same day" is the day spoken of before.
        for (var i = 0; i + 2 < text.Words.Length; i++)
        {
            if (Low(i) != "the" || Low(i + 1) != "same" || Low(i + 2) != "day")
                continue;
            var before = found.LastOrDefault(f => f.Last < i && f.Date.Edtf.Length == 10);
            if (before.Date is not null)
                found.Add((i, i + 2, new(before.Date.Edtf, text.Span(i, i + 2))));
        }
        found.Sort((a, b) => a.First.CompareTo(b.First));
        return found;
    }

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
                return (Range(year ?? YearOf(month, first), month, first, until), end);
            }
            var (given, endOfYear) = YearAfter(i);
            var part = Low(i - 1) == "of" && Low(i - 2) is "end" or "beginning" or "start" or "middle" or "late" || Low(i - 1) is "late" or "early" or "mid" ? "~" : "";
            return ($"{Year(given ?? YearOf(month, null))}-{month:d2}{part}", endOfYear);
        }
        // 8 April 2024
        if (Day(i) is { } day && Month(i + 1) is { } of && char.IsUpper(text.Words[i + 1].Form[0]))
        {
            var (year, end) = YearAfter(i + 1);
            return (Range(year ?? YearOf(of, day), of, day, null), end);
        }
        if (Array.IndexOf(Days, word) is >= 0 and var weekday && char.IsUpper(text.Words[i].Form[0]))
            return Weekday(weekday, Low(i - 1)) is { } on ? (on, i) : null;
        if (published is { } today)
        {
            if (word is "today" or "tonight")
                return (Day(today), i);
            if (word is "yesterday")
                return (Day(today.AddDays(-1)), i);
            if (word is "tomorrow")
                return (Day(today.AddDays(1)), i);
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
        // in 1956, by 1990
        if (word.Length == 4 && int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var alone) && alone is > 1000 and < 2200 && Low(i - 1) is "in" or "since" or "by" or "of" or "during" or "until" or "from" or "before" or "after")
            return (word, i);
        return null;
    }

    private int? Month(int i)
    {
        var word = Low(i).TrimEnd('.');
        if (word.Length < 3)
            return null;
        var at = Array.FindIndex(Months, m => m == word || (word.Length <= 4 && m.StartsWith(word[..3], StringComparison.Ordinal) && (word.Length == 3 || word is "sept")));
        return at < 0 ? null : at + 1;
    }

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

    /// <summary>The year that a day without one is in: the nearest to the document's date.</summary>
    private int? YearOf(int month, int? day)
    {
        if (published is not { } today)
            return null;
        var months = ((today.Year - 1) * 12) + today.Month;
        return new[] { today.Year - 1, today.Year, today.Year + 1 }.MinBy(y => Math.Abs((((y - 1) * 12) + month) - months));
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

    /// <summary>The last such day, the document's own included; the next one after "next".</summary>
    private string? Weekday(int weekday, string before)
    {
        if (published is not { } today)
            return null;
        var back = ((int)today.DayOfWeek - weekday + 7) % 7;
        return before == "next" ? Day(today.AddDays(7 - back)) : Day(today.AddDays(before == "last" && back == 0 ? -7 : -back));
    }
}
