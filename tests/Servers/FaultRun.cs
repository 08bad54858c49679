using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Chancery.Tests.Servers;

/// <summary>
/// Workers read documents while everything around them is killed, cut, stopped and filled; afterwards the archive must be the one that
/// the command makes of the same documents with nobody disturbing it. A part of the documents is given to the workers before every
/// fault, so that each has work to disturb.
/// </summary>
/// <param name="chancery">The command.</param>
/// <param name="other">Another version of it, for some of the workers; the same where there is none.</param>
/// <param name="documents">A file of documents.</param>
/// <param name="folder">For what is made.</param>
/// <param name="tell">Told what happens.</param>
public sealed class FaultRun(string chancery, string other, string documents, string folder, Action<string> tell) : IDisposable
{
    private const int AckWaitSeconds = 4;

    private static readonly TimeSpan PatienceForOne = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, int> _faults = new(StringComparer.Ordinal);
    private readonly List<Process> _workers = [];
    private readonly List<string> _wrong = [];
    private readonly Random _random = new(17);
    private PostgresServer _postgres = null!;
    private NatsServer _nats = null!;
    private Cable _toPostgres = null!, _toNats = null!;
    private int _made;

    /// <summary>For how long a step may take. What takes longer hangs, and that is an outcome too. Default: one minute.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>What was done, and how many times.</summary>
    public IReadOnlyDictionary<string, int> Faults => _faults;

    /// <summary>Runs it.</summary>
    /// <param name="faults">At least so many faults.</param>
    /// <param name="workers">Processes.</param>
    /// <param name="kinds">Which kinds of faults; null for all.</param>
    /// <returns>What is wrong with the outcome; empty where nothing is.</returns>
    public IReadOnlyList<string> Run(int faults, int workers, IReadOnlyList<string>? kinds = null)
    {
        _postgres = PostgresServer.Start(synced: true) ?? throw new InvalidOperationException(PostgresServer.Missing);
        _nats = NatsServer.Start(small: true) ?? throw new InvalidOperationException(NatsServer.Missing);
        (_toPostgres, _toNats) = (new(_postgres.Port), new(_nats.Port));
        var undisturbed = Path.Combine(folder, "undisturbed.db");
        if (!File.Exists(undisturbed))
            Must("add", documents, "--archive", undisturbed);
        var lines = File.ReadAllLines(documents);
        var parts = lines.Chunk((lines.Length / (faults + 1)) + 1).ToList();
        tell($"{documents}: {lines.Length} documents, {workers} workers, {faults} faults");
        Must(["queue", "info", .. Queue(_nats.Port)]);
        Poison();
        for (var i = 0; i < workers; i++)
            AddWorker();
        var all = kinds ?? ["worker killed", "queue killed", "worker stopped", "database killed", "worker ended", "cable to the database cut", "worker killed", "cable to the queue cut", "disk of the queue full"];
        var watch = Stopwatch.StartNew();
        for (var n = 0; n < faults; n++)
        {
            var enqueue = Enqueue(n);
            Thread.Sleep(_random.Next(300, 2500));
            var kind = all[n % all.Count];
            if (kind == "disk of the queue full" && !_nats.HasOwnDisk)
                kind = "queue killed";
            tell(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed:h\\:mm\\:ss} {n + 1} {kind}"));
            Do(kind);
            _faults[kind] = _faults.GetValueOrDefault(kind) + 1;
            // Workers that ended are started again, as a service manager does.
            foreach (var ended in _workers.Where(w => w.HasExited).ToList())
            {
                _workers.Remove(ended);
                AddWorker();
            }
            HaveEnqueued(enqueue, n);
        }
        HaveEnqueued(Enqueue(faults), faults);
        tell(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed:h\\:mm\\:ss} all faults done; the rest is read"));
        // By those that went through all this, in whatever state that left them, and one that ends when nothing is left.
        using (var last = Start(chancery, ["worker", .. Queue(_nats.Port), "--archive", Archive(_postgres.Port), .. RetryAfter, "--threads", "1", "--until-empty"]))
        {
            if (!last.WaitForExit(Patience + (lines.Length * PatienceForOne)))
                Wrong($"the queue does not become empty: {Ask(["queue", "info", .. Queue(_nats.Port)]).Said}", last);
            else if (last.ExitCode != 0)
                _wrong.Add($"the last worker ended with {last.ExitCode}");
        }
        foreach (var worker in _workers)
            End(worker);
        _workers.Clear();
        tell(string.Create(CultureInfo.InvariantCulture, $"{watch.Elapsed:h\\:mm\\:ss} all read"));
        var (_, dead) = Ask(["queue", "dead", .. Queue(_nats.Port)]);
        tell($"given up: {dead.Trim()}");
        if (dead.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length != 1 || !dead.Contains("not a document of a queue", StringComparison.Ordinal))
            _wrong.Add($"not the one document that cannot be read was given up: {dead}");
        Judge("archive", "merge", "--archive", Archive(_postgres.Port));
        Judge("archive", "check", "--archive", Archive(_postgres.Port));
        Judge("archive", "compare", undisturbed, Archive(_postgres.Port));
        return _wrong;

        Process Enqueue(int part)
        {
            var file = Path.Combine(folder, "part.jsonl");
            File.WriteAllLines(file, part < parts.Count ? parts[part] : []);
            return Start(chancery, ["enqueue", file, .. Queue(_nats.Port)]);
        }

        // Repeated where a fault ended it, as its message says.
        void HaveEnqueued(Process enqueue, int part)
        {
            for (var began = watch.Elapsed; ; enqueue = Enqueue(part))
            {
                using (enqueue)
                {
                    if (!enqueue.WaitForExit(Patience))
                        Wrong("enqueue does not end", enqueue);
                    else if (enqueue.ExitCode == 0)
                        return;
                }
                if (watch.Elapsed - began > 2 * Patience)
                    throw new InvalidOperationException($"enqueue does not succeed; see {Path.Combine(folder, "workers.log")}");
            }
        }

        void Judge(params string[] arguments)
        {
            var (code, said) = Ask(arguments);
            tell($"{arguments[0]} {arguments[1]}: {said.Trim()}");
            if (code != 0)
                _wrong.Add($"{arguments[0]} {arguments[1]}: {said}");
        }
    }

