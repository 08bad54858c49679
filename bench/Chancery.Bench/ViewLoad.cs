using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Chancery.Archive;
using Chancery.Lexicon;
using Chancery.Records;

namespace Chancery.Bench;

/// <summary>How long first pages of views take with many who ask at once, each one question after another, while others add.</summary>
internal static class ViewLoad
{
    /// <param name="path">Of the archive.</param>
    /// <param name="rest">Readers (20), writers (2), seconds (60).</param>
    public static int Run(string path, string[] rest)
    {
        int Of(int at, int otherwise) => rest.Length > at ? int.Parse(rest[at], CultureInfo.InvariantCulture) : otherwise;
        var (readers, writers, time) = (Of(0, 20), Of(1, 2), TimeSpan.FromSeconds(Of(2, 60)));
        using var archive = Archive.Archive.Open(path, WorldLexicon.Load(), create: false);
        var info = archive.Info();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{info.Documents:N0} documents, {info.Events:N0} events read, {info.MergedEvents:N0} of them different, {info.Bytes / 1e9:F2} GB\n"));
        var questions = ViewQuestions.Of(archive);
        foreach (var question in questions)
            question.Put(archive, 0);
        // What is added are records that are there already, as of other documents.
        var records = archive.Documents(new() { Limit = 200 }).Select(d => archive.Find(d.Key)?.Record).OfType<Record>().ToList();
        var taken = new ConcurrentDictionary<string, ConcurrentBag<double>>(StringComparer.Ordinal);
        var (added, gone, watch) = (0, 0, Stopwatch.StartNew());
        var threads = Enumerable.Range(0, readers).Select(reader => new Thread(() =>
        {
            var random = new Random(reader);
            while (watch.Elapsed < time)
            {
                var question = questions[random.Next(questions.Count)];
                var began = Stopwatch.GetTimestamp();
                try
                {
                    question.Put(archive, random.Next(40));
                }
                catch (ArchiveException e) when (e.Code == "CH0420")
                {
                    // Who is added meanwhile may turn out to be the one who was asked for, and bring him another key.
                    Interlocked.Increment(ref gone);
                    continue;
                }
                taken.GetOrAdd(question.Name, _ => []).Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        })).Concat(Enumerable.Range(0, writers).Select(writer => new Thread(() =>
        {
            for (var n = 0; watch.Elapsed < time; n++)
            {
                var record = records[(n + (writer * 7)) % records.Count];
                archive.Add(new(record.Document, record), string.Create(CultureInfo.InvariantCulture, $"load-{Environment.ProcessId}-{writer}-{n}"));
                Interlocked.Increment(ref added);
                if (n % 20 == 19)
                    archive.Merge();
            }
        }))).ToList();
        threads.ForEach(t => t.Start());
        threads.ForEach(t => t.Join());
        Console.WriteLine("| view | asked | median ms | 95th percentile |\n|---|---|---|---|");
        foreach (var question in questions.Where(q => taken.ContainsKey(q.Name)))
            Print(question.Name, [.. taken[question.Name]]);
        Print("all", [.. taken.Values.SelectMany(t => t)]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"\n{readers} readers, {writers} writers: {taken.Values.Sum(t => t.Count) / time.TotalSeconds:N0} pages and {added / time.TotalSeconds:N1} documents a second; {gone} times somebody asked for had become one with another"));
        return 0;
    }

    private static void Print(string name, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {times.Count} | {times[times.Count / 2]:F1} | {times[times.Count * 95 / 100]:F1} |"));
    }
}
