using System.Net;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Corrections;
using Chancery.Formats.Json;
using Chancery.Records;
using Chancery.Web.Pages;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Web.Screens;

/// <summary>The reports, each with what was found in it, and what people decide of that.</summary>
internal static class DocumentScreens
{
    private const int MostSkipped = 1_000_000;

    public static void MapDocuments(this IEndpointRouteBuilder app)
    {
        app.MapGet("/documents", (HttpContext context, Archive.Archive archive, int? skip) =>
        {
            var filter = ListQuery.Of(context.Request.Query, Limits.PageSize).Filter;
            var from = Math.Clamp(skip ?? 0, 0, MostSkipped);
            var documents = archive.Documents(filter with { Limit = Limits.PageSize + 1 }, from);
            return Screen.Page<DocumentsPage>(new() { ["Documents"] = documents, ["Filter"] = filter, ["Skip"] = from, ["IsEmpty"] = documents.Count == 0 && archive.Documents(new() { Limit = 1 }).Count == 0 });
        });
        app.MapGet("/documents.{format}", (HttpContext context, Archive.Archive archive, string format) =>
            Data.WriteAsync(context, "documents", format, EntryColumns.ForDocuments, archive.Documents(ListQuery.Of(context.Request.Query).Filter with { Limit = Limits.LargestDownload })));
        app.MapGet("/documents/{key}", (HttpContext context, Archive.Archive archive, string key) => Show(context, archive, key, null, null));
        app.MapGet("/documents/{key}.{format:regex(^(json|csv)$)}", DownloadAsync);
        app.MapGet("/documents/{key}/entries/{entry}/edit", (HttpContext context, Archive.Archive archive, string key, string entry) => Edit(context, archive, key, entry));
        app.MapPost("/documents/{key}/corrections", CorrectAsync).FromOwnPages();
    }

    /// <summary>Whether whoever asks may change something.</summary>
    public static bool MayChange(HttpContext context) =>
        context.RequestServices.GetRequiredService<ServeOptions>().IsOpen || context.User.IsInRole(nameof(Role.Analyst));

    private static IResult Show(HttpContext context, Archive.Archive archive, string key, string? editing, string? problem) => archive.Find(key) is { } found
        ? Screen.Page<DocumentPage>(new() { ["View"] = new DocumentView(archive, found), ["MayChange"] = MayChange(context), ["Editing"] = editing, ["Problem"] = problem }, problem is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest)
        : Missing(key);

    private static IResult Edit(HttpContext context, Archive.Archive archive, string key, string entry)
    {
        if (!MayChange(context) || archive.Find(key) is not { } found || new DocumentView(archive, found) is var view && view.CardOf(entry) is null)
            return Missing(key);
        return Screen.WantsPart(context.Request)
            ? Screen.Page<CardPart>(new() { ["View"] = view, ["Entry"] = entry, ["Editing"] = true })
            : Show(context, archive, key, entry, null);
    }

