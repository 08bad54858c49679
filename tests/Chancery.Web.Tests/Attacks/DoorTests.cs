using System.Net;
using System.Net.Http.Json;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Nobody gets further than his role, and guessing gets nobody anywhere.</summary>
public class DoorTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public void A_server_is_for_this_machine_unless_told_otherwise()
    {
        Assert.True(new ServeOptions().IsLocal && IPAddress.IsLoopback(new ServeOptions().Listen.Address));
        Assert.True(new ServeOptions().IsOpen);
        Assert.All(new[] { "0.0.0.0:1", "192.168.1.5:1", "[::]:1", "[2001:db8::1]:1" }, a => Assert.False(new ServeOptions { Listen = IPEndPoint.Parse(a) }.IsOpen));
    }

    [Theory]
    [InlineData("0.0.0.0:0")]
    [InlineData("[::]:0")]
    public async Task Another_address_demands_accounts(string listen)
    {
        var folder = Directory.CreateTempSubdirectory("chancery-").FullName;
        var error = new StringWriter();
        var code = await Cli.CommandLine.RunAsync(["serve", "--archive", Path.Combine(folder, "a.db"), "--listen", listen], new(Stream.Null, TextWriter.Null, error), cancellationToken: Stop);
        Assert.Equal(1, code);
        Assert.StartsWith("CH0511", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("chancery account add", error.ToString(), StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_stranger_sees_nothing()
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: [SampleServer.Records[0]]);
        var (person, program) = (Person.At(server), server.Asker());
        foreach (var (method, path) in Endpoints.Of(server).Where(e => e.Path is not ("/health" or "/sign-in" or "/sign-out") && !e.Path.StartsWith("/assets", StringComparison.Ordinal)))
        {
            var address = Endpoints.Fill(path, p => p == "id" ? "1" : "x");
            using var asPerson = await person.Http.SendAsync(new(new(method), address), Stop);
            Assert.True(asPerson.StatusCode is HttpStatusCode.Redirect && asPerson.Headers.Location!.ToString().Contains("/sign-in?to=", StringComparison.Ordinal) || asPerson.StatusCode is HttpStatusCode.Unauthorized, $"{method} {address}: {(int)asPerson.StatusCode}");
            using var asProgram = await program.SendAsync(new(new(method), address) { Headers = { Authorization = new("Bearer", "chancery_" + new string('0', 64)) } }, Stop);
            await ApiTests.IsProblemAsync(asProgram, 401, "CH0551", "chancery account key");
        }
    }

    [Fact]
    public async Task A_reader_changes_nothing_and_an_analyst_manages_no_accounts()
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: [SampleServer.Records[0]]);
        var reader = server.Asker(server.Accounts.MakeKey("reader", Role.Reader, DateTimeOffset.UnixEpoch));
        var before = server.Archive.Revision();
        foreach (var (method, path) in Endpoints.Of(server).Where(e => e.Method != "GET" && e.Path is not ("/mcp" or "/sign-in" or "/sign-out")))
        {
            using var answer = await reader.SendAsync(new(new(method), Endpoints.Fill(path, _ => "x")) { Content = JsonContent.Create(new { text = "Words" }) }, Stop);
            Assert.True(answer.StatusCode == HttpStatusCode.Forbidden, $"{method} {path}: {(int)answer.StatusCode}");
        }
        Assert.Equal(before, server.Archive.Revision());
        using var look = await reader.GetAsync(new Uri("/api/v1/timeline", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.OK, look.StatusCode);

        var analyst = server.Asker(server.Accounts.MakeKey("analyst", Role.Analyst, DateTimeOffset.UnixEpoch));
        using var accounts = await analyst.GetAsync(new Uri("/accounts", UriKind.Relative), Stop);
        Assert.Equal(HttpStatusCode.Forbidden, accounts.StatusCode);
        using var add = await analyst.PostAsJsonAsync(new Uri("/api/v1/documents", UriKind.Relative), new { text = "Spain recalled its envoy from Lisbon on Friday." }, Stop);
        Assert.Equal(HttpStatusCode.Accepted, add.StatusCode);
    }

    [Fact]
    public async Task Who_corrects_is_who_is_known_and_not_who_is_said()
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true });
        var client = new Client.ChanceryClient(server.Asker(server.Accounts.MakeKey("wire desk", Role.Analyst, DateTimeOffset.UnixEpoch)));
        var quote = (await client.ListTimelineAsync(limit: 1, cancellationToken: Stop)).Entries[0].Evidence[0];
        Assert.Equal("wire desk", (await client.CorrectEntryAsync(quote.Document, quote.Entry!, new("confirm", "somebody else", null, null), Stop)).By);
        Assert.Equal("wire desk", (await client.ListAllCorrectionsAsync(cancellationToken: Stop)).Entries[0].Correction.By);
    }

    [Fact]
    public async Task A_revoked_key_and_a_removed_account_count_at_once()
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: []);
        var program = server.Asker(server.Accounts.MakeKey("wire", Role.Reader, DateTimeOffset.UnixEpoch));
        async Task<HttpStatusCode> AskAsync(HttpClient http)
        {
            using var answer = await http.GetAsync(new Uri("/api/v1/info", UriKind.Relative), Stop);
            return answer.StatusCode;
        }

        Assert.Equal(HttpStatusCode.OK, await AskAsync(program));
        server.Accounts.Revoke(server.Accounts.Keys[0].Id);
        Assert.Equal(HttpStatusCode.Unauthorized, await AskAsync(program));

        var (ann, bob) = (await Person.SignedInAsync(server, "ann", Role.Admin), await Person.SignedInAsync(server, "bob", Role.Reader));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(ann.Http));
        server.Accounts.Set("ann", Role.Admin, "another password now");
        Assert.NotEqual(HttpStatusCode.OK, await AskAsync(ann.Http));
        Assert.Equal(HttpStatusCode.OK, await AskAsync(bob.Http));
        server.Accounts.Remove("bob");
        Assert.NotEqual(HttpStatusCode.OK, await AskAsync(bob.Http));
    }

    [Fact]
    public async Task Guessing_is_slowed_by_place_and_by_name_also_many_at_once()
    {
        var clock = new ManualClock();
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, clock: clock, records: []);
        server.Accounts.Set("ann", Role.Admin, Person.Password);
        server.Accounts.Set("bob", Role.Reader, Person.Password);
        async Task<HttpStatusCode> TryAsync(string name, string password, string from)
        {
            using var answer = await Person.At(server).SignInAsync(name, password, from: from);
            return answer.StatusCode;
        }

        var guesses = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => TryAsync("ann", $"guess number {i}", "198.51.100.1")));
        Assert.Equal(5, guesses.Count(g => g == HttpStatusCode.Unauthorized));
        Assert.Equal(25, guesses.Count(g => g == HttpStatusCode.TooManyRequests));
        // Neither the right password from there, nor another place, nor another name from there helps.
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("ann", Person.Password, "198.51.100.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("ann", "guess", "198.51.100.2"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await TryAsync("bob", "guess", "198.51.100.1"));
        // Others elsewhere are not kept waiting.
        Assert.Equal(HttpStatusCode.Redirect, await TryAsync("bob", Person.Password, "198.51.100.3"));
        // The wait grows: a guess, and a longer wait.
        var hours = TimeSpan.Zero;
        for (var tries = 0; tries < 20; tries++)
        {
            var waited = TimeSpan.Zero;
            while (await TryAsync("ann", "guess", "198.51.100.1") == HttpStatusCode.TooManyRequests)
            {
                clock.Move(TimeSpan.FromSeconds(waited < TimeSpan.FromSeconds(10) ? 1 : 60));
                waited += TimeSpan.FromSeconds(waited < TimeSpan.FromSeconds(10) ? 1 : 60);
            }
            hours += waited;
        }
        Assert.True(hours > TimeSpan.FromHours(2), $"twenty guesses in {hours}");
        clock.Move(TimeSpan.FromMinutes(15));
        Assert.Equal(HttpStatusCode.Redirect, await TryAsync("ann", Person.Password, "198.51.100.1"));
    }

    [Fact]
    public async Task Files_and_logs_hold_no_secret()
    {
        var log = new Kept();
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, b => b.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace), records: []);
        server.Accounts.Set("ann", Role.Admin, Person.Password);
        var key = server.Accounts.MakeKey("wire", Role.Analyst, DateTimeOffset.UnixEpoch);
        using var wrong = await Person.At(server).SignInAsync("ann", "a wrong secret word");
        using var right = await Person.At(server).SignInAsync("ann", Person.Password);
        using var asked = await server.Asker(key).GetAsync(new Uri("/api/v1/info", UriKind.Relative), Stop);
        using var added = await server.Asker(key).PostAsJsonAsync(new Uri("/api/v1/documents", UriKind.Relative), new { text = "Spain recalled its xylophone-envoy from Lisbon." }, Stop);
        Assert.Equal(HttpStatusCode.Accepted, added.StatusCode);
        var file = await File.ReadAllTextAsync(server.Accounts.Path, Stop);
        foreach (var secret in new[] { Person.Password, key, key[9..], "a wrong secret word", "xylophone" })
        {
            Assert.DoesNotContain(secret, file, StringComparison.Ordinal);
            Assert.DoesNotContain(secret, log.All, StringComparison.Ordinal);
        }
        Assert.NotEmpty(log.All);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(server.Accounts.Path));
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("//evil.example")]
    [InlineData("/\\evil.example")]
    [InlineData("\\\\evil.example")]
    [InlineData("/ok\r\nSet-Cookie: a=b")]
    [InlineData("javascript:alert(1)")]
    public async Task Signing_in_leads_nowhere_else(string to)
    {
        await using var server = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: []);
        server.Accounts.Set("ann", Role.Reader, Person.Password);
        using var answer = await Person.At(server).SignInAsync("ann", Person.Password, to);
        Assert.Equal("/", answer.Headers.Location!.ToString());
    }

    [Theory]
    [InlineData("ann", "short")]
    [InlineData("ann", "I am ann and know it")]
    [InlineData("", "correct horse battery")]
    [InlineData("ann\n", "correct horse battery")]
    [InlineData("<script>", "correct horse battery")]
    public void Names_and_passwords_that_invite_trouble_are_refused(string name, string password)
    {
        var accounts = new Accounts(Path.Combine(Path.GetTempPath(), "chancery-never-written.json"));
        Assert.Throws<ArgumentException>(() => accounts.Set(name, Role.Reader, password));
        Assert.False(File.Exists(accounts.Path));
    }

    private sealed class Kept : ILoggerProvider, ILogger
    {
        private readonly System.Text.StringBuilder _all = new();

        public string All
        {
            get
            {
                lock (_all)
                    return _all.ToString();
            }
        }

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lock (_all)
                _all.AppendLine(formatter(state, exception)).AppendLine(exception?.ToString());
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
