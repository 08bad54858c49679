using System.Diagnostics;
using System.Globalization;
using Chancery.Archive;
using Chancery.Lexicon;

namespace Chancery.Bench;

/// <summary>
/// How long the first page of every view takes as lists show it, with each of its filters. Cold: the archive is opened anew for every question, and the system is told to
/// forget the file. Warm: all questions in turn on one open archive, after one round that is not counted.
/// </summary>
internal static class ViewLatency
{
    private const int PageSize = 50, MostQuotes = 3, Actors = 40;

    private static readonly Lazy<WorldLexicon> Lexicon = new(() => WorldLexicon.Load());

    /// <param name="path">Of the archive.</param>
    /// <param name="rest">How many rounds; 20 unless told.</param>
    public static int Run(string path, string[] rest)
    {
        var rounds = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20;
        IReadOnlyList<string> actors;
        IReadOnlyList<string> documents;
        using (var archive = Archive.Archive.Open(path, Lexicon.Value))
        {
            var info = archive.Info();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{info.Documents:N0} documents, {info.Events:N0} events read, {info.MergedEvents:N0} of them different, {info.Bytes / 1e9:F2} GB\n"));
            actors = [.. archive.Actors(null, Actors).Select(a => a.Key)];
            documents = [.. archive.Documents(new() { Limit = Actors }).Select(d => d.Key)];
        }

        var questions = Questions(actors, documents);
        Console.WriteLine("| view | cold: median ms | cold: 95th | warm: median ms | warm: 95th |\n|---|---|---|---|---|");
        var cold = questions.ToDictionary(q => q.Name, _ => new List<double>());
        var warm = questions.ToDictionary(q => q.Name, _ => new List<double>());
        for (var round = 0; round < Math.Max(1, rounds / 2); round++)
        {
            foreach (var (name, ask) in questions)
            {
                Forget(path);
                using var archive = Archive.Archive.Open(path, Lexicon.Value);
                cold[name].Add(Time(() => ask(archive, round)));
            }
        }
        using (var archive = Archive.Archive.Open(path, Lexicon.Value))
        {
            for (var round = -1; round < rounds; round++)
            {
                foreach (var (name, ask) in questions)
                {
                    var taken = Time(() => ask(archive, Math.Max(0, round)));
                    if (round >= 0)
                        warm[name].Add(taken);
                }
            }
        }
        foreach (var (name, _) in questions)
            Print(name, cold[name], warm[name]);
        Print("all", [.. cold.Values.SelectMany(t => t)], [.. warm.Values.SelectMany(t => t)]);
        return 0;
    }

    internal static List<(string Name, Action<Archive.Archive, int> Ask)> Questions(IReadOnlyList<string> actors, IReadOnlyList<string> documents)
    {
        var questions = new List<(string Name, Action<Archive.Archive, int> Ask)>();
        foreach (var view in Enum.GetValues<ArchiveView>())
        {
            var name = view.ToString().ToLowerInvariant();
            Ask(name, _ => new());
            Ask($"{name} --actor", n => new() { Actor = actors[n % actors.Count] });
            Ask($"{name} --actor --with", n => new() { Actor = actors[n % actors.Count], With = actors[(n + 1) % actors.Count] });
            Ask($"{name} --from --to", n => new() { From = new(2015 + (n % 8), 3, 1), To = new(2015 + (n % 8), 3, 31) });
            Ask($"{name} --publisher", n => new() { Publisher = "Aurora" });
            Ask($"{name} --place", n => new() { Place = "FRA" });
            if (view is ArchiveView.Timeline or ArchiveView.Statements)
                Ask($"{name} --actor --evidence", n => new() { Actor = actors[n % actors.Count] }, MostQuotes);
            if (view is ArchiveView.Timeline)
                Ask($"{name} --type --status", _ => new() { Kinds = ["SANCTION"], Statuses = ["planned"] });
            if (view is ArchiveView.Timeline or ArchiveView.Statements)
                Ask($"{name} --actor --claimed --from", n => new() { Actor = actors[n % actors.Count], Claimed = true, From = new(2018, 1, 1) });

            void Ask(string question, Func<int, ArchiveFilter> filter, int quotes = 0) => questions.Add((question, (archive, n) =>
            {
                try
                {
                    archive.Entries(view, filter(n) with { Limit = PageSize }, quotes);
                }
                catch (ArchiveException e) when (e.Code is "CH0421")
                {
                    // A place or publisher that no entry of this archive has is an answer too.
                }
            }));
        }
        questions.Add(("relations", (a, _) => a.Relations(null, null, PageSize)));
        questions.Add(("relations --actor", (a, n) => a.Relations(actors[n % actors.Count], null, PageSize)));
        questions.Add(("relations --actor --with --months", (a, n) => a.Relations(actors[n % actors.Count], actors[(n + 1) % actors.Count], PageSize, 0, months: true)));
        questions.Add(("actors", (a, _) => a.Actors(null, PageSize)));
        questions.Add(("actors --actor", (a, _) => a.Actors("France", PageSize)));
        questions.Add(("documents", (a, _) => a.Documents(new() { Limit = PageSize })));
        questions.Add(("documents --actor", (a, n) => a.Documents(new() { Actor = actors[n % actors.Count], Limit = PageSize })));
        questions.Add(("a document", (a, n) => a.Find(documents[n % documents.Count])));
        string[] words = ["sanctions", "border talks", "\"foreign minister\"", "troop*", "canal"];
        questions.Add(("search", (a, n) => a.Search(words[n % words.Length], PageSize)));
        return questions;
    }

    private static double Time(Action work)
    {
        var began = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Asks the system to forget what it holds of the file, so that it comes from the disk.</summary>
    private static void Forget(string path)
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (!OperatingSystem.IsLinux())
            return;
        using var dd = Process.Start(new ProcessStartInfo("dd") { ArgumentList = { $"of={path}", "oflag=nocache", "conv=notrunc,fdatasync", "count=0" }, RedirectStandardError = true })!;
        dd.WaitForExit();
    }

    private static void Print(string name, List<double> cold, List<double> warm)
    {
        cold.Sort();
        warm.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {cold[cold.Count / 2]:F1} | {cold[cold.Count * 95 / 100]:F1} | {warm[warm.Count / 2]:F1} | {warm[warm.Count * 95 / 100]:F1} |"));
    }
}
