using System.Net;
using Chancery.Archive;
using Chancery.Web.Api.Answers;
using Chancery.Web.Api.Asking;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Api;

/// <summary>What an address of the API takes; it is checked, and described, by this.</summary>
/// <param name="Parameters">Its parameters.</param>
internal sealed record ApiAddress(IReadOnlyList<Parameter> Parameters)
{
    /// <summary>What is sent with it, as JSON; null for nothing.</summary>
    public Type? Body { get; init; }

    /// <summary>A body that makes sense, as JSON.</summary>
    public string? Example { get; init; }

    /// <summary>The forms in which it answers.</summary>
    public IReadOnlyList<AnswerForm> Forms { get; init; } = [AnswerForm.Json];

    /// <summary>Whether a file is sent with it, as a form.</summary>
    public bool TakesFile { get; init; }
}

/// <summary>Maps addresses whose parameters are checked before they are answered, and whose problems are told as RFC 9457 has it.</summary>
internal static class ApiEndpoint
{
    /// <summary>Answers a request whose parameters are as they should be.</summary>
    public delegate Task Answer(HttpContext context, Asked asked);

    /// <summary>Maps one address.</summary>
    /// <param name="app">The group of addresses.</param>
    /// <param name="method">The method of HTTP.</param>
    /// <param name="path">The path after that of the group.</param>
    /// <param name="name">Its name in the description, by which clients call it.</param>
    /// <param name="about">What it does, in a sentence.</param>
    /// <param name="address">What it takes.</param>
    /// <param name="answer">What it does.</param>
    public static RouteHandlerBuilder MapApi(this IEndpointRouteBuilder app, HttpMethod method, string path, string name, string about, ApiAddress address, Answer answer)
    {
        var builder = app.MapMethods(path, method == HttpMethod.Get ? [method.Method, HttpMethods.Head] : [method.Method], async (HttpContext context) =>
        {
            try
            {
                var asked = Asked.Of(context, address.Parameters);
                AnswerForm.Wanted(context.Request, address.Forms);
                await answer(context, asked).ConfigureAwait(false);
            }
            catch (Refusal e) when (!context.Response.HasStarted)
            {
                await TellAsync(context, e.Status, e.Code, e.Message).ConfigureAwait(false);
            }
            catch (ArchiveException e) when (!context.Response.HasStarted)
            {
                // The rest of what goes wrong with an archive is for the log as well.
                if (Problems.StatusOf(e) == HttpStatusCode.InternalServerError)
                    throw;
                await TellAsync(context, Problems.StatusOf(e), e.Code, e.Message).ConfigureAwait(false);
            }
            return Results.Empty;
        });
        builder.WithName(name).WithSummary(about).WithMetadata(address);
        if (address.Parameters.Count > 0)
            builder.ProducesApiProblem(StatusCodes.Status400BadRequest);
        if (address.Body is not null || address.TakesFile)
            builder.ProducesApiProblem(StatusCodes.Status400BadRequest).ProducesApiProblem(StatusCodes.Status413PayloadTooLarge).ProducesApiProblem(StatusCodes.Status415UnsupportedMediaType);
        return builder.ProducesApiProblem(StatusCodes.Status401Unauthorized).ProducesApiProblem(StatusCodes.Status403Forbidden).ProducesApiProblem(StatusCodes.Status406NotAcceptable).ProducesApiProblem(StatusCodes.Status429TooManyRequests);
    }

    /// <summary>Says that a problem of some status may be the answer.</summary>
    public static RouteHandlerBuilder ProducesApiProblem(this RouteHandlerBuilder builder, int status) => builder.Produces<ProblemShape>(status, Problems.MediaType);

    private static Task TellAsync(HttpContext context, HttpStatusCode status, string code, string detail)
    {
        // What was said of the answer that there is not does not hold for the problem.
        context.Response.Headers.Remove("ETag");
        context.Response.Headers.Remove("Link");
        context.Response.Headers.Remove("Content-Disposition");
        return Problems.WriteAsync(context, status, code, detail);
    }
}
