using System.Text.Json;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Formats.Exports.Calendars;
using Chancery.Formats.Json;
using Chancery.Formats.Tables;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>The lists of the archive: one screen each, and the same as data under <c>.json</c>, <c>.csv</c> and so on.</summary>
internal static class ListScreens
{
    /// <summary>The views that are lists, in the order of the menu.</summary>
    public static IReadOnlyList<ListView> Views { get; } =
    [
        new(ArchiveView.Timeline, "timeline", "Timeline", "Who did what to whom."),
        new(ArchiveView.Statements, "statements", "Statements", "Who said what, on whose word."),
        new(ArchiveView.Diary, "diary", "Diary", "Visits, meetings, calls, negotiations, summits, speeches."),
        new(ArchiveView.Measures, "measures", "Measures", "Sanctions, restrictions, tariffs and the like, and their lifting."),
        new(ArchiveView.Positions, "positions", "Positions", "Who is for or against what, how often, since when."),
        new(ArchiveView.Disputes, "disputes", "Disputes", "Accusations with their answers; words against deeds."),
    ];

    public static void MapLists(this IEndpointRouteBuilder app)
    {
        foreach (var view in Views)
        {
            app.MapGet($"/{view.Name}", (HttpContext context, Archive.Archive archive) => Show(context, archive, view));
            app.MapGet($"/{view.Name}.{{format}}", (HttpContext context, Archive.Archive archive, string format, TimeProvider clock) => DownloadAsync(context, archive, view, format, clock));
        }
        app.MapGet("/words/{id:long}", (HttpContext context, Archive.Archive archive, long id) => ShowWords(context, archive, id));
        app.MapGet("/words/{id:long}.{format:regex(^(json|csv)$)}", DownloadWordsAsync);
    }

    private static RazorComponentResult<ListPage> Show(HttpContext context, Archive.Archive archive, ListView view)
    {
        var query = ListQuery.Of(context.Request.Query);
        try
        {
            var page = archive.Entries(view.View, query.Filter, evidence: 0);
            return Screen.Page<ListPage>(new() { ["View"] = view, ["Query"] = query, ["Page"] = page, ["IsPart"] = Screen.WantsPart(context.Request) && query.Filter.After is not null, ["IsEmpty"] = page.Entries.Count == 0 && archive.IsEmpty });
        }
        catch (ArchiveException e) when (e.Code is "CH0420" or "CH0421")
        {
            // Nobody of that name: the list with its filters, so that they can be mended where they stand.
            return Screen.Page<ListPage>(new() { ["View"] = view, ["Query"] = query, ["Page"] = new Page<ArchiveEntry>([], null), ["Problem"] = e.Message });
        }
    }

    private static IResult ShowWords(HttpContext context, Archive.Archive archive, long id)
    {
        if (archive.Entry(id, 0) is not var (view, entry))
            return Gone;
        var part = Screen.WantsPart(context.Request) ? context.Request.Query["as"].ToString() is ("line" or "block") and var kind ? kind : "row" : null;
        return Screen.Page<WordsPage>(new() { ["View"] = view, ["Entry"] = entry, ["Tellings"] = archive.Tellings(id, Limits.MostWords), ["Part"] = part });
    }

    private static RazorComponentResult<ProblemPage> Gone => Screen.Page<ProblemPage>(new() { ["Title"] = "Not there any more", ["Code"] = "CH0508", ["Detail"] = "This entry has been merged anew since the list was made; load the list again." }, StatusCodes.Status404NotFound);

    private static async Task DownloadWordsAsync(HttpContext context, Archive.Archive archive, long id, string format)
    {
        if (archive.Entry(id, 0) is null)
            await Gone.ExecuteAsync(context).ConfigureAwait(false);
        else
            await Data.WriteAsync(context, "words", format, TellingColumns, archive.Tellings(id, Limits.LargestPage)).ConfigureAwait(false);
    }

