using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Chancery.Bench;

/// <summary>
/// Kills <c>chancery add</c> (SIGKILL) at random moments: while documents go in, and while views are merged. After each kill the archive is checked; at the end the
/// same command is left alone, and what it made is compared, byte for byte in its export, with an archive that nobody disturbed.
/// </summary>
internal static class Kills
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(2);

    /// <param name="chancery">The command, or its .dll.</param>
    /// <param name="documents">What to add: a file or folder of texts.</param>
    /// <param name="rest">How many kills, and the seed of their moments.</param>
    public static int Run(string chancery, string documents, string[] rest)
    {
        var kills = rest.Length > 0 ? int.Parse(rest[0], CultureInfo.InvariantCulture) : 20;
        var random = new Random(rest.Length > 1 ? int.Parse(rest[1], CultureInfo.InvariantCulture) : 1);
        var folder = Directory.CreateTempSubdirectory("chancery-kills-").FullName;
        try
        {
            string[] whole = ["add", documents, "--archive", Path.Combine(folder, "whole.db")], broken = ["add", documents, "--archive", Path.Combine(folder, "broken.db")];
            var watch = Stopwatch.StartNew();
            Must(chancery, whole);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"undisturbed: {watch.Elapsed.TotalSeconds:F1} s, {Count(whole[^1], "document"):N0} documents"));
            var all = Count(whole[^1], "document");
            // Four of five while documents go in, from before the first to the last; the others while views are merged.
            var moments = Enumerable.Range(0, kills).Select(i => i < kills * 4 / 5 ? (int)((i + random.NextDouble()) * all / (kills * 4 / 5)) : (int?)null).ToList();
            foreach (var (moment, number) in moments.Select((m, i) => (m, i + 1)))
            {
                using var process = Start(chancery, broken);
                var groups = random.NextDouble();
                var most = 0L;
                while (!process.HasExited)
                {
                    if (moment is { } after ? Count(broken[^1], "document") >= after : Count(broken[^1], "document") == all && Count(broken[^1], "item") > 0 && IsMerging(broken[^1], ref most, groups))
                        break;
                    Thread.Sleep(Look);
                }
                // The very moment is left to chance.
                Thread.Sleep(random.Next(30));
                var killed = !process.HasExited;
                process.Kill();
                process.WaitForExit();
                Must(chancery, ["archive", "check", "--archive", broken[^1]]);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{number}: {(killed ? "killed" : "had ended")} with {Count(broken[^1], "document"):N0} documents, {Count(broken[^1], "item"):N0} entries, {Count(broken[^1], "dirty"):N0} groups to be merged; sound"));
            }
            Must(chancery, broken);
            Must(chancery, ["archive", "check", "--archive", broken[^1]]);
            var exports = new[] { whole[^1], broken[^1] }.Select(archive =>
            {
                Must(chancery, ["export", "jsonl", "--archive", archive, "--output", archive + ".jsonl"]);
                return File.ReadAllBytes(archive + ".jsonl");
            }).ToList();
            var same = exports[0].AsSpan().SequenceEqual(exports[1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"exports of {exports[0].Length:N0} and {exports[1].Length:N0} bytes: {(same ? "the same" : "DIFFERENT")}"));
            return same ? 0 : 1;
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Whether some share of the groups has been merged since the process began to.</summary>
    private static bool IsMerging(string archive, ref long most, double share)
    {
        var waiting = Count(archive, "dirty");
        most = Math.Max(most, waiting);
        return waiting < most && waiting <= most * (1 - (share / 2));
    }

    private static long Count(string archive, string table)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={archive};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = $"SELECT count(*) FROM {table}";
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            // Not made yet, or made at this moment.
            return 0;
        }
    }

    private static Process Start(string chancery, string[] arguments) => Process.Start(
        chancery.EndsWith(".dll", StringComparison.Ordinal) ? new("dotnet", [chancery, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true }
            : new ProcessStartInfo(chancery, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private static void Must(string chancery, string[] arguments)
    {
        using var process = Start(chancery, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"chancery {string.Join(' ', arguments)} ended with {process.ExitCode}: {output.Result}{error.Result}");
    }
}