    private static async Task<IResult> CorrectAsync(HttpContext context, Archive.Archive archive, Recent recent, TimeProvider clock, string key)
    {
        // Checked by the middleware as well; a form without its token never comes this far.
        var form = await context.Request.ReadFormAsync(context.RequestAborted).ConfigureAwait(false);
        var (action, entry) = form.ContainsKey("edit") ? (CorrectionAction.Edit, form["edit"].ToString()) : form.ContainsKey("reject") ? (CorrectionAction.Reject, form["reject"].ToString()) : (CorrectionAction.Confirm, form["confirm"].ToString());
        if (archive.Find(key) is not { } found || new DocumentView(archive, found).CardOf(entry) is not { } card)
            return Missing(key);
        string? problem = null;
        try
        {
            var changes = action == CorrectionAction.Edit ? Changes(card, form) : [];
            if (action == CorrectionAction.Edit && changes.Count == 0)
                problem = "Nothing was changed; to say that it is right as it is, confirm it.";
            else
            {
                archive.Correct(key, new(entry, "", action, Doors.NameOf(context), clock.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture)) { Changes = changes, Note = Note(form) });
                archive.Merge(null, context.RequestAborted);
                recent.Forget();
            }
        }
        catch (ArchiveException e) when (e.Code is "CH0424" or "CH0425")
        {
            problem = e.Message;
        }
        if (Screen.WantsPart(context.Request))
            return Screen.Page<CardPart>(new() { ["View"] = new DocumentView(archive, archive.Find(key)!), ["Entry"] = entry, ["Editing"] = problem is not null && action == CorrectionAction.Edit, ["Problem"] = problem });
        return problem is null ? TypedResults.LocalRedirect(Wording.Document(key, entry)) : Show(context, archive, key, entry, problem);
    }

    /// <summary>The fields whose values are other ones now, as corrections name them.</summary>
    private static Dictionary<string, string> Changes(EntryCardModel card, IFormCollection form)
    {
        var before = card switch
        {
            { Event: { } one } => new Dictionary<string, string>
            {
                ["type"] = one.Type, ["status"] = one.Status.ToString().ToLowerInvariant(), ["source"] = string.Join(',', one.Source), ["target"] = string.Join(',', one.Target),
                ["place"] = one.Place is { } place ? $"{place.Name}, {place.Country}" : "", ["date"] = one.Date?.Edtf ?? "",
            },
            { Statement: { } statement } => new() { ["act"] = RecordJson.NameOf(statement.Act), ["speaker"] = statement.Speaker ?? "", ["addressees"] = string.Join(',', statement.Addressees), ["date"] = statement.Date?.Edtf ?? "" },
            _ => [],
        };
        // Corrections say what an entry is now, so what an earlier one changed is said again.
        var changes = card.Decided is { Action: CorrectionAction.Edit } decided ? decided.Changes.ToDictionary(StringComparer.Ordinal) : [];
        var changed = false;
        foreach (var (field, old) in before)
        {
            var value = string.Join(',', form[field].Where(v => !string.IsNullOrWhiteSpace(v))).Trim();
            // Fields that a form does not have are left alone; lists without a choice come as nothing.
            if (value == old || value.Length > Limits.LongestField || (!form.ContainsKey(field) && field is not ("source" or "target" or "addressees")))
                continue;
            changes[field] = value;
            changed = true;
        }
        return changed ? changes : [];
    }

    private static string? Note(IFormCollection form) => form["note"].ToString().Trim() is { Length: > 0 } note ? note[..Math.Min(note.Length, Limits.LongestField)] : null;

    private static async Task DownloadAsync(HttpContext context, Archive.Archive archive, string key, string format)
    {
        if (archive.Find(key) is not { } found)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        if (format == "csv")
        {
            await Data.WriteAsync(context, "entries", format, Columns, new DocumentView(archive, found).Cards).ConfigureAwait(false);
            return;
        }
        var record = found.Record is { } read ? Corrected.Apply(read, found.Corrections).Record : new Record(found.Document, [], [], []);
        using var buffer = new MemoryStream();
        await using (var json = new System.Text.Json.Utf8JsonWriter(buffer, RecordJson.Options(indented: true)))
            RecordJson.Write(json, record);
        context.Response.ContentType = "application/json; charset=utf-8";
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static EntryColumn<EntryCardModel>[] Columns { get; } =
    [
        Data.Text<EntryCardModel>("id", c => c.Id), Data.Text<EntryCardModel>("what", c => c.IsEvent ? "event" : "statement"), Data.Text<EntryCardModel>("kind", c => c.Kind), Data.List<EntryCardModel>("who", c => [.. c.Who.Select(w => w.Name)]),
        Data.List<EntryCardModel>("whom", c => [.. c.With.Select(w => w.Name)]), Data.Text<EntryCardModel>("status", c => c.Rejected ? "rejected" : c.Status), Data.Text<EntryCardModel>("date", c => c.Date), Data.Text<EntryCardModel>("place", c => c.Place),
        Data.List<EntryCardModel>("word_of", c => [.. c.Chain.Select(w => w.Speaker?.Name ?? "")]), Data.Real<EntryCardModel>("confidence", c => c.Confidence), Data.Text<EntryCardModel>("checked", c => c.Mark), Data.Text<EntryCardModel>("words", c => Wording.OneLine(c.Text)),
    ];

    private static RazorComponentResult<ProblemPage> Missing(string key) => Screen.Page<ProblemPage>(
        new() { ["Title"] = "Not in the archive", ["Code"] = "CH0423", ["Detail"] = $"{(key.Length > 100 ? key[..100] + "…" : key)}: there is no such report, or no such entry in it. It may have been taken out, or added to another archive." }, (int)HttpStatusCode.NotFound);
}
