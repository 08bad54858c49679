using System.Globalization;

namespace Chancery.Records;

/// <summary>Dates as far as they are known, in EDTF (ISO 8601-2), and the days that they may mean.</summary>
public static class Edtf
{
    // EDTF writes seasons as months 21 to 24; they begin with these months.
    private static readonly int[] Seasons = [3, 6, 9, 12];

    /// <summary>The first and the last day that a date may mean.</summary>
    /// <param name="edtf">A day, month, season, year or interval, with or without <c>~</c> or <c>?</c>.</param>
    /// <returns>Both days; null where the year is not known or the text is no date.</returns>
    public static (DateOnly First, DateOnly Last)? Days(string? edtf)
    {
        if (edtf is null)
            return null;
        var cut = edtf.IndexOf('/', StringComparison.Ordinal);
        if (cut < 0)
            return Simple(edtf);
        var (from, to) = (Simple(edtf[..cut]), Simple(edtf[(cut + 1)..]));
        // An open end leaves the end that is known.
        return (from ?? to) is { } either ? (from?.First ?? either.First, to is { } end && end.Last >= (from?.First ?? end.Last) ? end.Last : either.Last) : null;
    }

    private static (DateOnly First, DateOnly Last)? Simple(string edtf)
    {
        var parts = edtf.TrimEnd('~', '?', '%').Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || !Number(parts[0], 1, 9998, out var year))
            return null;
        if (parts.Length == 1)
            return (new(year, 1, 1), new(year, 12, 31));
        if (parts[1].Length != 2 || !Number(parts[1], 1, 24, out var month) || month is > 12 and < 21)
            return null;
        if (month > 12)
        {
            var first = new DateOnly(year, Seasons[month - 21], 1);
            return parts.Length == 2 ? (first, first.AddMonths(3).AddDays(-1)) : null;
        }
        if (parts.Length == 2)
            return (new(year, month, 1), new(year, month, DateTime.DaysInMonth(year, month)));
        if (parts[2].Length != 2 || !Number(parts[2], 1, DateTime.DaysInMonth(year, month), out var day))
            return null;
        return (new(year, month, day), new(year, month, day));
    }

    private static bool Number(string digits, int least, int most, out int number) =>
        int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= least && number <= most;
}
