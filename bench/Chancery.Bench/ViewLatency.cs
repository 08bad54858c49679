using System.Diagnostics;
using System.Globalization;
using Chancery.Lexicon;

namespace Chancery.Bench;

/// <summary>
/// How long the first page of every view takes. Cold: the archive is opened anew for every question, and the system is told to forget the file, so that every page of it
/// is read from the disk. Warm: all questions in turn on one open archive, after one round that is not counted.
/// </summary>
internal static class ViewLatency
{
    /// <param name="path">Of the archive.</param>
    /// <param name="rest">How many rounds, 20 unless told, half of them cold; and words with which the questions begin, where not all are asked.</param>
    public static int Run(string path, string[] rest)
    {
        var rounds = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20;
        var lexicon = WorldLexicon.Load();
        IReadOnlyList<ViewQuestion> questions;
        using (var archive = Archive.Archive.Open(path, lexicon))
        {
            var info = archive.Info();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{info.Documents:N0} documents, {info.Events:N0} events read, {info.MergedEvents:N0} of them different, {info.Bytes / 1e9:F2} GB\n"));
            questions = [.. ViewQuestions.Of(archive).Where(q => rest.Length < 2 || q.Name.StartsWith(rest[1], StringComparison.Ordinal))];
        }

        var cold = questions.ToDictionary(q => q.Name, _ => new List<double>());
        var warm = questions.ToDictionary(q => q.Name, _ => new List<double>());
        for (var round = 0; round < Math.Max(1, rounds / 2); round++)
        {
            foreach (var question in questions)
            {
                Forget(path);
                using var archive = Archive.Archive.Open(path, lexicon);
                cold[question.Name].Add(Time(() => question.Put(archive, round)));
            }
        }
        using (var archive = Archive.Archive.Open(path, lexicon))
        {
            for (var round = -1; round < rounds; round++)
            {
                foreach (var question in questions)
                {
                    var taken = Time(() => question.Put(archive, Math.Max(0, round)));
                    if (round >= 0)
                        warm[question.Name].Add(taken);
                }
            }
        }
        Console.WriteLine("| view | cold: median ms | cold: 95th | warm: median ms | warm: 95th |\n|---|---|---|---|---|");
        foreach (var question in questions)
            Print(question.Name, cold[question.Name], warm[question.Name]);
        Print("all", [.. cold.Values.SelectMany(t => t)], [.. warm.Values.SelectMany(t => t)]);
        return 0;
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
        // Of a server's nothing is forgotten: what it holds is its own.
        if (!OperatingSystem.IsLinux() || !File.Exists(path))
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
