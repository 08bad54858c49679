using Chancery.Web.Screens;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Web.Security;

/// <summary>
/// Who may come in. On this machine only: everyone, as its owner. Where others can ask: those with an account or a key, each as far as his role goes.
/// </summary>
internal static class Doors
{
    private const string Either = "either";

    private static readonly TimeSpan SignedInFor = TimeSpan.FromHours(12);

    public static void AddDoors(this IServiceCollection services, Accounts accounts, bool open)
    {
        services.AddSingleton(accounts).AddSingleton<GuessGuard>();
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = c => c.Request.Headers.ContainsKey("Authorization") || IsProgram(c.Request) ? KeyHandler.SchemeName : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, KeyHandler>(KeyHandler.SchemeName, null)
            .AddCookie(o =>
            {
                o.Cookie.Name = "chancery";
                o.Cookie.HttpOnly = true;
                o.Cookie.SameSite = SameSiteMode.Strict;
                o.ExpireTimeSpan = SignedInFor;
                o.SlidingExpiration = true;
                o.LoginPath = "/sign-in";
                o.ReturnUrlParameter = "to";
                o.Events.OnRedirectToAccessDenied = c => People.ForbidAsync(c.HttpContext);
                // An account that was taken away, or given another role, counts at once.
                o.Events.OnValidatePrincipal = async c =>
                {
                    var account = accounts.All.FirstOrDefault(a => a.Name == c.Principal?.Identity?.Name);
                    if (account is null || c.Properties.Items.TryGetValue("stamp", out var stamp) && stamp != Stamp(account))
                    {
                        c.RejectPrincipal();
                        await c.HttpContext.SignOutAsync().ConfigureAwait(false);
                    }
                };
            });
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(open ? new AuthorizationPolicyBuilder().RequireAssertion(_ => true).Build() : new AuthorizationPolicyBuilder().RequireRole(nameof(Role.Reader)).Build());
    }

    /// <summary>Reading needs a reader, every change an analyst; what needs an administrator says so itself.</summary>
    public static async Task CheckChangesAsync(HttpContext context, RequestDelegate next)
    {
        var change = !HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method);
        var anyone = context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null || context.GetEndpoint()?.Metadata.GetMetadata<OnlyReads>() is not null;
        if (change && !anyone && context.User.Identity?.IsAuthenticated == true && !context.User.IsInRole(nameof(Role.Analyst)))
        {
            await People.ForbidAsync(context).ConfigureAwait(false);
            return;
        }
        await next(context).ConfigureAwait(false);
    }

    /// <summary>Who changes something, for the trail of changes.</summary>
    public static string NameOf(HttpContext context) => context.User.Identity?.Name is { Length: > 0 } name ? name : Environment.UserName;

    /// <summary>Changes with the password and the role, and tells neither.</summary>
    internal static string Stamp(Account account) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{account.Role} {account.Password}")))[..16];

    private static bool IsProgram(HttpRequest request) =>
        (request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || request.Path.StartsWithSegments("/mcp", StringComparison.OrdinalIgnoreCase)) && !request.Cookies.ContainsKey("chancery");
}

/// <summary>Says of an address that asking it with POST changes nothing.</summary>
internal sealed class OnlyReads;
