using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Web.Tests.Attacks;

/// <summary>All addresses that a server answers, so that one that is added later is attacked as well.</summary>
internal static class Endpoints
{
    /// <summary>Methods with paths as they are mapped.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(Running server) =>
        [.. server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (m, Path: "/" + e.RoutePattern.RawText!.Trim('/')))).Where(e => e.m != "HEAD").Distinct()];

    /// <summary>An address with its parts filled in.</summary>
    public static string Fill(string path, Func<string, string> part)
    {
        var filled = path;
        for (int open; (open = filled.IndexOf('{', StringComparison.Ordinal)) >= 0;)
        {
            var close = filled.IndexOf('}', open);
            var name = filled[(open + 1)..close].TrimStart('*').Split(':', '=', '?')[0];
            filled = filled[..open] + Uri.EscapeDataString(part(name)) + filled[(close + 1)..];
        }
        return filled;
    }
}
