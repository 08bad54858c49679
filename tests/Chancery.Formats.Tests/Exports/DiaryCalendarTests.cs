using System.Text;
using Chancery.Formats.Exports.Calendars;
using Chancery.TestSupport;
using Chancery.Views;
using Ical.Net;
using Xunit;

namespace Chancery.Formats.Tests.Exports;

public class DiaryCalendarTests
{
    private static readonly DateTimeOffset Stamp = new(2024, 4, 11, 9, 30, 0, TimeSpan.FromHours(2));
    private static readonly ViewActor Lavrov = new("d1/a1", "Sergei Lavrov", "RUS"), Wang = new("d1/a3", "Wang Yi", "CHN"), China = new("d1/a2", "China", "CHN"), Agency = new("d1/a4", "Xinhua", null);
    private static readonly DiaryItem Visit = new("visit", [Lavrov], [China], "2024-04-08/2024-04-09", "Beijing", DiaryStatus.Planned, [Agency, Wang], [new("d1", new(0, 5), "Lavrov, with \"aides\"; will\nvisit, he said")]);

    [Fact]
    public void A_visit_is_days_without_times_and_ends_on_the_morning_after()
    {
        var entry = Assert.Single(Read(Visit).Events);
        Assert.Equal("Sergei Lavrov visits China – Beijing", entry.Summary);
        Assert.False(entry.Start!.HasTime);
        Assert.Equal((new DateOnly(2024, 4, 8), new DateOnly(2024, 4, 10)), (entry.Start.Date, entry.End!.Date));
        Assert.Equal(("TENTATIVE", "Beijing", "https://x.example/d1"), (entry.Status, entry.Location, entry.Url!.AbsoluteUri));
        Assert.Equal(["visit"], entry.Categories);
        Assert.Equal("Planned, on the word of Wang Yi, through Xinhua\n\n“Lavrov, with \"aides\"; will visit, he said” (https://x.example/d1)", entry.Description);
        Assert.Contains("DTSTART;VALUE=DATE:20240408", Written([Visit]).Text, StringComparison.Ordinal);
        Assert.Contains("DTSTAMP:20240411T073000Z", Written([Visit]).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DiaryStatus.Held, "CONFIRMED")]
    [InlineData(DiaryStatus.Planned, "TENTATIVE")]
    [InlineData(DiaryStatus.Expected, "TENTATIVE")]
    [InlineData(DiaryStatus.Cancelled, "CANCELLED")]
    public void How_it_stands_is_its_status(DiaryStatus status, string written) => Assert.Equal(written, Assert.Single(Read(Visit with { Status = status }).Events).Status);

    [Theory]
    [InlineData("2024-04-08", "20240408-20240409", "20240408-20240409")]
    [InlineData("2024-02-29", "20240229-20240301", "20240229-20240301")]
    [InlineData("2024-04", "", "20240401-20240501")]
    [InlineData("2024-04~", "", "20240401-20240501")]
    [InlineData("2024-04-08~", "", "20240408-20240409")]
    [InlineData("2024-12/2025-01", "", "20241201-20250201")]
    [InlineData("2024-21", "", "")]
    [InlineData("2024", "", "")]
    [InlineData("202X", "", "")]
    [InlineData("XXXX-04-08", "", "")]
    [InlineData("2024-02-30", "", "")]
    [InlineData("2024-04-09/2024-04-08", "", "")]
    [InlineData("2024-04-09/..", "", "")]
    [InlineData("0000-01-01", "", "")]
    [InlineData("soon", "", "")]
    [InlineData(null, "", "")]
    public void Only_days_are_there_and_months_where_asked(string? edtf, string days, string months)
    {
        var item = Visit with { Date = edtf };
        string Shown(bool whole) => string.Concat(Read(new DiaryCalendarOptions { WholeMonths = whole }, item).Events.Select(e => $"{e.Start!.Date:yyyyMMdd}-{e.End!.Date:yyyyMMdd}"));
        Assert.Equal((days, months), (Shown(false), Shown(true)));
        Assert.Equal(days.Length > 0 ? (1, 0) : (0, 1), Written([item]).Count is var c ? (c.Written, c.LeftOut) : default);
    }

