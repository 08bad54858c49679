using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Asking;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Screens;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Web.Api;

/// <summary>The lists of the archive, and what one of them holds by its name.</summary>
internal static class ApiLists
{
    // Pieces of evidence of an entry that is asked for by itself; one told by more reports is told enough.
    private const int AllQuotes = 1000;

    public static void MapLists(this IEndpointRouteBuilder api)
    {
        api.MapView<TimelineEntry>(ArchiveView.Timeline, "Timeline");
        api.MapView<StatementEntry>(ArchiveView.Statements, "Statements");
        api.MapView<DiaryEntry>(ArchiveView.Diary, "Diary");
        api.MapView<MeasureEntry>(ArchiveView.Measures, "Measures");
        api.MapView<PositionEntry>(ArchiveView.Positions, "Positions");
        api.MapView<DisputeEntry>(ArchiveView.Disputes, "Disputes");

        api.MapApi(HttpMethod.Get, "/relations", "ListRelations", "Co-operation and conflict between two actors, those with most events first.", new(Parameters.Relations) { Forms = AnswerForm.Lists }, (context, asked) =>
            {
                var (archive, months) = (Of(context), asked.Truth("months"));
                return new ListAnswer<Relation, RelationEntry>(
                    "relations", "Co-operation and conflict.", (limit, after) => Skipped.Page((most, skip) => archive.Relations(asked.Text("actor"), asked.Text("with"), most, skip, months), limit, after),
                    r => Shaping.Of(r, months), EntryColumns.ForRelations).WriteAsync(context, asked, FreshnessOf(context));
            })
            .Produces<EntryPage<RelationEntry>>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Lists");

        api.MapApi(HttpMethod.Get, "/actors", "ListActors", "Who is in the archive, those in most documents first.", new(Parameters.Actors) { Forms = AnswerForm.Lists }, (context, asked) =>
            {
                var archive = Of(context);
                return new ListAnswer<ArchiveActor, ActorEntry>(
                    "actors", "Who is in the archive.", (limit, after) => Skipped.Page((most, skip) => archive.Actors(asked.Text("actor"), most, skip), limit, after),
                    Shaping.Of, EntryColumns.ForActors).WriteAsync(context, asked, FreshnessOf(context));
            })
            .Produces<EntryPage<ActorEntry>>().WithTags("Lists");

        api.MapApi(HttpMethod.Get, "/actor", "GetActor", "One actor.", new([Parameters.ActorKey]), (context, asked) => OneAsync(
                context, () => Of(context).Actor(asked.Text(Parameters.ActorKey)) is { } actor ? Shaping.Of(actor) : throw Refusal.Missing("CH0420", $"{asked.Text(Parameters.ActorKey)}: nobody has this key; look with /api/v1/actors?actor=PART.")))
            .Produces<ActorEntry>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Lists");

        api.MapApi(HttpMethod.Get, "/documents", "ListDocuments", "The documents, newest first.", new(Parameters.Documents) { Forms = AnswerForm.Lists }, (context, asked) =>
            {
                var archive = Of(context);
                return new ListAnswer<ArchiveDocument, DocumentEntry>(
                    "documents", "The documents of the archive.", (limit, after) => Skipped.Page((most, skip) => archive.Documents(asked.Filter(most), skip), limit, after),
                    new Shaping(archive).Of, EntryColumns.ForDocuments).WriteAsync(context, asked, FreshnessOf(context));
            })
            .Produces<EntryPage<DocumentEntry>>().WithTags("Lists");

        api.MapApi(HttpMethod.Get, "/search", "Search", "Documents and statements with some words, the best first.", new(Parameters.Search), (context, asked) => OneAsync(context, () => Find(context, asked)))
            .Produces<SearchPage>().WithTags("Lists");

        api.MapApi(HttpMethod.Get, "/info", "GetInfo", "How much is in the archive.", new([]), (context, _) => OneAsync(context, () => Shaping.Of(Of(context).Info())))
            .Produces<InfoShape>().WithTags("Archive");
    }

    /// <summary>Answers with one thing, unless the asker has it already.</summary>
    public static async Task OneAsync<T>(HttpContext context, Func<T> find)
    {
        if (FreshnessOf(context).IsKnown(context, AnswerForm.Json))
            context.Response.StatusCode = StatusCodes.Status304NotModified;
        else
            await ListAnswer<T, T>.WriteJsonAsync(context, find()).ConfigureAwait(false);
    }

    public static Archive.Archive Of(HttpContext context) => context.RequestServices.GetRequiredService<Archive.Archive>();

    public static Freshness FreshnessOf(HttpContext context) => context.RequestServices.GetRequiredService<Freshness>();

    private static void MapView<T>(this IEndpointRouteBuilder api, ArchiveView view, string name)
        where T : EntryShape
    {
        var list = ListScreens.Views.First(v => v.View == view);
        api.MapApi(HttpMethod.Get, $"/{list.Name}", $"List{name}", list.About, new(Parameters.Of(view)) { Forms = AnswerForm.Lists }, (context, asked) =>
            {
                var (archive, form) = (Of(context), AnswerForm.Wanted(context.Request, AnswerForm.Lists));
                // Rows have no quotes.
                var quotes = form == AnswerForm.Json || form == AnswerForm.JsonLines ? asked.Whole("quotes") ?? Parameters.UsualQuotes : 0;
                var shaping = new Shaping(archive);
                return new ListAnswer<ArchiveEntry, T>(
                    list.Name, list.About, (limit, after) => archive.Entries(view, asked.Filter(limit) with { After = after }, quotes),
                    e => (T)shaping.Of(view, e), EntryColumns.Of(view)).WriteAsync(context, asked, FreshnessOf(context));
            })
            .Produces<EntryPage<T>>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Views");

        api.MapApi(HttpMethod.Get, $"/{list.Name}/{{id}}", $"Get{name}Entry", "One entry with all its words.", new([Parameters.Id]), (context, asked) => OneAsync(context, () =>
                Of(context).Entry(asked.Number(Parameters.Id), AllQuotes) is var (of, entry) && of == view
                    ? (T)new Shaping(Of(context)).Of(view, entry)
                    : throw Refusal.Missing("CH0508", $"There is no entry {asked.Number(Parameters.Id)} here; entries have other numbers after they were merged anew. Ask for the list again.")))
            .Produces<T>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Views");
    }

    private static SearchPage Find(HttpContext context, Asked asked)
    {
        var (archive, limit, skip) = (Of(context), asked.Whole("limit") ?? Serving.Limits.PageSize, asked.Whole("after") ?? 0);
        var (documents, statements) = archive.Search(asked.Text(Parameters.Words), limit + 1, skip);
        var next = Addresses.Linked(context, documents.Count > limit || statements.Count > limit ? (skip + limit).ToString(System.Globalization.CultureInfo.InvariantCulture) : null);
        var shaping = new Shaping(archive);
        return new() { Documents = [.. documents.Take(limit).Select(shaping.Of)], Statements = [.. statements.Take(limit).Select(shaping.Statement)], Next = next };
    }
}
