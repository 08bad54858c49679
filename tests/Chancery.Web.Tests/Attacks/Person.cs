using System.Net;
using System.Text.RegularExpressions;
using Chancery.Web.Security;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Somebody in front of a browser.</summary>
internal sealed partial class Person
{
    public const string Password = "correct horse battery";

    private Person(Uri address) => Http = new(new SocketsHttpHandler { CookieContainer = new(), AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address, DefaultRequestHeaders = { Accept = { new("text/html"), new("*/*", 0.1) } } };

    public HttpClient Http { get; }

    /// <summary>The cookies that were set, as they were sent.</summary>
    public List<string> Cookies { get; } = [];

    public static Person At(Running server) => new(server.Address);

    public static async Task<Person> SignedInAsync(Running server, string name, Role role)
    {
        server.Accounts.Set(name, role, Password);
        var person = new Person(server.Address);
        using var answer = await person.SignInAsync(name, Password);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return person;
    }

    /// <summary>Fills in the form.</summary>
    public async Task<HttpResponseMessage> SignInAsync(string name, string password, string? to = null, string? from = null)
    {
        using var form = await Http.GetAsync(new Uri("/sign-in", UriKind.Relative), TestContext.Current.CancellationToken);
        Cookies.AddRange(form.Headers.TryGetValues("Set-Cookie", out var set) ? set : []);
        var token = Token().Match(await form.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Groups[1].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sign-in")
        {
            Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = name, ["password"] = password, ["to"] = to ?? "/", ["__RequestVerificationToken"] = token }),
        };
        if (from is not null)
            request.Headers.Add("X-Forwarded-For", from);
        var answer = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        Cookies.AddRange(answer.Headers.TryGetValues("Set-Cookie", out set) ? set : []);
        return answer;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
