using System.Globalization;

namespace Chancery.Formats.Exports;

/// <summary>How precisely a date is given.</summary>
internal enum DatePrecision
{
    /// <summary>To the day, on both ends.</summary>
    Day,

    /// <summary>To the month on one end at least; also a day that is only about right.</summary>
    Month,

    /// <summary>To the season, year or decade.</summary>
    Year,
}

/// <summary>The days that a date in EDTF (ISO 8601-2) may mean, first and last included.</summary>
internal readonly record struct DateRange(DateOnly First, DateOnly Last, DatePrecision Precision)
{
    // "2024-06-24/2024-06-28" is the longest that has a meaning here, with marks of doubt; what is longer is not a date.
    private const int Longest = 40;

    /// <summary>The days of a date; null where it is open at an end, has no year, or is no date.</summary>
    public static DateRange? Of(string? edtf)
    {
        if (edtf is null or { Length: > Longest })
            return null;
        var divider = edtf.IndexOf('/', StringComparison.Ordinal);
        if (divider < 0)
            return One(edtf);
        return One(edtf.AsSpan(0, divider)) is { } from && One(edtf.AsSpan(divider + 1)) is { } to && from.First <= to.Last
            ? new(from.First, to.Last, (DatePrecision)Math.Max((int)from.Precision, (int)to.Precision))
            : null;
    }

    /// <summary>The one day that a date begins with, where it is given to the day; null otherwise.</summary>
    public static DateOnly? DayOf(string? edtf) => Of(edtf) is { Precision: DatePrecision.Day, First: var day } ? day : null;

    private static DateRange? One(ReadOnlySpan<char> text)
    {
        var exact = text.TrimEnd("~?%");
        var doubtful = exact.Length < text.Length;
        if (exact.Length > 10 && exact[10] == 'T')
            exact = exact[..10];
        if (exact.Length == 4 && exact[3] == 'X' && Number(exact[..3]) is { } decade and > 0)
            return new(new(decade * 10, 1, 1), new((decade * 10) + 9, 12, 31), DatePrecision.Year);
        if (exact.Length < 4 || Number(exact[..4]) is not { } year || year == 0)
            return null;
        if (exact.Length == 4)
            return new(new(year, 1, 1), new(year, 12, 31), DatePrecision.Year);
        if (exact[4] != '-' || exact.Length < 7 || Number(exact[5..7]) is not { } month)
            return null;
        // 21 to 24 are seasons, 31 to 41 thirds, quarters and halves of a year: too vague for a calendar.
        if (exact.Length == 7 && month is >= 21 and <= 41)
            return new(new(year, 1, 1), new(year, 12, 31), DatePrecision.Year);
        if (month is < 1 or > 12)
            return null;
        if (exact.Length == 7)
            return new(new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)), DatePrecision.Month);
        if (exact.Length != 10 || exact[7] != '-')
            return null;
        if (exact[8..] is "XX")
            return new(new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)), DatePrecision.Month);
        return Number(exact[8..]) is { } day && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new(new(year, month, day), new(year, month, day), doubtful ? DatePrecision.Month : DatePrecision.Day)
            : null;
    }

    private static int? Number(ReadOnlySpan<char> digits) => int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
