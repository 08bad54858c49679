using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Chancery.Formats.Intake;
using Chancery.Language;
using Chancery.Lexicon;
using Chancery.Models;
using Chancery.Reading;
using Chancery.Web;
using Chancery.Web.Serving;
using Chancery.Web.Tests.Fuzzing;
using Microsoft.Extensions.DependencyInjection;

namespace Chancery.Bench;

/// <summary>Asks every operation of the API's description with what fits it and what does not, and counts what comes of it.</summary>
internal static class Fuzz
{
    private const int AtOnce = 4;

    /// <param name="folder">Of reports that are read first, so that there is something to ask for.</param>
    /// <param name="rest">How many requests, and where chance begins.</param>
    public static async Task<int> RunAsync(string folder, string[] rest)
    {
        var count = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20_000;
        var seed = rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 1;
        var home = Directory.CreateTempSubdirectory("chancery-").FullName;
        var parts = new ReadingParts(new Lazy<ILanguageModel>(() => LanguageModel.Load(null, new() { Threads = 2 })), new Lazy<PairScorer>(() => EventModel.Load(null)), new Lazy<WorldLexicon>(WorldLexicon.Load));
        using var archive = Archive.Archive.Open(Path.Combine(home, "archive.db"), parts.Lexicon.Value);
        foreach (var file in Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal))
        {
            var record = parts.Read(DocumentReader.Read(file).Single().Document!, CancellationToken.None);
            archive.Add(new(record.Document, record));
        }
        archive.Merge();
        // Addresses are made up; none of them is asked for.
        var nowhere = new FetchOptions { Tries = 1, Resolve = (_, _) => throw new SocketException((int)SocketError.HostNotFound), Connect = (_, _) => throw new SocketException((int)SocketError.HostUnreachable) };
        await using var server = ChanceryServer.Create(archive, parts, new() { Listen = new(IPAddress.Loopback, 0), RequestsPerMinute = 10_000_000 }, configure: b => b.Services.AddSingleton(nowhere));
        await server.StartAsync().ConfigureAwait(false);
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new(server.Urls.Single()) };
        var description = JsonDocument.Parse(await http.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative)).ConfigureAwait(false)).RootElement;
        var known = await ApiFuzz.Known.OfAsync(http, default).ConfigureAwait(false);
        var watch = Stopwatch.StartNew();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => Task.Run(() => new ApiFuzz(http, description, known).RunAsync(seed + i, count / AtOnce, default)))).ConfigureAwait(false);
        var statuses = outcomes.SelectMany(o => o.Answers).SelectMany(a => a.Value.Select(s => (Operation: a.Key, Status: s.Key, Count: s.Value))).ToList();
        Console.WriteLine("| operation | asked | answers by status |\n|---|---|---|");
        foreach (var operation in statuses.GroupBy(s => s.Operation).OrderBy(g => g.Key, StringComparer.Ordinal))
            Console.WriteLine($"| {operation.Key} | {operation.Sum(s => s.Count)} | {Sums(operation)} |");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{statuses.Sum(s => s.Count):N0} requests in {watch.Elapsed.TotalSeconds:N0} s, seed {seed}: {Sums(statuses)}"));
        var faults = outcomes.SelectMany(o => o.Faults).ToList();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{statuses.Where(s => s.Status >= 500).Sum(s => s.Count)} failures of the server, {faults.Count} answers not as described"));
        foreach (var fault in faults.Take(50))
            Console.WriteLine(fault);
        var damage = archive.Check();
        Console.WriteLine(damage.Count == 0 ? "the archive is sound" : string.Join('\n', damage));
        await server.StopAsync().ConfigureAwait(false);
        return faults.Count + damage.Count == 0 ? 0 : 1;
    }

    private static string Sums(IEnumerable<(string Operation, int Status, int Count)> statuses) =>
        string.Join(", ", statuses.GroupBy(s => s.Status).OrderBy(g => g.Key).Select(g => string.Create(CultureInfo.InvariantCulture, $"{g.Key}: {g.Sum(s => s.Count):N0}")));
}
