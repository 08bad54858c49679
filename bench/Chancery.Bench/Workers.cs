using System.Diagnostics;
using System.Globalization;
using Chancery.Tests.Servers;

namespace Chancery.Bench;

/// <summary>Workers with a real queue and a real database, against the command alone on the same documents.</summary>
internal static class Workers
{
    public static int Faults(string chancery, string documents, string[] rest)
    {
        var folder = Directory.CreateTempSubdirectory("chancery-faults-").FullName;
        using var run = new FaultRun(chancery, rest.Length > 2 ? rest[2] : chancery, documents, folder, Console.WriteLine) { Patience = TimeSpan.FromMinutes(20) };
        var wrong = run.Run(rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 50, rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 3);
        Console.WriteLine("\n| fault | times |\n|---|---|");
        foreach (var (kind, times) in run.Faults.OrderBy(f => f.Key, StringComparer.Ordinal))
            Console.WriteLine($"| {kind} | {times} |");
        foreach (var line in wrong)
            Console.WriteLine($"wrong: {line}");
        Console.WriteLine(wrong.Count == 0 ? "None lost, none doubled." : $"Not as it should be; see {folder}");
        if (wrong.Count == 0)
            Directory.Delete(folder, recursive: true);
        return wrong.Count == 0 ? 0 : 1;
    }

    public static int Throughput(string chancery, string documents, string[] rest)
    {
        var numbers = rest.Length > 0 ? rest.Select(n => int.Parse(n, CultureInfo.InvariantCulture)).ToList() : [1, 2, 4];
        var folder = Directory.CreateTempSubdirectory("chancery-workers-").FullName;
        using var postgres = PostgresServer.Start(synced: true) ?? throw new InvalidOperationException(PostgresServer.Missing);
        using var nats = NatsServer.Start() ?? throw new InvalidOperationException(NatsServer.Missing);
        var count = File.ReadLines(documents).Count();
        Console.WriteLine("| | seconds | documents a second | ratio | seconds of a core a document |\n|---|---|---|---|---|");
        var alone = Line("the command, 1 thread, a file", Time(1, "add", documents, "--archive", Path.Combine(folder, "alone.db"), "--threads", "1"), null);
        Line("the command, 1 thread, PostgreSQL", Time(1, "add", documents, "--archive", Schema("alone"), "--threads", "1"), alone);
        Line("the command, 2 threads, a file", Time(1, "add", documents, "--archive", Path.Combine(folder, "two.db"), "--threads", "2"), alone);
        foreach (var number in numbers)
        {
            Time(1, "enqueue", documents, "--queue", nats.Address);
            Line(string.Create(CultureInfo.InvariantCulture, $"{number} workers of 1 thread"), Time(number, "worker", "--queue", nats.Address, "--archive", Schema($"w{number}"), "--threads", "1", "--until-empty"), alone);
            Time(1, "archive", "compare", Path.Combine(folder, "alone.db"), Schema($"w{number}"));
            // The server remembers what it had.
            nats.Kill();
            Directory.Delete(nats.Store, recursive: true);
            Directory.CreateDirectory(nats.Store);
            nats.Up();
        }
        return 0;

        string Schema(string name)
        {
            postgres.Sql($"CREATE SCHEMA IF NOT EXISTS {name}");
            return postgres.Address(schema: name);
        }

        double Line(string what, (double Seconds, double Busy) took, double? than)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {took.Seconds:F0} | {count / took.Seconds:F1} | {(than ?? took.Seconds) / took.Seconds:F2} | {took.Busy / count:F3} |"));
            return took.Seconds;
        }

        (double, double) Time(int processes, params string[] arguments)
        {
            var watch = Stopwatch.StartNew();
            var busy = 0.0;
            var all = Enumerable.Range(0, processes).Select(n => Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "\"$@\" >>\"$LOG\" 2>&1 </dev/null; code=$?; times >\"$TIMES\"; exit $code", "sh", chancery, .. arguments])
            {
                Environment = { ["LOG"] = Path.Combine(folder, "log"), ["TIMES"] = Path.Combine(folder, $"times{n}") },
            })!).ToList();
            foreach (var (n, process) in all.Index())
            {
                process.WaitForExit();
                // Of the shell's children, theirs and the system's: 0m1.23s 0m0.45s
                busy += File.ReadLines(Path.Combine(folder, $"times{n}")).Last().Split(' ').Sum(t => t.TrimEnd('s').Split('m') is [var minutes, var seconds] ? (60 * double.Parse(minutes, CultureInfo.InvariantCulture)) + double.Parse(seconds, CultureInfo.InvariantCulture) : 0);
                if (process.ExitCode != 0)
                    throw new InvalidOperationException($"chancery {arguments[0]} ended with {process.ExitCode}: {File.ReadLines(Path.Combine(folder, "log")).Last()}");
            }
            return (watch.Elapsed.TotalSeconds, busy);
        }
    }
}
