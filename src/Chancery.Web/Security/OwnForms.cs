using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Chancery.Web.Security;

/// <summary>Forms that are taken only with the token of a page that this server has drawn.</summary>
internal static class OwnForms
{
    /// <summary>Demands the token, also where the handler reads the form itself or not at all.</summary>
    public static RouteHandlerBuilder FromOwnPages(this RouteHandlerBuilder route) => route
        .WithMetadata(new RequireAntiforgeryTokenAttribute())
        .AddEndpointFilter((context, next) => context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: false, Error: var error }
            ? throw error ?? new AntiforgeryValidationException("The form has no token.")
            : next(context));
}
