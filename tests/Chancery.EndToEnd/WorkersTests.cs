using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Chancery.Tests.Servers;
using Chancery.TestSupport;
using Xunit;

namespace Chancery.EndToEnd;

/// <summary>Workers as processes, with a real queue and a real database.</summary>
public sealed class WorkersTests : IDisposable
{
    private static readonly string Command = Repository.File("src", "Chancery.Cli", "bin", "Release", "net10.0", "chancery");

    private readonly string _folder = Directory.CreateTempSubdirectory("chancery-workers-").FullName;

    public WorkersTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(Command), "needs the command as it is built on Linux");
        Assert.SkipWhen(PostgresServer.Shared is null, PostgresServer.Missing);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Whatever_fails_around_them_none_is_lost_and_none_doubled()
    {
        using var run = new FaultRun(Command, Command, Documents(30), _folder, TestContext.Current.SendDiagnosticMessage);
        Assert.Empty(run.Run(faults: 6, workers: 2, ["worker killed", "queue killed", "worker stopped", "database killed", "cable to the database cut", "cable to the queue cut"]));
        Assert.Equal(6, run.Faults.Count);
    }

    [Fact]
    public async Task What_cannot_be_reached_is_told_and_nothing_is_half_done()
    {
        using var nats = NatsServer.Start(small: false, "--user", "desk", "--pass", "lighthouse");
        Assert.SkipWhen(nats is null, NatsServer.Missing);
        var archive = Path.Combine(_folder, "one.db");
        var sample = Directory.GetFiles(Repository.File("samples"), "*.txt")[0];
        await Told("CH0602", "enqueue", sample, "--queue", nats.Address);
        await Told("CH0602", "worker", "--queue", nats.Address, "--archive", archive);
        await Told("CH0601", "enqueue", sample, "--queue", "nats://127.0.0.1:1");
        await Told("CH0601", "queue", "info", "--queue", "nats://127.0.0.1:1");
        await Told("CH0604", "enqueue", sample, "--queue", "127.0.0.1");
        await Told("CH0430", "worker", "--queue", nats.Address, "--archive", "Host=127.0.0.1;Port=1;Username=a;Password=b");
        await Told("CH0431", "worker", "--queue", nats.Address, "--archive", PostgresServer.Shared!.Address(password: "wrong"));
        await Told("CH0432", "add", sample, "--archive", PostgresServer.Shared!.Address("nowhere"));
        var (code, said) = await Run("enqueue", sample, "--queue", $"nats://desk:lighthouse@127.0.0.1:{nats.Port}");
        Assert.True(code == 0, said);
        Assert.DoesNotContain("lighthouse", said, StringComparison.Ordinal);
        (code, said) = await Run("enqueue", sample, "--queue", $"nats://desk:lighthouse@127.0.0.1:{nats.Port}");
        Assert.Contains("1 there already", said, StringComparison.Ordinal);
    }

    private static async Task Told(string problem, params string[] arguments)
    {
        var (code, said) = await Run(arguments);
        Assert.Equal(1, code);
        Assert.StartsWith(problem, said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> Run(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Command, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (error, said) = (process.StandardError.ReadToEndAsync(), process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await error + await said);
    }

    /// <summary>Reports that differ: parts of the samples, each in another order.</summary>
    private string Documents(int count)
    {
        var sentences = Directory.GetFiles(Repository.File("samples"), "*.txt").Order(StringComparer.Ordinal).SelectMany(f => File.ReadAllText(f).Split(". ", StringSplitOptions.TrimEntries)).Where(s => s.Length is > 40 and < 300 && !s.Contains('\n', StringComparison.Ordinal)).ToList();
        var random = new Random(5);
        var lines = new StringBuilder();
        for (var n = 0; n < count; n++)
        {
            var text = string.Join(". ", Enumerable.Range(0, 8).Select(_ => sentences[random.Next(sentences.Count)])) + ".";
            lines.Append(JsonSerializer.Serialize(new Dictionary<string, string> { ["id"] = $"report-{n}", ["text"] = text, ["published"] = $"1956-11-{1 + (n % 28):d2}", ["publisher"] = $"Paper {n % 5}" })).Append('\n');
        }
        var file = Path.Combine(_folder, "documents.jsonl");
        File.WriteAllText(file, lines.ToString());
        return file;
    }
}
