using System.Net;
using Chancery.Cli;
using Chancery.Tests.Servers;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Xunit;

namespace Chancery.Web.Tests.Attacks;

/// <summary>Accounts and keys, of an archive that is a file and of one in PostgreSQL.</summary>
public sealed class AccountTests : IDisposable
{
    private static int _made;

    private readonly string _folder = Directory.CreateTempSubdirectory("chancery-accounts-").FullName;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<bool> Places => [false, true];

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory, MemberData(nameof(Places))]
    public void What_one_writes_down_another_sees_at_once(bool onServer)
    {
        var place = Place(onServer);
        using var first = Open(place);
        using var second = Open(place);
        var (one, other) = (Accounts.Of(first), Accounts.Of(second));
        Assert.Empty(other.All);

        one.Set("ann", Role.Analyst, Person.Password);
        Assert.Equal(("ann", Role.Analyst), (other.SignIn("ann", Person.Password)?.Name, other.All[0].Role));
        Assert.Null(other.SignIn("ann", "a wrong secret word"));
        Assert.Null(other.SignIn("bob", Person.Password));
        other.Set("ann", Role.Reader, "another password now");
        Assert.Null(one.SignIn("ann", Person.Password));
        Assert.Equal(Role.Reader, one.SignIn("ann", "another password now")?.Role);

        var key = one.MakeKey("wire", Role.Reader, DateTimeOffset.UnixEpoch);
        Assert.Equal("wire", other.Find(key)?.Name);
        Assert.True(other.Revoke(other.Keys[0].Id));
        Assert.False(other.Revoke("0000000000"));
        Assert.Null(one.Find(key));
        Assert.True(one.Remove("ann"));
        Assert.False(one.Remove("ann"));
        Assert.Empty(other.All);
    }

    [Fact]
    public void Servers_that_change_them_at_the_same_moment_lose_nothing()
    {
        var place = Place(onServer: true);
        using var first = Open(place);
        using var second = Open(place);
        Parallel.For(0, 20, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Stop }, n => Accounts.Of(n % 2 == 0 ? first : second).MakeKey($"wire {n}", Role.Reader, DateTimeOffset.UnixEpoch));
        Assert.Equal(20, Accounts.Of(first).Keys.Select(k => k.Name).Distinct().Count());
    }

    [Fact]
    public async Task Who_signed_in_at_one_server_is_known_to_another_over_the_same_database()
    {
        var place = Place(onServer: true);
        await using var one = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: [], at: place);
        await using var other = await SampleServer.StartAsync(new ServeOptions { Accounts = true }, records: [], at: place);
        var ann = await Person.SignedInAsync(one, "ann", Role.Reader);
        Assert.Equal(HttpStatusCode.OK, await AskAsync());
        other.Accounts.Remove("ann");
        Assert.Equal(HttpStatusCode.Redirect, await AskAsync());

        async Task<HttpStatusCode> AskAsync()
        {
            using var answer = await ann.Http.GetAsync(new Uri(other.Address, "/diary"), Stop);
            return answer.StatusCode;
        }
    }

    [Fact]
    public void The_database_holds_no_secret_and_a_copy_of_the_archive_no_account()
    {
        var (place, copy) = (Place(onServer: true), Place(onServer: true));
        using var archive = Open(place);
        var accounts = Accounts.Of(archive);
        accounts.Set("ann", Role.Admin, Person.Password);
        var key = accounts.MakeKey("wire", Role.Admin, DateTimeOffset.UnixEpoch);
        var kept = archive.Notes!.Find("accounts");
        Assert.Contains("ann", kept, StringComparison.Ordinal);
        foreach (var secret in new[] { Person.Password, key, key[9..] })
            Assert.DoesNotContain(secret, kept, StringComparison.Ordinal);

        using var other = Open(copy);
        archive.CopyTo(other, cancellationToken: Stop);
        Assert.Empty(Accounts.Of(other).All);
        Assert.Empty(Accounts.Of(other).Keys);
    }

    [Theory, MemberData(nameof(Places))]
    public async Task The_command_makes_them_before_there_is_a_report(bool onServer)
    {
        var place = Place(onServer);
        Assert.Equal(1, await RunAsync("short", "account", "add", "ann", "--archive", place));
        Assert.Equal(0, await RunAsync(Person.Password, "account", "add", "ann", "--role", "admin", "--archive", place));
        using var archive = Open(place);
        Assert.Equal(Role.Admin, Accounts.Of(archive).SignIn("ann", Person.Password)?.Role);
        Assert.Equal(1, await RunAsync("", "account", "remove", "bob", "--archive", place));
        Assert.Equal(0, await RunAsync("", "account", "remove", "ann", "--archive", place));
        Assert.Empty(Accounts.Of(archive).All);
    }

    private static async Task<int> RunAsync(string input, params string[] arguments)
    {
        using var output = new StringWriter();
        return await CommandLine.RunAsync(arguments, new(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(input)), output, output), (_, _) => SampleServer.Parts.Model.Value, cancellationToken: Stop);
    }

    private static Archive.Archive Open(string place) => Archive.Archive.Open(place, SampleServer.Parts.Lexicon.Value);

    private string Place(bool onServer)
    {
        if (!onServer)
            return Path.Combine(_folder, "archive.db");
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Missing);
        var schema = $"accounts{Interlocked.Increment(ref _made)}";
        PostgresServer.Shared!.Sql($"CREATE SCHEMA {schema}");
        return PostgresServer.Shared!.Address(schema: schema);
    }
}