    public void Dispose()
    {
        foreach (var worker in _workers.Where(w => !w.HasExited))
            worker.Kill();
        _toPostgres?.Dispose();
        _toNats?.Dispose();
        _nats?.Dispose();
        _postgres?.Dispose();
    }

    private void Do(string kind)
    {
        switch (kind)
        {
            case "worker killed":
                var victim = _workers[_random.Next(_workers.Count)];
                victim.Kill();
                victim.WaitForExit();
                break;
            case "worker ended":
                var ended = _workers[_random.Next(_workers.Count)];
                End(ended);
                break;
            case "queue killed":
                _nats.Kill();
                Thread.Sleep(_random.Next(100, 3000));
                _nats.Up();
                break;
            case "database killed":
                _postgres.Kill();
                Thread.Sleep(_random.Next(100, 3000));
                _postgres.Up();
                break;
            case "cable to the database cut":
                _toPostgres.Cut();
                Thread.Sleep(_random.Next(500, 4000));
                _toPostgres.Mend();
                break;
            case "cable to the queue cut":
                _toNats.Cut();
                Thread.Sleep(_random.Next(500, 4000));
                _toNats.Mend();
                break;
            case "worker stopped":
                // For longer than the queue waits, so that another has its documents when it goes on.
                var stopped = _workers[_random.Next(_workers.Count)];
                Signal("-STOP", stopped.Id);
                Thread.Sleep(TimeSpan.FromSeconds(AckWaitSeconds + 2));
                Signal("-CONT", stopped.Id);
                break;
            case "disk of the queue full":
                _nats.Fill(true);
                Thread.Sleep(_random.Next(500, 3000));
                // This server gives up on its streams when it cannot write, until it is started again.
                _nats.Kill();
                _nats.Fill(false);
                _nats.Up();
                break;
            default:
                throw new ArgumentException(kind);
        }
    }

    private void AddWorker() => _workers.Add(Start(_made++ % 2 == 0 ? chancery : other, ["worker", .. Queue(_toNats.Port), "--archive", Archive(_toPostgres.Port), .. RetryAfter, "--threads", "1"]));

    private static string[] Queue(int port) => ["--queue", $"nats://127.0.0.1:{port}", "--ack-wait", $"{AckWaitSeconds}"];

    private static string[] RetryAfter => ["--retry-after", "1", "2"];

    private void End(Process worker)
    {
        Signal("-TERM", worker.Id);
        if (!worker.WaitForExit(Patience))
            Wrong("a worker does not end when it is told to", worker);
        else if (worker.ExitCode != 0)
            _wrong.Add($"a worker that was told to end ended with {worker.ExitCode}");
    }

    private void Wrong(string what, Process process)
    {
        _wrong.Add(what);
        process.Kill();
        process.WaitForExit();
    }

    private string Archive(int port) => $"{_postgres.Address(port: port)};Timeout=5;Keepalive=5";

    /// <summary>What is no document, by the server's own protocol, since the command sends none such.</summary>
    private void Poison()
    {
        using var client = new TcpClient();
        client.Connect(IPAddress.Loopback, _nats.Port);
        client.GetStream().Write("CONNECT {\"verbose\":false}\r\nPUB chancery.documents 6\r\npoison\r\nPING\r\n"u8);
        var answer = new byte[4096];
        for (var said = ""; !said.Contains("PONG", StringComparison.Ordinal);)
            said += System.Text.Encoding.ASCII.GetString(answer, 0, client.GetStream().Read(answer));
    }

    private void Must(params string[] arguments)
    {
        var (code, said) = Ask(arguments);
        if (code != 0)
            throw new InvalidOperationException($"chancery {string.Join(' ', arguments)} ended with {code}: {said}");
    }

    private (int Code, string Said) Ask(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(chancery, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var error = process.StandardError.ReadToEndAsync();
        var said = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, said + error.Result);
    }

    private Process Start(string program, IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("/bin/sh", ["-c", "exec \"$@\" >>\"$LOG\" 2>&1 </dev/null", "sh", program, .. arguments]) { Environment = { ["LOG"] = Path.Combine(folder, "workers.log") } })!;

    private static void Signal(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        kill.WaitForExit();
    }
}
