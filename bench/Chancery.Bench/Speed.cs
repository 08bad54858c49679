using System.Diagnostics;
using System.Globalization;
using Chancery.Models;

namespace Chancery.Bench;

/// <summary>Raw text to full annotation over the texts of a folder, on so many threads.</summary>
internal static class Speed
{
    public static int Run(string folder, string[] rest)
    {
        var threads = rest is [var n, ..] ? int.Parse(n, CultureInfo.InvariantCulture) : 1;
        var texts = Directory.EnumerateFiles(folder, "*.txt").Order(StringComparer.Ordinal).Select(File.ReadAllText).ToList();
        using var model = LanguageModel.Load();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
        Parallel.ForEach(texts.Take(20), options, text => model.Annotate(text));   // what is compiled at first use is not what we measure
        for (var round = 0; round < 3; round++)
        {
            var words = 0;
            var watch = Stopwatch.StartNew();
            Parallel.ForEach(texts, options, text => Interlocked.Add(ref words, model.Annotate(text).Sentences.Sum(s => s.Words.Count)));
            Console.WriteLine($"{threads} threads: {words} words in {watch.Elapsed.TotalSeconds:F2} s, {words / watch.Elapsed.TotalSeconds:F0} words a second");
        }
        Console.WriteLine($"peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB");
        return 0;
    }
}
