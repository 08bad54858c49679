using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Chancery.Web.Security;

/// <summary>Programs show who they are by <c>Authorization: Bearer KEY</c> (RFC 6750).</summary>
internal sealed class KeyHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, Accounts accounts)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "key";

    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        return Task.FromResult(accounts.Find(header[Bearer.Length..].Trim()) is { } key
            ? AuthenticateResult.Success(new(People.Of(key.Name, key.Role, Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("no such key"));
    }

    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        await Serving.Problems.WriteAsync(Context, System.Net.HttpStatusCode.Unauthorized, "CH0551", "Give a key that is not revoked, as Authorization: Bearer KEY; an administrator makes one with: chancery account key NAME").ConfigureAwait(false);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => People.ForbidAsync(Context);
}

/// <summary>Those who ask, as the server knows them.</summary>
internal static class People
{
    public static ClaimsPrincipal Of(string name, Role role, string scheme) =>
        new(new ClaimsIdentity([new(ClaimTypes.Name, name), .. Enum.GetValues<Role>().Where(r => r <= role).Select(r => new Claim(ClaimTypes.Role, r.ToString()))], scheme));

    public static Task ForbidAsync(Microsoft.AspNetCore.Http.HttpContext context) => Serving.Problems.WriteAsync(
        context, System.Net.HttpStatusCode.Forbidden, "CH0552", "Your role does not allow this; readers look, analysts add and correct, administrators manage accounts.");
}
