using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Chancery.Formats.Tables;
using Chancery.Views;
using Ical.Net.CalendarComponents;
using Ical.Net.DataTypes;
using Ical.Net.Serialization;

namespace Chancery.Formats.Exports.Calendars;

/// <summary>What a calendar shows.</summary>
public sealed record DiaryCalendarOptions
{
    /// <summary>
    /// Whether entries of which only the month is known, or the day only about, are there too, over the whole month. What is vaguer never is.
    /// Default: no.
    /// </summary>
    public bool WholeMonths { get; init; }

    /// <summary>The address of a document by its id; null for none. Default: none has one.</summary>
    public Func<string, string?> UrlOf { get; init; } = _ => null;

    /// <summary>The calendar's name. Default: <c>Diary</c>.</summary>
    public string Name { get; init; } = "Diary";

    /// <summary>How many quotes an entry has at most. From 0; default: 10.</summary>
    public int Quotes { get; init; } = 10;
}

/// <summary>What became of the entries.</summary>
/// <param name="Written">How many entries the calendar has.</param>
/// <param name="LeftOut">How many entries of the diary have no date that a calendar could hold.</param>
public sealed record DiaryCalendarCount(int Written, int LeftOut);

/// <summary>
/// The diary as iCalendar (RFC 5545): entries of whole days, with ids that are the same in every run, so that a subscribed calendar updates
/// instead of doubling. What is held is CONFIRMED, what is planned or expected TENTATIVE, what is cancelled CANCELLED.
/// </summary>
public static class DiaryCalendar
{
    private const int LongestQuote = 500;

    /// <summary>Writes a calendar. Entries that differ only in status or source are one, with the surest status.</summary>
    /// <param name="to">Where to write, in UTF-8; left open.</param>
    /// <param name="diary">The entries.</param>
    /// <param name="stamp">When the calendar is made; the only time in it that is not the diary's.</param>
    /// <param name="options">What it shows; the default options where null.</param>
    public static DiaryCalendarCount Write(Stream to, IEnumerable<DiaryItem> diary, DateTimeOffset stamp, DiaryCalendarOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(to);
        ArgumentNullException.ThrowIfNull(diary);
        options ??= new();
        var calendar = new Ical.Net.Calendar { ProductId = "-//Chancery//Diary//EN", Version = "2.0" };
        calendar.AddProperty("X-WR-CALNAME", Clean(options.Name));
        var leftOut = 0;
        foreach (var same in diary.GroupBy(IdOf, StringComparer.Ordinal))
        {
            var item = same.MinBy(i => Surest(i.Status))!;
            var days = DateRange.Of(item.Date);
            if (days is { Precision: DatePrecision.Day } || (options.WholeMonths && days is { Precision: DatePrecision.Month }))
                calendar.Events.Add(EntryOf(same.Key, item, [.. same], days.Value, stamp, options));
            else
                leftOut += same.Count();
        }
        new CalendarSerializer().Serialize(calendar, to, new UTF8Encoding(false));
        return new(calendar.Events.Count, leftOut);
    }

    /// <summary>The entry's title, such as "Sergei Lavrov visits China – Beijing".</summary>
    public static string TitleOf(DiaryItem item)
    {
        ArgumentNullException.ThrowIfNull(item);
        var (who, with, several) = (Names(item.Who), Names(item.With), item.Who.Count > 1);
        var title = (item.What, who.Length > 0, with.Length > 0) switch
        {
            ("visit", true, true) => $"{who} {(several ? "visit" : "visits")} {with}",
            ("visit", true, false) => $"{who}: visit",
            ("meeting", true, true) => $"{who} {(several ? "meet" : "meets")} {with}",
            ("call", true, true) => $"{who} {(several ? "call" : "calls")} {with}",
            ("negotiation", true, true) => $"{who} {(several ? "negotiate" : "negotiates")} with {with}",
            ("summit", true, true) => $"{who} at a summit with {with}",
            ("speech", true, _) => $"{who} {(several ? "speak" : "speaks")}",
            (var what, true, true) => $"{who} and {with}: {what}",
            (var what, true, false) => $"{who}: {what}",
            (var what, false, true) => $"{with}: {what}",
            (var what, false, false) => what,
        };
        return Clean(item.Place is { Length: > 0 } place && !item.With.Any(w => w.Name == place) ? $"{title} – {place}" : title);
    }