    [Fact]
    public void The_same_visit_keeps_its_id_and_appears_once_with_the_surest_status()
    {
        var held = Visit with { Who = [Lavrov with { Id = "d2/a7" }], Status = DiaryStatus.Held, WordOf = [], Evidence = [new("d2", new(3, 9), "They met")] };
        var entry = Assert.Single(Read(Visit, held).Events);
        Assert.Equal("CONFIRMED", entry.Status);
        Assert.Equal(Read(Visit).Events[0]!.Uid, entry.Uid);
        Assert.Contains("Planned, on the word of Wang Yi", entry.Description!, StringComparison.Ordinal);
        Assert.Contains("“They met”", entry.Description!, StringComparison.Ordinal);
        Assert.NotEqual(entry.Uid, Read(Visit with { Date = "2024-04-09" }).Events[0]!.Uid);
    }

    [Fact]
    public void The_calendar_is_the_one_that_was_approved() => Samples.Approve(
        Written([Visit, new("speech", [Wang], [], "2024-04-10", null, DiaryStatus.Held, [], [new("d2", new(0, 4), "Wang spoke")]), new("meeting", [], [Lavrov, Wang], "2024-05-02", "Moscow", DiaryStatus.Cancelled, [Agency], [])]).Text.ReplaceLineEndings("\n"), "export-diary.ics");

    [Theory]
    [InlineData("meeting", "Sergei Lavrov meets Wang Yi")]
    [InlineData("call", "Sergei Lavrov calls Wang Yi")]
    [InlineData("negotiation", "Sergei Lavrov negotiates with Wang Yi")]
    [InlineData("summit", "Sergei Lavrov at a summit with Wang Yi")]
    [InlineData("retreat", "Sergei Lavrov and Wang Yi: retreat")]
    public void Titles_read_like_a_desk_diary(string what, string title) => Assert.Equal(title, DiaryCalendar.TitleOf(Visit with { What = what, With = [Wang], Place = null }));

    [Fact]
    public void Many_are_plural_and_a_place_is_not_said_twice()
    {
        Assert.Equal("Sergei Lavrov, Wang Yi and Xinhua visit China", DiaryCalendar.TitleOf(Visit with { Who = [Lavrov, Wang, Agency], Place = "China" }));
        Assert.Equal("China: visit – Beijing", DiaryCalendar.TitleOf(Visit with { Who = [] }));
    }

    [Fact]
    public void Text_from_outside_cannot_add_lines_to_the_calendar()
    {
        var hostile = Visit with { Place = "X\r\nEND:VEVENT\u0001", Evidence = [new("d\r\nSTATUS:CONFIRMED", new(0, 1), new string('a', 2000))] };
        var calendar = Read(hostile);
        Assert.Equal("TENTATIVE", Assert.Single(calendar.Events).Status);
        Assert.DoesNotContain(Written([hostile]).Text.Split("\r\n"), l => l is "STATUS:CONFIRMED");
        Assert.Equal("X END:VEVENT\ufffd", calendar.Events[0]!.Location);
        Assert.All(Written([hostile]).Text.Split("\r\n"), l => Assert.InRange(Encoding.UTF8.GetByteCount(l), 0, 80));
    }

    private static Calendar Read(params DiaryItem[] items) => Read(new(), items);

    private static Calendar Read(DiaryCalendarOptions options, params DiaryItem[] items) => Calendar.Load(Written(items, options).Text)!;

    private static (string Text, DiaryCalendarCount Count) Written(DiaryItem[] items, DiaryCalendarOptions? options = null)
    {
        using var to = new MemoryStream();
        var count = DiaryCalendar.Write(to, items, Stamp, (options ?? new()) with { UrlOf = d => d.Length < 3 ? $"https://x.example/{d}" : null });
        return (Encoding.UTF8.GetString(to.ToArray()), count);
    }
}
