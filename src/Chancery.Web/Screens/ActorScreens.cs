using System.Net;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Lexicon;
using Chancery.Web.Pages;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Screens;

/// <summary>Who is in the archive, and each of them with all that is told.</summary>
internal static class ActorScreens
{
    public static void MapActors(this IEndpointRouteBuilder app)
    {
        app.MapGet("/actors", (HttpContext context, Archive.Archive archive, Recent recent, int? skip) =>
        {
            var (name, from) = (Name(context), Math.Clamp(skip ?? 0, 0, 1_000_000));
            var actors = name is null && from == 0 ? recent.Of("actors", () => archive.Actors(null, Limits.PageSize + 1)) : archive.Actors(name, Limits.PageSize + 1, from);
            return Screen.Page<ActorsPage>(new() { ["Actors"] = actors, ["Name"] = name, ["Skip"] = from, ["IsEmpty"] = actors.Count == 0 && name is null });
        });
        app.MapGet("/actors.{format}", (HttpContext context, Archive.Archive archive, string format) => Data.WriteAsync(context, "actors", format, EntryColumns.ForActors, archive.Actors(Name(context), Limits.ActorDownload)));
        app.MapGet("/actor", (HttpContext context, Archive.Archive archive, ReadingParts reading) => Find(context, archive) is { } actor
            ? Screen.Page<ActorPage>(new() { ["View"] = ActorView.Of(archive, actor, reading.Lexicon) })
            : Missing(context));
        app.MapGet("/actor.json", (HttpContext context, Archive.Archive archive, ReadingParts reading) => Find(context, archive) is { } actor ? Data.AsJson(ActorView.Of(archive, actor, reading.Lexicon).ForPrograms()) : Missing(context));
        app.MapGet("/actor.csv", (HttpContext context, Archive.Archive archive) => Find(context, archive) is { } actor
            ? Data.WriteAsync(context, "events", "csv", EntryColumns.Of(ArchiveView.Timeline), archive.Entries(ArchiveView.Timeline, new() { Actor = actor.Key, Limit = Limits.LargestPage }, 0).Entries)
            : Missing(context).ExecuteAsync(context));
    }

    /// <summary>The actor of a key; else the one of a name, those in most reports first.</summary>
    public static ArchiveActor? ByKeyOrName(Archive.Archive archive, string? of) =>
        string.IsNullOrWhiteSpace(of) || of.Length > Limits.LongestField ? null : archive.Actor(of) ?? archive.Actors(of, 1) switch { [var first] => first, _ => null };

    public static IResult Missing(HttpContext context) => Screen.Page<ProblemPage>(
        new() { ["Title"] = "Nobody of that name", ["Code"] = "CH0420", ["Detail"] = $"{context.Request.Query["of"]}: nobody of that name is in the archive. Look through the actors, or search." }, (int)HttpStatusCode.NotFound);

    private static ArchiveActor? Find(HttpContext context, Archive.Archive archive) => ByKeyOrName(archive, context.Request.Query["of"]);

    private static string? Name(HttpContext context) => context.Request.Query["actor"].ToString().Trim() is { Length: > 0 and <= Limits.LongestField } name ? name : null;
}

/// <summary>All that an actor's page shows.</summary>
/// <param name="Actor">Who.</param>
/// <param name="Terms">Offices as the lexicon knows them; none of an actor that it does not know.</param>
/// <param name="Course">Offices and events as reports show them.</param>
/// <param name="Relations">With whom it has most to do.</param>
/// <param name="Did">What it did.</param>
/// <param name="Suffered">What was done to it.</param>
/// <param name="Said">What it said.</param>
/// <param name="Positions">What it holds.</param>
/// <param name="MeasuresBy">Measures that it took.</param>
/// <param name="MeasuresOn">Measures taken against it.</param>
/// <param name="Diary">Where it was and will be.</param>
/// <param name="Disputes">What is disputed by it or of it.</param>
public sealed record ActorView(
    ArchiveActor Actor, IReadOnlyList<Term> Terms, ActorCourse? Course, IReadOnlyList<Relation> Relations, IReadOnlyList<ArchiveEntry> Did, IReadOnlyList<ArchiveEntry> Suffered, IReadOnlyList<ArchiveEntry> Said,
    IReadOnlyList<ArchiveEntry> Positions, IReadOnlyList<ArchiveEntry> MeasuresBy, IReadOnlyList<ArchiveEntry> MeasuresOn, IReadOnlyList<ArchiveEntry> Diary, IReadOnlyList<ArchiveEntry> Disputes)
{
    private const int Most = 8;

    /// <summary>Puts it together.</summary>
    public static ActorView Of(Archive.Archive archive, ArchiveActor actor, Lazy<WorldLexicon> lexicon)
    {
        ArgumentNullException.ThrowIfNull(archive);
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(lexicon);
        var terms = lexicon.Value.Actors.TryGetValue(actor.Key, out var known) ? known.Terms.Where(t => t.Office.Length > 0).OrderBy(t => t.From).ToList() : [];
        IReadOnlyList<ArchiveEntry> Entries(ArchiveView view, ArchiveFilter filter, int evidence = 1) => archive.Entries(view, filter with { Limit = Most, Alone = true }, evidence).Entries;
        return new(
            actor, terms, archive.Course(actor.Key), archive.Relations(actor.Key, null, 12),
            Entries(ArchiveView.Timeline, new() { By = actor.Key }), Entries(ArchiveView.Timeline, new() { On = actor.Key }), Entries(ArchiveView.Statements, new() { By = actor.Key }, 0), Entries(ArchiveView.Positions, new() { By = actor.Key }, 0),
            Entries(ArchiveView.Measures, new() { By = actor.Key }), Entries(ArchiveView.Measures, new() { On = actor.Key }), Entries(ArchiveView.Diary, new() { Actor = actor.Key }, 0), Entries(ArchiveView.Disputes, new() { Actor = actor.Key }, 0));
    }

    /// <summary>The same as data.</summary>
    public object ForPrograms() => new
    {
        Actor.Key, Actor.Name, Actor.Kind, Actor.Country, Actor.Documents, Actor.Offices,
        Terms = Terms.Select(t => new { t.Office, t.Country, From = Wording.Iso(t.From), To = t.To == DateOnly.MaxValue ? null : Wording.Iso(t.To) }),
        Seen = Course?.Offices.Select(o => new { o.Office, First = Wording.Iso(o.First), Last = Wording.Iso(o.Last), o.Reports }),
        Months = Course?.Events.Select(m => new { Month = Wording.Iso(m.Month)[..7], m.Events }),
        With = Relations.Select(r => new { Key = Other(r).Id, Other(r).Name, r.Events, Mean = Math.Round(r.Mean, 2) }),
    };

    /// <summary>The other one of a relation.</summary>
    public Views.ViewActor Other(Relation relation) => relation?.One.Id == Actor.Key ? relation.Other : relation!.One;
}