    private static EntryColumn<ToldIn>[] TellingColumns { get; } =
    [
        Data.Text<ToldIn>("published", t => t.Published), Data.Text<ToldIn>("publisher", t => t.Publisher), Data.Text<ToldIn>("title", t => t.Title), Data.Text<ToldIn>("document", t => t.Document), Data.Text<ToldIn>("entry", t => t.Entry),
        Data.Text<ToldIn>("status", t => t.Status), Data.Whole<ToldIn>("copies", t => t.Copies), Data.List<ToldIn>("words", t => [.. t.Words.Select(w => w.Text)]),
    ];

    /// <summary>A whole list as a file, up to a bound that the answer's header tells.</summary>
    private static async Task DownloadAsync(HttpContext context, Archive.Archive archive, ListView view, string format, TimeProvider clock)
    {
        var (filter, response, cancellation) = (ListQuery.Of(context.Request.Query, Limits.LargestPage).Filter, context.Response, context.RequestAborted);
        var calendar = format == "ics" && view.View == ArchiveView.Diary;
        if (!calendar && TableWriter.FormatOf(format) is null)
        {
            response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var json = format is "json" or "jsonl";
        var entries = All(archive, view.View, filter, json ? 5 : 0);
        response.ContentType = calendar ? "text/calendar; charset=utf-8" : TableWriter.MediaTypeOf(TableWriter.FormatOf(format)!.Value);
        response.Headers.ContentDisposition = $"{(calendar || json ? "inline" : "attachment")}; filename=\"{view.Name}.{format}\"";
        // Formats of others write synchronously; what they write is bounded.
        using var buffer = new MemoryStream();
        if (calendar)
            DiaryCalendar.Write(buffer, entries.Select(e => e.ToDiaryItem()), clock.GetUtcNow());
        else if (json)
            WriteJson(buffer, entries, new(view.View, archive), lines: format == "jsonl", cancellation);
        else
            await TableWriter.WriteAsync(TableWriter.FormatOf(format)!.Value, buffer, new(view.Name, view.About, [.. EntryColumns.Of(view.View).Select(c => c.Column)]), entries.Select(e => EntryColumns.Of(view.View).Select(c => c.Value(e)).ToArray()), null, cancellation).ConfigureAwait(false);
        response.ContentLength = buffer.Length;
        buffer.Position = 0;
        await buffer.CopyToAsync(response.Body, cancellation).ConfigureAwait(false);
    }

    private static void WriteJson(Stream to, IEnumerable<ArchiveEntry> entries, EntryJsonWriter writer, bool lines, CancellationToken cancellationToken)
    {
        if (lines)
        {
            foreach (var entry in entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using (var line = new Utf8JsonWriter(to, RecordJson.Options(indented: false)))
                    writer.Write(line, entry);
                to.WriteByte((byte)'\n');
            }
            return;
        }
        using var json = new Utf8JsonWriter(to, RecordJson.Options(indented: true));
        json.WriteStartArray();
        foreach (var entry in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(json, entry);
        }
        json.WriteEndArray();
    }

    private static IEnumerable<ArchiveEntry> All(Archive.Archive archive, ArchiveView view, ArchiveFilter filter, int evidence)
    {
        var left = Limits.LargestDownload;
        string? after = filter.After;
        do
        {
            var page = archive.Entries(view, filter with { After = after, Limit = Math.Min(left, 1000) }, evidence);
            foreach (var entry in page.Entries)
                yield return entry;
            (after, left) = (page.Next, left - page.Entries.Count);
        }
        while (after is not null && left > 0);
    }
}

/// <summary>A list as a screen.</summary>
/// <param name="View">Which view of the archive.</param>
/// <param name="Name">Its part of the address.</param>
/// <param name="Title">Its heading.</param>
/// <param name="About">What it shows, in a sentence.</param>
public sealed record ListView(ArchiveView View, string Name, string Title, string About);
