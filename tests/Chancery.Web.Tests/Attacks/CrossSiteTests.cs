using System.Net;
using System.Text;
using Chancery.Web.Serving;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>What another site makes a browser send changes nothing and is told nothing.</summary>
public class CrossSiteTests(SampleServer samples)
{
    /// <summary>What browsers say of requests that another site makes them send.</summary>
    public static TheoryData<string, string> Signs => new()
    {
        { "Origin", "https://evil.example" }, { "Origin", "null" }, { "Origin", "http://127.0.0.1:1" }, { "Origin", "http://localhost.evil.example" }, { "Sec-Fetch-Site", "cross-site" }, { "Sec-Fetch-Site", "same-site" },
    };

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(Signs))]
    public async Task No_change_is_made_for_another_site(string header, string value)
    {
        await using var server = await SampleServer.StartAsync(records: [SampleServer.Records[0]]);
        var before = server.Archive.Revision();
        var changes = Endpoints.Of(server).Where(e => e.Method != "GET").ToList();
        Assert.True(changes.Count >= 6);
        foreach (var (method, path) in changes)
        {
            using var request = new HttpRequestMessage(new(method), Endpoints.Fill(path, p => p == "entry" ? "e1" : "x") + (path.EndsWith("identities", StringComparison.Ordinal) ? "?of=FRA" : ""));
            request.Headers.TryAddWithoutValidation(header, value);
            request.Content = new StringContent("""{"text": "Words", "action": "confirm", "sameAs": "DEU"}""", Encoding.UTF8, "application/json");
            using var answer = await server.Http.SendAsync(request, Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {(int)answer.StatusCode}");
        }
        Assert.Equal(before, server.Archive.Revision());
    }

    [Fact]
    public async Task Nothing_is_answered_under_a_name_that_is_not_ours()
    {
        foreach (var name in new[] { "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "169.254.169.254", "[::2]", "0.0.0.0" })
        {
            foreach (var path in new[] { "/", "/timeline", "/api/v1/info", "/api/v1/openapi.json", "/health", "/mcp", "/assets/chancery.css" })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = name } };
                using var answer = await samples.Http.SendAsync(request, Stop);
                Assert.True(answer.StatusCode == HttpStatusCode.MisdirectedRequest, $"{name}{path}: {(int)answer.StatusCode}");
            }
        }
        using var known = new HttpRequestMessage(HttpMethod.Get, "/health") { Headers = { Host = "LOCALHOST:99" } };
        using var right = await samples.Http.SendAsync(known, Stop);
        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
    }

    [Fact]
    public async Task Other_sites_may_not_read_answers()
    {
        foreach (var (method, path) in new[] { ("GET", "/api/v1/info"), ("OPTIONS", "/api/v1/documents"), ("GET", "/"), ("OPTIONS", "/mcp") })
        {
            using var request = new HttpRequestMessage(new(method), path);
            request.Headers.Add("Origin", "https://evil.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            using var answer = await samples.Http.SendAsync(request, Stop);
            Assert.DoesNotContain(answer.Headers, h => h.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase));
            Assert.Equal("same-origin", string.Join(' ', answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        }
    }

    [Fact]
    public async Task No_form_is_taken_without_its_token()
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: [SampleServer.Records[0]]);
        var person = await Person.SignedInAsync(server, "ann", Security.Role.Admin);
        var before = (server.Archive.Revision(), server.Accounts.Keys.Count);
        var forms = Endpoints.Of(server).Where(e => e.Method == "POST" && !e.Path.StartsWith("/api/", StringComparison.Ordinal) && e.Path is not ("/mcp" or "/sign-out")).ToList();
        Assert.NotEmpty(forms);
        foreach (var (_, path) in forms)
        {
            using var answer = await person.Http.PostAsync(new Uri(Endpoints.Fill(path, _ => "x"), UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string> { ["name"] = "thief", ["role"] = "Admin", ["password"] = "does not matter", ["text"] = "Words", ["url"] = "", ["action"] = "reject", ["confirm"] = "yes" }), Stop);
            Assert.True(answer.StatusCode is HttpStatusCode.BadRequest or HttpStatusCode.UnsupportedMediaType or HttpStatusCode.NotFound, $"{path}: {(int)answer.StatusCode}");
        }
        Assert.Equal(before, (server.Archive.Revision(), server.Accounts.Keys.Count));
    }

    [Fact]
    public async Task Forms_of_other_sites_that_need_no_leave_cannot_carry_JSON()
    {
        using var plain = await samples.Http.PostAsync(new Uri("/api/v1/documents", UriKind.Relative), new StringContent("""{"text": "Words"}""", Encoding.UTF8, "text/plain"), Stop);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, plain.StatusCode);
    }

    [Fact]
    public async Task A_server_that_trusts_this_machine_answers_no_proxy()
    {
        foreach (var header in new[] { "X-Forwarded-For", "Forwarded" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/info");
            request.Headers.TryAddWithoutValidation(header, "for=192.0.2.7");
            using var answer = await samples.Http.SendAsync(request, Stop);
            await ApiTests.IsProblemAsync(answer, 403, "CH0553", "--accounts");
        }
    }

    [Fact]
    public async Task Cookies_are_for_this_site_and_no_script()
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: []);
        var person = await Person.SignedInAsync(server, "ann", Security.Role.Reader);
        Assert.Equal(2, person.Cookies.Count);
        Assert.All(person.Cookies, c => Assert.True(c.Contains("httponly", StringComparison.OrdinalIgnoreCase) && c.Contains("samesite=strict", StringComparison.OrdinalIgnoreCase), c));
    }
}
