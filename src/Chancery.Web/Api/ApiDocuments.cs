using System.Net;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Chancery.Corrections;
using Chancery.Formats.Json;
using Chancery.Web.Api.Adding;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Asking;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Web.Api;

/// <summary>Documents with what reading found in them, what people decide of that, and how documents come in.</summary>
internal static class ApiDocuments
{
    public static void MapDocuments(this IEndpointRouteBuilder api)
    {
        api.MapApi(HttpMethod.Get, "/documents/{key}", "GetDocument", "One document.", new([Parameters.Key]), (context, asked) => ApiLists.OneAsync(context, () => new Shaping(ApiLists.Of(context)).Of(Found(context, asked))))
            .Produces<DocumentEntry>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Documents");
        api.MapApi(HttpMethod.Get, "/documents/{key}/text", "GetText", "The text of a document, to which all offsets belong.", new([Parameters.Key]) { Forms = [AnswerForm.Text] }, TextAsync)
            .Produces<string>(StatusCodes.Status200OK, AnswerForm.Text.MediaType).ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Documents");
        api.MapApi(HttpMethod.Get, "/documents/{key}/record", "GetRecord", "What reading found in a document: actors, statements, events, each with where its words stand.", new([Parameters.Key]), RecordAsync)
            .Produces<RecordShape>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Documents");
        api.MapApi(HttpMethod.Get, "/documents/{key}/corrections", "ListCorrections", "What people decided of a document's entries, the first first.", new([Parameters.Key]), (context, asked) => ApiLists.OneAsync(
                context, () => Found(context, asked).Corrections.Select(Shaping.Of).ToArray()))
            .Produces<CorrectionShape[]>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Corrections");
        api.MapApi(
                HttpMethod.Post, "/documents/{key}/entries/{entry}/corrections", "CorrectEntry", "Confirms, edits or rejects a statement or event. It outlives reading anew, and always wins.",
                new([Parameters.Key, Parameters.Entry]) { Body = typeof(NewCorrection), Example = """{"action": "edit", "changes": {"status": "planned"}, "note": "see the cable", "by": "A. Reader"}""" }, CorrectAsync)
            .Produces<CorrectionShape>(StatusCodes.Status201Created).ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Corrections");
        api.MapApi(
                HttpMethod.Put, "/identities", "SetIdentity", "Says that two actors are one.",
                new([Parameters.ActorKey with { About = "The key of an actor; DOCUMENT#NAME for the one of that name in one document." }]) { Body = typeof(NewIdentity), Example = """{"sameAs": "person|guy mollet|FRA", "by": "A. Reader"}""" }, SetIdentityAsync)
            .Produces<IdentityShape>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Corrections");
        api.MapApi(HttpMethod.Delete, "/identities", "RemoveIdentity", "Takes back that two actors are one.", new([Parameters.ActorKey]), (context, asked) => IdentityAsync(context, asked.Text(Parameters.ActorKey), null, null))
            .Produces<IdentityShape>().WithTags("Corrections");
        api.MapApi(
                HttpMethod.Post, "/documents", "AddDocument", "Adds a report: a text or an address. It is read behind the answer, which is a job.",
                new([]) { Body = typeof(NewReport), Example = """{"text": "Paris, 3 May. The minister arrived for talks.", "title": "Talks", "published": "1911-05-03", "publisher": "The Example"}""" },
                async (context, _) => await AddAsync(context, Wanted(await Bodies.JsonAsync<NewReport>(context).ConfigureAwait(false))).ConfigureAwait(false))
            .Produces<JobShape>(StatusCodes.Status202Accepted).WithTags("Adding");
        api.MapApi(
                HttpMethod.Post, "/files", "AddFile", "Adds the reports of a file of any kind that chancery add takes. They are read behind the answer, which is a job.",
                new([]) { TakesFile = true }, async (context, _) => await AddAsync(context, await Uploads.ReadAsync(context).ConfigureAwait(false)).ConfigureAwait(false))
            .Produces<JobShape>(StatusCodes.Status202Accepted).WithTags("Adding");
        api.MapApi(HttpMethod.Get, "/jobs/{id}", "GetJob", "How far a job is.", new([Parameters.Job]), (context, asked) => ListAnswer<JobShape, JobShape>.WriteJsonAsync(context, JobOf(context, asked).Now))
            .Produces<JobShape>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Adding");
        api.MapApi(HttpMethod.Get, "/jobs/{id}/events", "GetJobEvents", "The steps of a job as they come, as server-sent events: each is a step, the last is called end.", new([Parameters.Job]) { Forms = [AnswerForm.Events] }, JobEventsAsync)
            .Produces<string>(StatusCodes.Status200OK, AnswerForm.Events.MediaType).ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Adding");
    }

    private static Archive.ArchivedRecord Found(HttpContext context, Asked asked) =>
        ApiLists.Of(context).Find(asked.Text(Parameters.Key)) ?? throw Refusal.Missing("CH0423", $"{Asked.Shown(asked.Text(Parameters.Key))}: no such document in the archive; list them with /api/v1/documents.");

