using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Chancery.Web.Screens;

/// <summary>What all screens share.</summary>
internal static class Screen
{
    /// <summary>A page rendered on the server.</summary>
    public static RazorComponentResult<T> Page<T>(Dictionary<string, object?> parameters, int status = StatusCodes.Status200OK)
        where T : IComponent => new(parameters) { StatusCode = status, PreventStreamingRendering = true };

    /// <summary>Whether a part of a page is asked for by a script of ours, and not the whole page.</summary>
    public static bool WantsPart(HttpRequest request) => request.Headers.ContainsKey("HX-Request");

    /// <summary>Whether a person looks at the answer, and not a program.</summary>
    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) && request.Headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
}
