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
        app.MapGet("/today.json", TodayAsData);
        app.MapGet("/today.csv", TodayAsTableAsync);
        app.MapLists();
        app.MapDocuments();
        app.MapActors();
        app.MapRelations();
        app.MapMap();
        app.MapPositions();
        app.MapDiary();
        app.MapSearch();
        app.MapAdd();
        app.MapGet("/corrections", (Archive.Archive archive, int? skip) => Screen.Page<CorrectionsPage>(new() { ["Corrections"] = archive.Corrections(Limits.PageSize + 1, Math.Clamp(skip ?? 0, 0, 1_000_000)), ["Skip"] = Math.Clamp(skip ?? 0, 0, 1_000_000) }));
    }

    private static IResult Today(HttpContext context, Archive.Archive archive, Recent recent, TimeProvider clock)
    {
        if (archive.Documents(new() { Limit = 1 }).Count == 0)
            return Screen.Page<EmptyPage>(new() { ["MayChange"] = DocumentScreens.MayChange(context) });
        var (since, end, today, actor) = Asked(context, archive, clock);
        var info = recent.Of("info", archive.Info);
        var parameters = new Dictionary<string, object?> { ["Since"] = since, ["Today"] = today, ["End"] = end, ["Actor"] = actor, ["Info"] = info };
        try
        {
            parameters["Sections"] = actor is null ? recent.Of($"today {since:o} {today:o}", () => Brief.Of(archive, since, today, null)) : Brief.Of(archive, since, today, actor);
        }
        catch (ArchiveException e) when (e.Code == "CH0420")
        {
            parameters["Problem"] = e.Message;
        }
        return Screen.Page<TodayPage>(parameters);
    }

    private static IResult TodayAsData(HttpContext context, Archive.Archive archive, TimeProvider clock)
    {
        var (since, _, today, actor) = Asked(context, archive, clock);
        return Data.AsJson(new
        {
            Since = Wording.Iso(since),
            Sections = Brief.Of(archive, since, today, actor).Select(s => new
            {
                s.Title, View = s.View.ToString().ToLowerInvariant(),
                Entries = s.Entries.Select(e => new { e.Id, e.Kind, e.Status, Who = e.Who.Select(w => w.Name), With = e.With.Select(w => w.Name), WordOf = e.WordOf.Select(w => w.Name), e.Date, e.Place, e.Text, e.Answer, e.Reports, Quotes = e.Evidence.Select(q => new { q.Document, q.Entry, q.Text }) }),
            }),
        });
    }

    private static Task TodayAsTableAsync(HttpContext context, Archive.Archive archive, TimeProvider clock)
    {
        var (since, _, today, actor) = Asked(context, archive, clock);
        return Data.WriteAsync(context, "today", "csv", Lines, Brief.Of(archive, since, today, actor).SelectMany(s => s.Entries.Select(e => (s.Title, Entry: e))));
    }

    private static EntryColumn<(string Section, ArchiveEntry Entry)>[] Lines { get; } =
    [
        Data.Text<(string Section, ArchiveEntry Entry)>("section", l => l.Section), Data.Text<(string Section, ArchiveEntry Entry)>("date", l => l.Entry.Date ?? Wording.Iso(l.Entry.Since)), Data.List<(string Section, ArchiveEntry Entry)>("who", l => [.. l.Entry.Who.Select(w => w.Name)]),
        Data.Text<(string Section, ArchiveEntry Entry)>("what", l => l.Entry.Kind), Data.List<(string Section, ArchiveEntry Entry)>("whom", l => [.. l.Entry.With.Select(w => w.Name)]), Data.Text<(string Section, ArchiveEntry Entry)>("status", l => l.Entry.Status),
        Data.Text<(string Section, ArchiveEntry Entry)>("words", l => Wording.OneLine(l.Entry.Text ?? l.Entry.Evidence.Select(q => q.Text).FirstOrDefault())), Data.Whole<(string Section, ArchiveEntry Entry)>("reports", l => l.Entry.Reports),
    ];

    private static (DateOnly Since, DateOnly End, DateOnly Today, string? Actor) Asked(HttpContext context, Archive.Archive archive, TimeProvider clock)
    {
        var today = DateOnly.FromDateTime(clock.GetLocalNow().DateTime);
        // Where nothing is new the newest there is says more than an empty page.
        var newest = archive.Documents(new() { Limit = 1 }) is [var last, ..] ? Edtf.Days(last.Published)?.Last : null;
        var end = newest < today.AddDays(-7) && newest.Value.Year > 1 ? newest.Value : today;
        var since = context.Request.Query["since"].ToString().Trim() is { Length: > 0 } text ? Edtf.Days(text)?.First ?? throw new BadHttpRequestException($"since={text}: not a date; write it as 2024-04-08.") : end.AddDays(-1);
        return (since, end, today, ListQuery.Of(context.Request.Query).Filter.Actor);
    }
}
