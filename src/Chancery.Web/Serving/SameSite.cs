using System.Net;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Serving;

/// <summary>
/// Turns away what another site makes a browser send: questions under a name that is not ours (a name whose address was changed to this
/// machine's, "DNS rebinding"), and changes that come from another origin.
/// </summary>
internal sealed class SameSite(ServeOptions options)
{
    private readonly HashSet<string> _hosts = new(options.Hosts.Concat(options.IsLocal ? ["localhost", "127.0.0.1", "[::1]"] : []), StringComparer.OrdinalIgnoreCase);

    public async Task CheckAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        // Without given names a server in a network is asked under whatever names the network has for it.
        if (_hosts.Count > 0 && !_hosts.Contains(request.Host.Host))
        {
            await Problems.WriteAsync(context, HttpStatusCode.MisdirectedRequest, "CH0501", $"This server does not go by the name {request.Host.Host}; ask it as localhost, or start it with --host.").ConfigureAwait(false);
            return;
        }
        if (!HttpMethods.IsGet(request.Method) && !HttpMethods.IsHead(request.Method) && !HttpMethods.IsOptions(request.Method) && IsForeign(request))
        {
            await Problems.WriteAsync(context, HttpStatusCode.Forbidden, "CH0502", "A change that another site asks for is not made.").ConfigureAwait(false);
            return;
        }
        await next(context).ConfigureAwait(false);
    }

    private static bool IsForeign(HttpRequest request)
    {
        if (request.Headers["Sec-Fetch-Site"].ToString() is "cross-site" or "same-site")
            return true;
        return request.Headers.Origin.ToString() is { Length: > 0 } origin && !string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
    }
}
