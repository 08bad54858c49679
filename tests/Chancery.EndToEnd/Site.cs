using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Reading;
using Chancery.Records;
using Chancery.TestSupport;
using Chancery.Web;
using Chancery.Web.Serving;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace Chancery.EndToEnd;

/// <summary>A server over an archive of the samples, and one over an empty archive.</summary>
public sealed class Site : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chancery-").FullName;
    private readonly List<IDisposable> _open = [];
    private readonly List<WebApplication> _servers = [];

    public static ReadingParts Parts { get; } = new(
        new Lazy<ILanguageModel>(() => LanguageModel.Load(null, new() { Threads = 2 })), new Lazy<PairScorer>(() => EventModel.Load(null)), new Lazy<WorldLexicon>(WorldLexicon.Load));

    /// <summary>Where the samples are.</summary>
    public string Full { get; private set; } = "";

    /// <summary>Where nothing is.</summary>
    public string Empty { get; private set; } = "";

    /// <summary>Where nothing is until a test adds it.</summary>
    public string Fresh { get; private set; } = "";

    /// <summary>The key of the sample of that name.</summary>
    public string KeyOf(string sample) => Samples.Documents(new() { Limit = 100 }).First(d => d.Key.StartsWith(sample, StringComparison.Ordinal)).Key;

    /// <summary>The archive of the samples.</summary>
    public Archive.Archive Samples { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Samples = Open("full.db");
        foreach (var file in Directory.EnumerateFiles(Repository.File("samples"), "*.txt").Order(StringComparer.Ordinal))
        {
            var (document, _) = Formats.Intake.DocumentReader.Read(file).Single();
            var record = Parts.Read(document!, TestContext.Current.CancellationToken);
            Samples.Add(new(record.Document, record));
        }
        Samples.Merge();
        Full = await StartAsync(Samples).ConfigureAwait(false);
        Empty = await StartAsync(Open("empty.db")).ConfigureAwait(false);
        Fresh = await StartAsync(Open("fresh.db")).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers)
            await server.DisposeAsync().ConfigureAwait(false);
        _open.ForEach(o => o.Dispose());
        Directory.Delete(_folder, recursive: true);
    }

    private Archive.Archive Open(string name)
    {
        var archive = Archive.Archive.Open(Path.Combine(_folder, name), Parts.Lexicon.Value);
        _open.Add(archive);
        return archive;
    }

    private async Task<string> StartAsync(Archive.Archive archive)
    {
        var server = ChanceryServer.Create(archive, Parts, new ServeOptions { Listen = new(System.Net.IPAddress.Loopback, 0) });
        await server.StartAsync(TestContext.Current.CancellationToken).ConfigureAwait(false);
        _servers.Add(server);
        return server.Urls.Single();
    }
}