    private static CalendarEvent EntryOf(string id, DiaryItem item, List<DiaryItem> tellings, DateRange days, DateTimeOffset stamp, DiaryCalendarOptions options)
    {
        var evidence = tellings.SelectMany(t => t.Evidence).DistinctBy(e => (e.Document, e.Span)).ToList();
        var entry = new CalendarEvent
        {
            Uid = id,
            DtStamp = new CalDateTime(stamp.UtcDateTime, "UTC"),
            Start = new CalDateTime(days.First),
            // RFC 5545: the day after the last one.
            End = new CalDateTime(days.Last == DateOnly.MaxValue ? days.Last : days.Last.AddDays(1)),
            Summary = TitleOf(item),
            Description = DescriptionOf(item, tellings, evidence, options),
            Status = item.Status switch { DiaryStatus.Held => Ical.Net.EventStatus.Confirmed, DiaryStatus.Cancelled => Ical.Net.EventStatus.Cancelled, _ => Ical.Net.EventStatus.Tentative },
            Transparency = Ical.Net.TransparencyType.Transparent,
            Categories = [Clean(item.What)],
        };
        if (item.Place is { Length: > 0 } place)
            entry.Location = Clean(place);
        if (evidence.Select(e => options.UrlOf(e.Document)).FirstOrDefault(u => u is not null) is { } url && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https"))
            entry.Url = address;
        return entry;
    }

    private static string DescriptionOf(DiaryItem item, List<DiaryItem> tellings, List<Evidence> evidence, DiaryCalendarOptions options)
    {
        var text = new StringBuilder();
        foreach (var telling in tellings.DistinctBy(t => (t.Status, string.Join('|', t.WordOf.Select(w => w.Name)))))
            text.Append(WordOf(telling)).Append('\n');
        if (DateRange.Of(item.Date) is { Precision: not DatePrecision.Day })
            text.Append(CultureInfo.InvariantCulture, $"Only known as: {item.Date}\n");
        foreach (var one in evidence.Take(options.Quotes))
            text.Append(CultureInfo.InvariantCulture, $"\n“{Clean(Short(one.Text))}” ({Clean(options.UrlOf(one.Document) ?? one.Document)})");
        if (evidence.Count > options.Quotes)
            text.Append(CultureInfo.InvariantCulture, $"\n… and {evidence.Count - options.Quotes} more");
        return text.ToString().TrimEnd('\n');
    }

    private static string WordOf(DiaryItem item)
    {
        var status = item.Status switch { DiaryStatus.Held => "Held", DiaryStatus.Planned => "Planned", DiaryStatus.Expected => "Expected", _ => "Cancelled" };
        return Clean(item.WordOf.Count switch
        {
            0 => $"{status}, as reported",
            1 => $"{status}, on the word of {item.WordOf[0].Name}",
            _ => $"{status}, on the word of {item.WordOf[^1].Name}, through {string.Join(", ", item.WordOf.Reverse().Skip(1).Select(w => w.Name))}",
        });
    }

    // Names, not ids: those of actors may begin with the document's, and the same visit in two documents is one entry.
    private static string IdOf(DiaryItem item)
    {
        var key = string.Join('\n', item.What, string.Join('|', item.Who.Select(a => $"{a.Name}/{a.Country}")), string.Join('|', item.With.Select(a => $"{a.Name}/{a.Country}")), item.Date, item.Place);
        return $"{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)).AsSpan(0, 16))}@chancery";
    }

    private static int Surest(DiaryStatus status) => status switch { DiaryStatus.Held => 0, DiaryStatus.Cancelled => 1, DiaryStatus.Planned => 2, _ => 3 };

    private static string Names(IReadOnlyList<ViewActor> actors) => actors.Count switch
    {
        0 => "",
        1 => actors[0].Name,
        _ => $"{string.Join(", ", actors.Take(actors.Count - 1).Select(a => a.Name))} and {actors[^1].Name}",
    };

    private static string Short(string quote) => quote.Length <= LongestQuote ? quote : quote[..(char.IsHighSurrogate(quote[LongestQuote - 1]) ? LongestQuote - 1 : LongestQuote)] + "…";

    private static string Clean(string text) => TextCleaning.OnOneLine(TextCleaning.ForXml(text));
}
