using System.Globalization;
using System.Text.RegularExpressions;

namespace Chancery.Formats.Intake;

/// <summary>
/// The day that a report gives as its own, in the forms that files have it in. The day is taken as it is written, where the writer was,
/// and never moved to another time zone.
/// </summary>
public static partial class PublishedDate
{
    private static readonly string[] Months =
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

    /// <summary>The date as EDTF: a day, or a month or year where no more is said.</summary>
    /// <param name="text">
    /// ISO 8601, RFC 822, <c>April 10, 2024</c>, <c>10 April 2024</c>, <c>2024/04/10</c>, or seconds since 1970 (the day in UTC).
    /// </param>
    /// <returns>Null where it is no date, or one that can be read in two ways, such as <c>03/04/2024</c>.</returns>
    public static string? Of(string? text)
    {
        if (text is null || text.Length > 120)
            return null;
        var date = text.Trim();
        if (Iso().Match(date) is { Success: true } iso)
            return Edtf(iso, Number(iso, "m"));
        if (Compact().Match(date) is { Success: true } compact)
            return Edtf(compact, Number(compact, "m"));
        if (Epoch().IsMatch(date) && long.TryParse(date[..10], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds))
            return DateTimeOffset.FromUnixTimeSeconds(seconds).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Slashes().Match(date) is { Success: true } slashes)
            return Unambiguous(Number(slashes, "a"), Number(slashes, "b"), slashes);
        foreach (var form in (Regex[])[DayFirst(), MonthFirst(), MonthAlone()])
            if (form.Match(date) is { Success: true } words && Month(words.Groups["m"].Value) is > 0 and var month)
                return Edtf(words, month);
        return null;
    }

    private static string? Unambiguous(int a, int b, Match match) =>
        a == b || b > 12 ? Edtf(Number(match, "y"), a, b) : a > 12 ? Edtf(Number(match, "y"), b, a) : null;

    private static string? Edtf(Match match, int month) => Edtf(Number(match, "y"), month, Number(match, "d"));

    private static string? Edtf(int year, int month, int day)
    {
        if (year is < 1600 or > 2199 || month is < 0 or > 12 || day < 0)
            return null;
        if (month == 0)
            return day == 0 ? year.ToString("0000", CultureInfo.InvariantCulture) : null;
        if (day == 0)
            return string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}");
        return day <= DateTime.DaysInMonth(year, month) ? string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}") : null;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } g ? int.Parse(g.ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture) : 0;

    private static int Month(string name)
    {
        var word = name.ToLowerInvariant();
        return word is "sept" ? 9 : word.Length < 3 ? 0 : 1 + Array.FindIndex(Months, m => m == word || (word.Length == 3 && m.StartsWith(word, StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"^(?<y>[0-9]{4})(?:[-/.](?<m>[0-9]{1,2})(?:[-/.](?<d>[0-9]{1,2})(?=$|[T\s,]).*)?)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Iso();

    [GeneratedRegex(@"^(?<y>(?:19|20)[0-9]{2})(?<m>[0-9]{2})(?<d>[0-9]{2})(?:T?[0-9]{4,6}.*)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Compact();

    [GeneratedRegex(@"^1[0-9]{9}(?:[0-9]{3})?(?:\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Epoch();

    [GeneratedRegex(@"^(?<a>[0-9]{1,2})[/.-](?<b>[0-9]{1,2})[/.-](?<y>[0-9]{4})(?=$|[T\s,])", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"(?<![0-9])(?<d>[0-9]{1,2})(?:st|nd|rd|th)?(?:\s+of\s+|[\s.-]+)(?<m>\p{L}{3,9})[.,]?[\s,-]+(?<y>[0-9]{4})(?![0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex DayFirst();

    [GeneratedRegex(@"(?<!\p{L})(?<m>\p{L}{3,9})\.?\s+(?<d>[0-9]{1,2})(?:st|nd|rd|th)?,?\s+(?<y>[0-9]{4})(?![0-9])", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MonthFirst();

    [GeneratedRegex(@"^(?<m>\p{L}{3,9})\.?,?\s+(?<y>[0-9]{4})$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MonthAlone();
}