    private static async Task TextAsync(HttpContext context, Asked asked)
    {
        if (ApiLists.FreshnessOf(context).IsKnown(context, AnswerForm.Text))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var text = Found(context, asked).Document.Text;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(text, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task RecordAsync(HttpContext context, Asked asked)
    {
        if (ApiLists.FreshnessOf(context).IsKnown(context, AnswerForm.Json))
        {
            context.Response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        var found = Found(context, asked);
        var record = found.Record ?? throw Refusal.Missing("CH0548", $"{found.Document.Id}: it was not read ({found.Note}); its text is there.");
        using var buffer = new MemoryStream();
        await using (var json = new Utf8JsonWriter(buffer, RecordJson.Options(indented: false)))
            RecordJson.Write(json, record);
        context.Response.ContentType = "application/json; charset=utf-8";
        buffer.Position = 0;
        await buffer.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    private static async Task CorrectAsync(HttpContext context, Asked asked)
    {
        var body = await Bodies.JsonAsync<NewCorrection>(context).ConfigureAwait(false);
        var (archive, changes) = (ApiLists.Of(context), body.Changes ?? new Dictionary<string, string>());
        var action = Enum.Parse<CorrectionAction>(body.Action, ignoreCase: true);
        if (action == CorrectionAction.Edit == (changes.Count == 0))
            throw Refusal.Body(changes.Count == 0 ? "changes: an edit needs at least one new value." : "changes: only an edit has new values.");
        foreach (var (field, value) in changes)
        {
            if (value is null || value.Length > Serving.Limits.LongestField || value.Any(char.IsControl) || (field == "type" && !(value.Length is > 0 and <= 40 && value.All(char.IsAsciiLetter))))
                throw Refusal.Body($"changes.{Asked.Shown(field)}: not a value that it can have.");
        }
        var correction = new Correction(asked.Text(Parameters.Entry), "", action, Decider(context, body.By), Now(context)) { Changes = changes, Note = body.Note };
        archive.Correct(asked.Text(Parameters.Key), correction);
        Measured.Corrections.Add(1, new KeyValuePair<string, object?>("action", body.Action));
        archive.Merge(null, context.RequestAborted);
        await ListAnswer<CorrectionShape, CorrectionShape>.WriteJsonAsync(context, Shaping.Of(correction), StatusCodes.Status201Created).ConfigureAwait(false);
    }

    private static async Task SetIdentityAsync(HttpContext context, Asked asked)
    {
        var body = await Bodies.JsonAsync<NewIdentity>(context).ConfigureAwait(false);
        var of = asked.Text(Parameters.ActorKey);
        if (of == body.SameAs)
            throw Refusal.Body("sameAs: this is the actor itself.");
        await IdentityAsync(context, of, body.SameAs, body.By).ConfigureAwait(false);
    }

    private static Task IdentityAsync(HttpContext context, string of, string? sameAs, string? by)
    {
        var archive = ApiLists.Of(context);
        var touched = archive.SetIdentity(of, sameAs, Decider(context, by), Now(context));
        Measured.Corrections.Add(1, new KeyValuePair<string, object?>("action", "identity"));
        archive.Merge(null, context.RequestAborted);
        return ListAnswer<IdentityShape, IdentityShape>.WriteJsonAsync(context, new IdentityShape { Of = of, SameAs = sameAs, Documents = touched });
    }

    private static async Task AddAsync(HttpContext context, ToAdd what)
    {
        if (context.RequestServices.GetRequiredService<IAddJobs>().Start(what) is not { } job)
        {
            context.Response.Headers.RetryAfter = "10";
            throw new Refusal(HttpStatusCode.TooManyRequests, "CH0545", "Too many reports wait to be read; send it again in a few seconds.");
        }
        context.Response.Headers.Location = $"/api/v1/jobs/{job.Id}";
        await ListAnswer<JobShape, JobShape>.WriteJsonAsync(context, job.Now, StatusCodes.Status202Accepted).ConfigureAwait(false);
    }

    private static ToAdd Wanted(NewReport report)
    {
        if (string.IsNullOrWhiteSpace(report.Text) == string.IsNullOrWhiteSpace(report.Url))
            throw new Refusal(HttpStatusCode.BadRequest, "CH0546", "Give either text or url.");
        if (report.Published is { } day && Asked.FaultOfDay(day) is { } fault)
            throw Refusal.Body($"published: {fault}");
        if (string.IsNullOrWhiteSpace(report.Url))
            return new(report.Text, null, null, report.Title, report.Published, report.Publisher);
        return Uri.TryCreate(report.Url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? new(null, address, null, report.Title, report.Published, report.Publisher)
            : throw new Refusal(HttpStatusCode.BadRequest, "CH0427", $"{Asked.Shown(report.Url)}: not an address; write it as https://example.org/news/1.html");
    }

    private static IAddJob JobOf(HttpContext context, Asked asked) => context.RequestServices.GetRequiredService<IAddJobs>().Find(asked.Text(Parameters.Job))
        ?? throw Refusal.Missing("CH0544", $"{Asked.Shown(asked.Text(Parameters.Job))}: there is no such job, or it is long over.");

    private static async Task JobEventsAsync(HttpContext context, Asked asked)
    {
        var job = JobOf(context, asked);
        using var stop = ApiFollowing.EndOf(context);
        try
        {
            await TypedResults.ServerSentEvents(EventsAsync(job, stop.Token)).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // They have gone, or the server stops; nothing is left to say.
        }
    }

    private static async IAsyncEnumerable<SseItem<JobStep>> EventsAsync(IAddJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var step in job.StepsAsync(cancellationToken).ConfigureAwait(false))
            yield return new(step, "step");
        yield return new(new() { What = job.Now.State, Document = null, Code = null, Detail = null }, "end");
    }

    /// <summary>Who decides: who is known to ask, else who is said to.</summary>
    private static string Decider(HttpContext context, string? said) => context.User.Identity?.Name ?? (string.IsNullOrWhiteSpace(said) ? "api" : said);

    private static string Now(HttpContext context) => context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture);
}
