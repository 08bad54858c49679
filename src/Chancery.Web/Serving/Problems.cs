using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace Chancery.Web.Serving;

/// <summary>Problems as programs read them (RFC 9457), each with our code as in docs/command.md.</summary>
internal static class Problems
{
    public const string MediaType = "application/problem+json";

    public static ProblemDetails Of(HttpStatusCode status, string code, string detail) => new()
    {
        Type = "about:blank",
        Title = status switch { HttpStatusCode.NotFound => "Not found", HttpStatusCode.BadRequest => "Not understood", HttpStatusCode.Forbidden => "Not allowed", _ => "Not done" },
        Status = (int)status,
        Detail = detail,
        Extensions = { ["code"] = code },
    };

    public static ProblemHttpResult Result(HttpStatusCode status, string code, string detail) => TypedResults.Problem(Of(status, code, detail));

    public static async Task WriteAsync(HttpContext context, HttpStatusCode status, string code, string detail)
    {
        context.Response.StatusCode = (int)status;
        await context.Response.WriteAsJsonAsync(Of(status, code, detail), (System.Text.Json.JsonSerializerOptions?)null, MediaType, context.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>What goes wrong with an archive because of what was asked, and what because of the archive.</summary>
    public static HttpStatusCode StatusOf(Chancery.Archive.ArchiveException e) => e.Code switch
    {
        "CH0420" or "CH0421" or "CH0423" or "CH0424" => HttpStatusCode.NotFound,
        "CH0422" or "CH0425" or "CH0426" => HttpStatusCode.BadRequest,
        "CH0406" => HttpStatusCode.ServiceUnavailable,
        "CH0407" => HttpStatusCode.InsufficientStorage,
        _ => HttpStatusCode.InternalServerError,
    };
}
