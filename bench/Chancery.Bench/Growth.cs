using System.Diagnostics;
using System.Globalization;
using System.Text;
using Chancery.Archive;
using Chancery.Formats.Json;
using Chancery.Lexicon;

namespace Chancery.Bench;

/// <summary>
/// What it costs to keep documents, beyond reading them: records that were read before are added one by one and then merged, and every so many documents it is told
/// how long one took, so that what grows faster than the archive is seen.
/// </summary>
internal static class Growth
{
    private const int Steps = 10;

    /// <param name="archive">A file, made where it is missing; what is there already is passed over.</param>
    /// <param name="records">Records with their texts, a line each.</param>
    /// <param name="rest">After how many documents to merge; 0, the default, for once at the end as <c>chancery add</c> does.</param>
    public static int Run(string archive, string records, string[] rest)
    {
        var between = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 0;
        var step = Math.Max(1, File.ReadLines(records).Count() / Steps);
        using var open = Archive.Archive.Open(archive, WorldLexicon.Load());
        var (adding, merging, unmerged) = (new Slice("documents"), new Slice("groups"), 0);
        Console.WriteLine("| what | from | to | seconds | each, ms | of it processor, ms | file, MB |\n|---|---|---|---|---|---|---|");
        foreach (var line in File.ReadLines(records))
        {
            var record = RecordJsonReader.Read(Encoding.UTF8.GetBytes(line));
            adding.Time(() => { open.Add(new(record.Document, record)); return 1; });
            if (between > 0 && ++unmerged == between)
            {
                unmerged = 0;
                Merge(open, merging, Math.Max(1, step / between), ended: false);
            }
            if (adding.Count == step)
                adding.Tell(open);
        }
        adding.Tell(open);
        Merge(open, merging, between > 0 ? 1 : Steps, ended: true);
        return 0;
    }

    private static void Merge(Archive.Archive open, Slice merging, int parts, bool ended)
    {
        var step = Math.Max(1, open.Waiting / parts);
        var (watch, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        open.Merge(merged =>
        {
            merging.Add(merged, Stopwatch.GetElapsedTime(watch), Environment.CpuUsage.TotalTime - before);
            if (ended && merging.Count >= step)
                merging.Tell(open);
            (watch, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        });
        if (ended || merging.Calls >= parts)
            merging.Tell(open);
    }

    private sealed class Slice(string what)
    {
        private TimeSpan _taken, _worked;
        private long _from;

        public long Count { get; private set; }

        public int Calls { get; private set; }

        public void Time(Func<int> work)
        {
            var (began, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            Add(work(), Stopwatch.GetElapsedTime(began), Environment.CpuUsage.TotalTime - before);
        }

        public void Add(int number, TimeSpan taken, TimeSpan worked) => (Count, _taken, _worked, Calls) = (Count + number, _taken + taken, _worked + worked, Calls + 1);

        public void Tell(Archive.Archive archive)
        {
            if (Count == 0)
                return;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {_from:N0} | {_from + Count:N0} | {_taken.TotalSeconds:F1} | {_taken.TotalMilliseconds / Count:F3} | {_worked.TotalMilliseconds / Count:F3} | {(File.Exists(archive.Path) ? new FileInfo(archive.Path).Length : archive.Info().Bytes) / 1e6:F0} |"));
            (_from, Count, _taken, _worked, Calls) = (_from + Count, 0, TimeSpan.Zero, TimeSpan.Zero, 0);
        }
    }
}
