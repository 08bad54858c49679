using System.Globalization;
using Chancery.Archive;
using Chancery.Records;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>The diary of a month.</summary>
internal static class DiaryScreens
{
    public static void MapDiary(this IEndpointRouteBuilder app)
    {
        app.MapGet("/diary/month", (HttpContext context, Archive.Archive archive, Recent recent, TimeProvider clock) =>
        {
            var query = ListQuery.Of(context.Request.Query);
            var month = Month(context, archive, clock);
            try
            {
                return Screen.Page<MonthPage>(new() { ["Month"] = month, ["Entries"] = query.Chosen.Count == 0 ? recent.Of($"month {month}", () => Entries(archive, query, month)) : Entries(archive, query, month), ["Query"] = query, ["Today"] = Today(clock) });
            }
            catch (ArchiveException e) when (e.Code is "CH0420" or "CH0421")
            {
                return Screen.Page<MonthPage>(new() { ["Month"] = month, ["Entries"] = Array.Empty<ArchiveEntry>(), ["Query"] = query, ["Today"] = Today(clock), ["Problem"] = e.Message });
            }
        });
        // The same entries as the list of these days.
        app.MapGet("/diary/month.{format:regex(^(json|csv|ics)$)}", (HttpContext context, Archive.Archive archive, TimeProvider clock, string format) =>
        {
            var month = Month(context, archive, clock);
            return TypedResults.LocalRedirect(Wording.Address($"/diary.{format}", ("actor", context.Request.Query["actor"]), ("from", Wording.Iso(month)), ("to", Wording.Iso(month.AddMonths(1).AddDays(-1)))));
        });
    }

    private static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetLocalNow().DateTime);

    private static IReadOnlyList<ArchiveEntry> Entries(Archive.Archive archive, ListQuery query, DateOnly month) =>
        [.. archive.Entries(ArchiveView.Diary, query.Filter with { From = month, To = month.AddMonths(1).AddDays(-1), Limit = Limits.LargestPage, After = null }, 0).Entries.Reverse()];

    /// <summary>As the address says; else this month, or that of the newest entry where this one has none.</summary>
    private static DateOnly Month(HttpContext context, Archive.Archive archive, TimeProvider clock)
    {
        if (context.Request.Query["of"].ToString().Trim() is { Length: > 0 } text)
            return Edtf.Days(text) is { } days && days.First.Year is > 1 and < 9998 ? new(days.First.Year, days.First.Month, 1) : throw new BadHttpRequestException(string.Create(CultureInfo.InvariantCulture, $"of={text}: not a month; write it as 2024-04."));
        var today = Today(clock);
        var first = new DateOnly(today.Year, today.Month, 1);
        if (archive.Entries(ArchiveView.Diary, new() { From = first, To = first.AddMonths(1).AddDays(-1), Limit = 1 }, 0).Entries.Count > 0)
            return first;
        return archive.Entries(ArchiveView.Diary, new() { Limit = 1 }, 0).Entries is [{ Day: { } day }] ? new(day.Year, day.Month, 1) : first;
    }
}
