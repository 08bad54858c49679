using System.Globalization;
using System.Security.Claims;
using Chancery.Web.Api;
using Chancery.Web.Pages;
using Chancery.Web.Screens;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace Chancery.Web.Security;

/// <summary>Signing in and out, and the accounts and keys as an administrator sees them.</summary>
internal static class SignInScreens
{
    // Strangers send this one.
    private const long LargestForm = 64 << 10;

    public static void MapSignIn(this IEndpointRouteBuilder app)
    {
        app.MapGet("/sign-in", (string? to) => Screen.Page<SignInPage>(new() { ["To"] = Home(to) })).AllowAnonymous();
        app.MapPost("/sign-in", SignInAsync).AllowAnonymous().WithMetadata(new RequestSizeLimitAttribute(LargestForm)).RequireRateLimiting(RequestRates.SignIns);
        app.MapPost("/sign-out", async (HttpContext context) =>
        {
            await context.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme).ConfigureAwait(false);
            return TypedResults.LocalRedirect("/sign-in");
        }).AllowAnonymous();
        var admin = app.MapGroup("/accounts").RequireAuthorization(p => p.RequireRole(nameof(Role.Admin)));
        admin.MapGet("", (Accounts accounts) => Screen.Page<AccountsPage>(new() { ["Accounts"] = accounts.All, ["Keys"] = accounts.Keys }));
        admin.MapPost("/keys", (Accounts accounts, TimeProvider clock, [FromForm] string name, [FromForm] Role role) =>
        {
            try
            {
                var key = accounts.MakeKey(name, role, clock.GetUtcNow());
                return Screen.Page<AccountsPage>(new() { ["Accounts"] = accounts.All, ["Keys"] = accounts.Keys, ["Fresh"] = key });
            }
            catch (ArgumentException e)
            {
                return Screen.Page<AccountsPage>(new() { ["Accounts"] = accounts.All, ["Keys"] = accounts.Keys, ["Problem"] = e.Message }, StatusCodes.Status400BadRequest);
            }
        });
        admin.MapPost("/keys/{id}/revoke", (Accounts accounts, string id, [FromForm] string? confirm) =>
        {
            accounts.Revoke(id);
            return TypedResults.LocalRedirect("/accounts");
        });
    }

    private static async Task<IResult> SignInAsync(HttpContext context, Accounts accounts, GuessGuard guard, [FromForm] string? name, [FromForm] string? password, [FromForm] string? to)
    {
        (name, password) = (name ?? "", password ?? "");
        var from = context.Connection.RemoteIpAddress;
        var wait = guard.Begin(from, name);
        if (wait > TimeSpan.Zero)
        {
            Tried("made to wait");
            var seconds = (int)Math.Ceiling(wait.TotalSeconds);
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Screen.Page<SignInPage>(new() { ["To"] = Home(to), ["Problem"] = string.Create(CultureInfo.InvariantCulture, $"Too many wrong passwords; try again in {seconds} seconds.") }, StatusCodes.Status429TooManyRequests);
        }
        if (accounts.SignIn(name, password) is not { } account)
        {
            Tried("wrong");
            return Screen.Page<SignInPage>(new() { ["To"] = Home(to), ["Problem"] = "Name or password is wrong." }, StatusCodes.Status401Unauthorized);
        }
        guard.Succeeded(from, name);
        Tried("right");
        var properties = new AuthenticationProperties { Items = { ["stamp"] = Doors.Stamp(account) } };
        await context.SignInAsync(CookieAuthenticationDefaults.AuthenticationScheme, People.Of(account.Name, account.Role, CookieAuthenticationDefaults.AuthenticationScheme), properties).ConfigureAwait(false);
        return TypedResults.LocalRedirect(Home(to));
    }

    private static void Tried(string how) => Measured.SignIns.Add(1, new KeyValuePair<string, object?>("how", how));

    /// <summary>An address of this server to go to; never one of another.</summary>
    private static string Home(string? to) => to is ['/', ..] and not ['/', '/' or '\\', ..] && !to.Any(char.IsControl) && !to.Contains('\\', StringComparison.Ordinal) ? to : "/";
}
