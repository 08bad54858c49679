using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Chancery.Web.Api.Asking;

/// <summary>Reads what is sent with a request.</summary>
internal static class Bodies
{
    /// <summary>The largest body of JSON, in bytes: a text of four million letters, some of them of several bytes.</summary>
    public const long LargestJson = 17L << 20;

    /// <summary>Reads a body of JSON and checks it by the attributes of its shape.</summary>
    /// <exception cref="Refusal">It is no JSON, of another shape, or has a value that cannot be.</exception>
    public static async Task<T> JsonAsync<T>(HttpContext context)
        where T : class
    {
        if (!context.Request.HasJsonContentType())
            throw new Refusal(HttpStatusCode.UnsupportedMediaType, "CH0507", $"{Asked.Shown(context.Request.ContentType ?? "nothing")}: send JSON, with Content-Type: application/json.");
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = LargestJson;
        T? body;
        try
        {
            body = await JsonSerializer.DeserializeAsync<T>(context.Request.Body, ApiJson.Options, context.RequestAborted).ConfigureAwait(false);
        }
        catch (JsonException e)
        {
            throw Refusal.Body($"{Asked.Shown(e.Path ?? "$")} in line {(e.LineNumber ?? 0) + 1}: the body is not the JSON that this address takes; see /api.");
        }
        if (body is null)
            throw Refusal.Body("The body is null; send an object, see /api.");
        var faults = new List<ValidationResult>();
        if (!Validator.TryValidateObject(body, new(body), faults, validateAllProperties: true))
            throw Refusal.Body(string.Join(' ', faults.Select(f => $"{string.Join(", ", f.MemberNames.Select(JsonNamingPolicy.CamelCase.ConvertName))}: {f.ErrorMessage}")));
        return body;
    }
}
