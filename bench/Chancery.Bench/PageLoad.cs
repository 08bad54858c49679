using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Chancery.Bench;

/// <summary>How long pages take to begin, with many people reading at once. Every reader asks one page after another, without a pause.</summary>
internal static class PageLoad
{
    private static readonly string[] Screens =
    [
        "/", "/timeline", "/timeline?actor={actor}", "/timeline?actor={actor}&from={year}", "/statements", "/statements?actor={actor}", "/diary", "/diary?actor={actor}", "/measures", "/measures?actor={actor}",
        "/positions?actor={actor}", "/disputes", "/actors", "/actor?of={actor}", "/relation?of={actor}&with={other}", "/network?from={year}&to={year}", "/map?from={year}&to={year}", "/documents", "/documents/{document}",
        "/search?q={word}", "/diary/month?of={year}-03", "/positions/matrix",
    ];

    private static readonly string[] Words = ["sanctions", "treaty", "border", "talks", "minister"];

    /// <param name="address">Of a running server.</param>
    /// <param name="rest">How many readers, and for how many seconds.</param>
    public static async Task<int> RunAsync(string address, string[] rest)
    {
        var readers = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20;
        var time = TimeSpan.FromSeconds(rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 60);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = readers, AllowAutoRedirect = false }) { BaseAddress = new(address), Timeout = TimeSpan.FromMinutes(1) };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        var (actors, documents) = (await FieldsAsync(http, "/actors.json", "key").ConfigureAwait(false), await FieldsAsync(http, "/documents.json", "key").ConfigureAwait(false));
        var taken = new ConcurrentDictionary<string, ConcurrentBag<double>>(StringComparer.Ordinal);
        var wrong = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, readers).Select(async reader =>
        {
            var random = new Random(reader);
            while (watch.Elapsed < time)
            {
                var screen = Screens[random.Next(Screens.Length)];
                var page = screen.Replace("{actor}", Uri.EscapeDataString(actors[random.Next(actors.Count)]), StringComparison.Ordinal).Replace("{other}", Uri.EscapeDataString(actors[random.Next(actors.Count)]), StringComparison.Ordinal)
                    .Replace("{document}", Uri.EscapeDataString(documents[random.Next(documents.Count)]), StringComparison.Ordinal).Replace("{year}", random.Next(2014, 2024).ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
                    .Replace("{word}", Words[random.Next(Words.Length)], StringComparison.Ordinal);
                var began = Stopwatch.GetTimestamp();
                using var answer = await http.GetAsync(new Uri(page, UriKind.Relative), HttpCompletionOption.ResponseHeadersRead).ConfigureAwait(false);
                var first = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
                await answer.Content.CopyToAsync(Stream.Null).ConfigureAwait(false);
                if (answer.IsSuccessStatusCode)
                    taken.GetOrAdd(screen, _ => []).Add(first);
                else
                    wrong.AddOrUpdate($"{screen} {(int)answer.StatusCode}", 1, (_, n) => n + 1);
            }
        })).ConfigureAwait(false);
        Console.WriteLine("| page | asked | first byte, median ms | 95th percentile |\n|---|---|---|---|");
        foreach (var screen in Screens.Where(taken.ContainsKey))
            Print(screen, [.. taken[screen]]);
        Print("all", [.. taken.Values.SelectMany(t => t)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{readers} readers, {taken.Values.Sum(t => t.Count) / time.TotalSeconds:N0} pages a second"));
        foreach (var (what, count) in wrong.OrderBy(w => w.Key, StringComparer.Ordinal))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"failed: {what}: {count}"));
        return wrong.IsEmpty ? 0 : 1;
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Count} | {times[times.Count / 2]:F0} | {times[times.Count * 95 / 100]:F0} |"));
    }

    private static async Task<List<string>> FieldsAsync(HttpClient http, string address, string field)
    {
        using var json = await JsonDocument.ParseAsync(await http.GetStreamAsync(new Uri(address, UriKind.Relative)).ConfigureAwait(false)).ConfigureAwait(false);
        var list = json.RootElement.ValueKind == JsonValueKind.Array ? json.RootElement : json.RootElement.EnumerateObject().First(p => p.Value.ValueKind == JsonValueKind.Array).Value;
        return [.. list.EnumerateArray().Take(200).Select(e => e.GetProperty(field).GetString()!)];
    }
}
