using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Api.Answers;

/// <summary>Addresses that answers lead to.</summary>
internal static class Addresses
{
    /// <summary>The address of the page after this one.</summary>
    /// <param name="request">What was asked.</param>
    /// <param name="after">Where this page ends.</param>
    public static string Next(HttpRequest request, string after)
    {
        var fields = request.Query.Where(q => q.Key != "after").Select(q => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(q.Value.ToString())}").Append($"after={Uri.EscapeDataString(after)}");
        return $"{request.PathBase}{request.Path}?{string.Join('&', fields)}";
    }

    /// <summary>The same, told in the header Link as well; null where there is no further page.</summary>
    public static string? Linked(HttpContext context, string? after)
    {
        var next = after is null ? null : Next(context.Request, after);
        if (next is not null)
            context.Response.Headers.Link = $"<{next}>; rel=\"next\"";
        return next;
    }
}
