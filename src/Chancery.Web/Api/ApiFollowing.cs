using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using Chancery.Archive;
using Chancery.Archive.Lists;
using Chancery.Records;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Asking;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Chancery.Web.Api;

/// <summary>What is new: documents as they come, what they come to since a day, and what people decided.</summary>
internal static class ApiFollowing
{
    // Each is a connection that stays open and looks once a second.
    private const int MostFollowers = 200;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1), Still = TimeSpan.FromSeconds(15);

    private static int followers;

    public static void MapFollowing(this IEndpointRouteBuilder api)
    {
        api.MapApi(
                HttpMethod.Get, "/arrivals", "ListArrivals", "Documents in the order in which they came, the first first; as text/event-stream it stays open and tells of each as it comes.",
                new([Parameters.Limit with { About = "How many documents a page has." }, Parameters.Place]) { Forms = [AnswerForm.Json, AnswerForm.Events] }, ArrivalsAsync)
            .Produces<ArrivalPage>().WithTags("Following");

        api.MapApi(
                HttpMethod.Get, "/brief", "GetBrief", "What is new since a day: what happened, was said, is coming, is disputed.",
                new([Parameters.Since, new("actor", ParameterKind.Words, "Of whom: a name, a part of one, or a key.") { Example = "France" }]), (context, asked) => ApiLists.OneAsync(context, () => BriefOf(context, asked)))
            .Produces<BriefShape>().ProducesApiProblem(StatusCodes.Status404NotFound).WithTags("Following");

        api.MapApi(HttpMethod.Get, "/corrections", "ListAllCorrections", "What people decided, the latest first: the trail of changes.", new([Parameters.Limit with { About = "How many entries a page has." }, Parameters.Skip]), (context, asked) => ApiLists.OneAsync(context, () =>
            {
                var page = Skipped.Page(ApiLists.Of(context).Corrections, asked.Whole("limit") ?? Limits.PageSize, asked.Text("after"));
                return new EntryPage<TrailEntry> { Entries = [.. page.Entries.Select(c => new TrailEntry { Document = c.Document, Correction = Shaping.Of(c.Correction) })], Next = Addresses.Linked(context, page.Next) };
            }))
            .Produces<EntryPage<TrailEntry>>().WithTags("Corrections");

        api.MapApi(HttpMethod.Get, "/identities", "ListIdentities", "Which actors people hold to be one.", new([]), (context, _) => ApiLists.OneAsync(
                context, () => ApiLists.Of(context).Identities().Select(i => new HeldIdentity { Of = i.Key, SameAs = i.SameAs, By = i.By, At = i.At }).ToArray()))
            .Produces<HeldIdentity[]>().WithTags("Corrections");
    }

    private static Task ArrivalsAsync(HttpContext context, Asked asked)
    {
        var (archive, after, limit) = (ApiLists.Of(context), asked.Long("after") ?? 0, asked.Whole("limit") ?? Limits.PageSize);
        if (AnswerForm.Wanted(context.Request, [AnswerForm.Json, AnswerForm.Events]) == AnswerForm.Events)
            return FollowAsync(context, archive, long.TryParse(context.Request.Headers["Last-Event-ID"], NumberStyles.None, CultureInfo.InvariantCulture, out var last) ? last : after);
        return ApiLists.OneAsync(context, () =>
        {
            var found = archive.Arrivals(after, limit + 1);
            var shaping = new Shaping(archive);
            var entries = found.Take(limit).Select(a => new ArrivalEntry { Place = a.Place, Document = shaping.Of(a.Document) }).ToList();
            var place = (entries.Count > 0 ? entries[^1].Place : after).ToString(CultureInfo.InvariantCulture);
            return new ArrivalPage { Entries = entries, Next = Addresses.Linked(context, found.Count > limit ? place : null), Later = Addresses.Next(context.Request, place) };
        });
    }

    private static async Task FollowAsync(HttpContext context, Archive.Archive archive, long after)
    {
        if (Interlocked.Increment(ref followers) > MostFollowers)
        {
            Interlocked.Decrement(ref followers);
            context.Response.Headers.RetryAfter = "60";
            throw new Refusal(System.Net.HttpStatusCode.TooManyRequests, "CH0543", "Too many follow the archive already; ask for pages instead, or try again in a minute.");
        }
        try
        {
            using var stop = EndOf(context);
            await TypedResults.ServerSentEvents(ComingAsync(archive, after, context.RequestServices.GetRequiredService<TimeProvider>(), stop.Token)).ExecuteAsync(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // They have gone, or the server stops; nothing is left to say.
        }
        finally
        {
            Interlocked.Decrement(ref followers);
        }
    }

    /// <summary>Ends when those who asked are gone or the server stops, which would else wait for open streams.</summary>
    public static CancellationTokenSource EndOf(HttpContext context) =>
        CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, context.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping);

    private static async IAsyncEnumerable<SseItem<ArrivalEntry?>> ComingAsync(Archive.Archive archive, long after, TimeProvider clock, [EnumeratorCancellation] CancellationToken stop)
    {
        var (shaping, revision, told) = (new Shaping(archive), long.MinValue, clock.GetTimestamp());
        while (!stop.IsCancellationRequested)
        {
            if (archive.Revision() is var now && now != revision)
            {
                revision = now;
                for (IReadOnlyList<(long Place, ArchiveDocument Document)> found; (found = archive.Arrivals(after, Limits.LargestPage)).Count > 0;)
                {
                    foreach (var (place, document) in found)
                        yield return new(new() { Place = place, Document = shaping.Of(document) }, "arrival") { EventId = place.ToString(CultureInfo.InvariantCulture) };
                    (after, told) = (found[^1].Place, clock.GetTimestamp());
                }
            }
            // Whoever stands between closes what says nothing for long.
            if (clock.GetElapsedTime(told) >= Still)
            {
                yield return new(null, "still");
                told = clock.GetTimestamp();
            }
            await Task.Delay(Look, clock, stop).ConfigureAwait(false);
        }
    }

    private static BriefShape BriefOf(HttpContext context, Asked asked)
    {
        var (archive, today) = (ApiLists.Of(context), DateOnly.FromDateTime(context.RequestServices.GetRequiredService<TimeProvider>().GetLocalNow().DateTime));
        var since = Edtf.Days(asked.Text("since"))?.First ?? today.AddDays(-1);
        var (shaping, sections) = (new Shaping(archive), Brief.Of(archive, since, today, asked.Text("actor")));
        T[] Entries<T>(ArchiveView view) => [.. sections.Where(s => s.View == view).SelectMany(s => s.Entries).Select(e => (T)(object)shaping.Of(view, e))];
        return new()
        {
            Since = since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Happened = Entries<TimelineEntry>(ArchiveView.Timeline),
            Measures = Entries<MeasureEntry>(ArchiveView.Measures),
            Said = Entries<StatementEntry>(ArchiveView.Statements),
            Coming = Entries<DiaryEntry>(ArchiveView.Diary),
            Disputed = Entries<DisputeEntry>(ArchiveView.Disputes),
        };
    }
}
