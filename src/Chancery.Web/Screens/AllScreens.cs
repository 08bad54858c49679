using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Records;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>All pages, by their addresses.</summary>
internal static class AllScreens
{
    public static void MapScreens(this IEndpointRouteBuilder app)
    {
        app.MapGet("/", Today);
        app.MapLists();
        app.MapGet("/corrections", (Archive.Archive archive, int? skip) => Screen.Page<CorrectionsPage>(new() { ["Corrections"] = archive.Corrections(Limits.PageSize + 1, Math.Clamp(skip ?? 0, 0, 1_000_000)), ["Skip"] = Math.Clamp(skip ?? 0, 0, 1_000_000) }));
    }

    private static IResult Today(HttpContext context, Archive.Archive archive, TimeProvider clock)
    {
        var info = archive.Info();
        if (info.Documents == 0)
            return Screen.Page<EmptyPage>([]);
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        // Where nothing is new the newest there is says more than an empty page.
        var newest = archive.Documents(new() { Limit = 1 }) is [var last, ..] ? Edtf.Days(last.Published)?.Last : null;
        var usual = newest < today.AddDays(-7) ? newest.Value.AddDays(-1) : today.AddDays(-1);
        var since = context.Request.Query["since"].ToString() is { Length: > 0 } text ? Edtf.Days(text)?.First ?? throw new BadHttpRequestException($"since={text}: not a date; write it as 2024-04-08.") : usual;
        return Screen.Page<TodayPage>(new() { ["Since"] = since, ["Today"] = today, ["Sections"] = Brief.Of(archive, since, today, null), ["Info"] = info });
    }
}
