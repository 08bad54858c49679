using System.Net;
using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Reading;
using Chancery.Records;
using Chancery.TestSupport;
using Chancery.Web.Security;
using Chancery.Web.Serving;
using Chancery.Web.Tests;
using Chancery.Web.Tests.Client;
using Record = Chancery.Records.Record;
using Microsoft.AspNetCore.Builder;
using Xunit;

[assembly: AssemblyFixture(typeof(SampleServer))]

namespace Chancery.Web.Tests;

/// <summary>Real servers on this machine's own address, over archives in folders of their own. One is over the samples, and no test changes it.</summary>
public sealed class SampleServer : IAsyncLifetime
{
    private Running _samples = null!;

    /// <summary>What reading needs.</summary>
    public static ReadingParts Parts { get; } = new(
        new Lazy<ILanguageModel>(() => LanguageModel.Load(null, new() { Threads = 2 })), new Lazy<PairScorer>(() => EventModel.Load(null)), new Lazy<WorldLexicon>(WorldLexicon.Load));

    private static readonly Lazy<IReadOnlyList<Record>> Read = new(() => [.. Directory.EnumerateFiles(Repository.File("samples"), "*.txt").Order(StringComparer.Ordinal)
        .Select(f => Parts!.Read(Formats.Intake.DocumentReader.Read(f).Single().Document!, CancellationToken.None))]);

    /// <summary>The samples as they were read.</summary>
    public static IReadOnlyList<Record> Records => Read.Value;

    /// <summary>Asks the server over the samples.</summary>
    public HttpClient Http => _samples.Http;

    /// <summary>Asks it by the client that its description makes.</summary>
    public ChanceryClient Client => new(_samples.Http);

    /// <summary>The archive of the samples.</summary>
    public Archive.Archive Archive => _samples.Archive;

    public async ValueTask InitializeAsync() => _samples = await StartAsync();

    public ValueTask DisposeAsync() => _samples.DisposeAsync();

    /// <summary>Starts another server over an archive of its own that holds the samples.</summary>
    /// <param name="options">For whom; the port is chosen anew.</param>
    /// <param name="configure">Changes its services.</param>
    /// <param name="clock">What time it is.</param>
    /// <param name="records">What is in it, if not the samples.</param>
    /// <param name="lexicon">Another lexicon.</param>
    /// <param name="at">Where its archive lies, if not in a folder of its own.</param>
    public static async Task<Running> StartAsync(ServeOptions? options = null, Action<WebApplicationBuilder>? configure = null, TimeProvider? clock = null, IReadOnlyList<Record>? records = null, WorldLexicon? lexicon = null, string? at = null)
    {
        var folder = Directory.CreateTempSubdirectory("chancery-").FullName;
        var archive = Chancery.Archive.Archive.Open(at ?? Path.Combine(folder, "archive.db"), lexicon ?? Parts.Lexicon.Value);
        foreach (var record in records ?? Records)
            archive.Add(new(record.Document, record));
        archive.Merge(cancellationToken: TestContext.Current.CancellationToken);
        var accounts = Accounts.Of(archive);
        var server = ChanceryServer.Create(archive, Parts, (options ?? new()) with { Listen = new(IPAddress.Loopback, 0) }, accounts, clock, configure);
        await server.StartAsync(TestContext.Current.CancellationToken);
        return new(folder, archive, accounts, server);
    }
}

/// <summary>A server that is listening.</summary>
public sealed class Running(string folder, Archive.Archive archive, Accounts accounts, WebApplication server) : IAsyncDisposable
{
    /// <summary>Its archive.</summary>
    public Archive.Archive Archive => archive;

    /// <summary>Who may ask it.</summary>
    public Accounts Accounts => accounts;

    /// <summary>Its services, as it has them.</summary>
    public IServiceProvider Services => server.Services;

    /// <summary>Where it listens.</summary>
    public Uri Address { get; } = new(server.Urls.Single());

    /// <summary>Asks it; keeps no cookies and follows nothing.</summary>
    public HttpClient Http { get; } = Ask(new Uri(server.Urls.Single()));

    /// <summary>Asks it by the client that its description makes.</summary>
    public ChanceryClient Client => new(Http);

    /// <summary>Somebody else who asks it.</summary>
    /// <param name="key">His key, if he has one.</param>
    public HttpClient Asker(string? key = null)
    {
        var http = Ask(Address);
        if (key is not null)
            http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await server.StopAsync(TestContext.Current.CancellationToken);
        await server.DisposeAsync();
        archive.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static HttpClient Ask(Uri address) => new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false, UseProxy = false }) { BaseAddress = address, Timeout = TimeSpan.FromMinutes(1) };
}
