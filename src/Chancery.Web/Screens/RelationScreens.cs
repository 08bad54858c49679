using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Records;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>How two actors stand to each other, and the network of all of them.</summary>
internal static class RelationScreens
{
    private const int MostEdges = 80;

    public static void MapRelations(this IEndpointRouteBuilder app)
    {
        app.MapGet("/relation", Show);
        app.MapGet("/relation/events", (HttpContext context, Archive.Archive archive) => Pair(context, archive) is var (one, other)
            ? Screen.Page<RelationEvents>(new() { ["One"] = one, ["Other"] = other, ["Query"] = ListQuery.Of(context.Request.Query), ["Page"] = Events(context, archive, one, other) })
            : ActorScreens.Missing(context));
        app.MapGet("/relation.{format:regex(^(json|csv)$)}", DownloadAsync);
        app.MapGet("/network", (HttpContext context, Archive.Archive archive, Recent recent) =>
        {
            var period = Period.Of(context, archive);
            var actor = Actor(context);
            try
            {
                return Screen.Page<NetworkPage>(new() { ["Relations"] = recent.Of($"network {period} {actor}", () => archive.Network(period.From, period.To, actor, MostEdges)), ["Period"] = period, ["Actor"] = actor });
            }
            catch (ArchiveException e) when (e.Code == "CH0420")
            {
                return Screen.Page<NetworkPage>(new() { ["Relations"] = Array.Empty<Relation>(), ["Period"] = period, ["Actor"] = actor, ["Problem"] = e.Message });
            }
        });
        app.MapGet("/network.{format}", async (HttpContext context, Archive.Archive archive, string format) =>
        {
            var period = Period.Of(context, archive);
            await Data.WriteAsync(context, "network", format, EntryColumns.ForRelations, archive.Network(period.From, period.To, Actor(context), MostEdges)).ConfigureAwait(false);
        });
    }

    private static IResult Show(HttpContext context, Archive.Archive archive)
    {
        if (string.IsNullOrWhiteSpace(context.Request.Query["of"]) || string.IsNullOrWhiteSpace(context.Request.Query["with"]))
            return TypedResults.LocalRedirect("/network");
        if (Pair(context, archive) is not var (one, other))
            return ActorScreens.Missing(context);
        var shared = new ArchiveFilter { Actor = one.Key, With = other.Key, Limit = 8, Alone = true };
        return Screen.Page<RelationPage>(new()
        {
            ["One"] = one,
            ["Other"] = other,
            ["Relation"] = archive.Relations(one.Key, other.Key, 1, months: true) is [var relation] ? relation : null,
            ["Query"] = ListQuery.Of(context.Request.Query),
            ["Page"] = Events(context, archive, one, other),
            ["Diary"] = archive.Entries(ArchiveView.Diary, shared, 0).Entries,
            ["Disputes"] = archive.Entries(ArchiveView.Disputes, shared, 0).Entries,
            ["Measures"] = archive.Entries(ArchiveView.Measures, shared, 0).Entries,
            ["Said"] = archive.Entries(ArchiveView.Statements, shared, 0).Entries,
        });
    }

    private static Page<ArchiveEntry> Events(HttpContext context, Archive.Archive archive, ArchiveActor one, ArchiveActor other) =>
        archive.Entries(ArchiveView.Timeline, ListQuery.Of(context.Request.Query, 20).Filter with { Actor = one.Key, With = other.Key, Alone = true }, 1);

    private static async Task DownloadAsync(HttpContext context, Archive.Archive archive, string format)
    {
        if (Pair(context, archive) is not var (one, other))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var relation = archive.Relations(one.Key, other.Key, 1, months: true) is [var found] ? found : null;
        if (format == "csv")
            await Data.WriteAsync(context, "relation", format, EntryColumns.ForMonths, relation?.Months ?? []).ConfigureAwait(false);
        else
            await Data.AsJson(new
            {
                One = one.Name, Other = other.Name, Events = relation?.Events ?? 0, Mean = Math.Round(relation?.Mean ?? 0, 2),
                Months = (relation?.Months ?? []).Select(m => new
                {
                    m.Month, m.Events, Mean = Math.Round(m.Sum / Math.Max(1, m.Events), 2), CoOperation = m.ByType.Where(t => !Wording.IsHostile(t.Key)).Sum(t => t.Value), Conflict = m.ByType.Where(t => Wording.IsHostile(t.Key)).Sum(t => t.Value), m.ByType,
                }),
            }).ExecuteAsync(context).ConfigureAwait(false);
    }

    private static (ArchiveActor One, ArchiveActor Other)? Pair(HttpContext context, Archive.Archive archive) =>
        ActorScreens.ByKeyOrName(archive, context.Request.Query["of"]) is { } one && ActorScreens.ByKeyOrName(archive, context.Request.Query["with"]) is { } other ? (one, other) : null;

    private static string? Actor(HttpContext context) => context.Request.Query["actor"].ToString().Trim() is { Length: > 0 and <= Limits.LongestField } name ? name : null;
}

/// <summary>A stretch of time that a screen is about.</summary>
/// <param name="From">The first day.</param>
/// <param name="To">The last.</param>
/// <param name="Given">Whether the address says so.</param>
public sealed record Period(DateOnly From, DateOnly To, bool Given)
{
    /// <summary>As an address says it; else the year up to the newest report.</summary>
    /// <exception cref="BadHttpRequestException">It says something that is no date.</exception>
    public static Period Of(HttpContext context, Archive.Archive archive)
    {
        ArgumentNullException.ThrowIfNull(context);
        ArgumentNullException.ThrowIfNull(archive);
        var filter = ListQuery.Of(context.Request.Query).Filter;
        var newest = filter.To ?? (archive.Documents(new() { Limit = 1 }) is [var last] ? Edtf.Days(last.Published)?.Last : null) ?? new DateOnly(2000, 12, 31);
        var from = filter.From ?? (newest.Year > 1 ? newest.AddYears(-1).AddDays(1) : newest);
        return new(from <= newest ? from : newest, newest, filter.From is not null || filter.To is not null);
    }

    /// <summary>This stretch of time as fields of an address.</summary>
    public string Address(string path, string? actor) => Wording.Address(path, ("actor", actor), ("from", Wording.Iso(From)), ("to", Wording.Iso(To)));
}
