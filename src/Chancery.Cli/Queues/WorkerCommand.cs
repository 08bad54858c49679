using System.CommandLine;
using System.Globalization;
using Chancery.Cli.Archives;
using Chancery.Models;
using Chancery.Workers;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Chancery.Cli.Queues;

/// <summary>The command <c>chancery worker</c>: reads what a queue gives into the archive, until it is stopped.</summary>
internal static class WorkerCommand
{
    public static Command Make(Terminal terminal, CommandLine.ModelSource models, TimeProvider clock)
    {
        var (options, queues, threads) = (new ArchiveOptions(), new QueueOptionsOfCommand(), CommandLine.ThreadsOption());
        var model = new Option<string?>("--model") { Description = "A folder with another model; otherwise the English one inside.", HelpName = "PATH" };
        var untilEmpty = new Option<bool>("--until-empty") { Description = "End when the queue is empty and the views are up to date." };
        var retryAfter = new Option<int[]>("--retry-after") { Description = "Seconds that a report waits after its first failure, its second, and so on, the last for all that follow.", HelpName = "SECONDS", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [.. new WorkerOptions().BackOff.Select(b => (int)b.TotalSeconds)] };
        var noMerge = new Option<bool>("--no-merge") { Description = "Leave bringing the views up to date to others, or to: chancery archive merge." };
        var command = new Command("worker", "Read what a queue gives into the archive, until stopped; what is in work is finished first. Any number may run, on any number of machines.") { threads, model, untilEmpty, retryAfter, noMerge };
        retryAfter.Validators.Add(r => { if (r.Tokens.Any(t => !int.TryParse(t.Value, out var seconds) || seconds is < 0 or > 3600)) r.AddError("--retry-after: give whole numbers of seconds, from 0 to 3600."); });
        options.AddTo(command);
        queues.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var lexicon = options.Lexicon(parsed);
            // Both at the start, so that what is wrong shows at once and not when the first document comes.
            using var archive = Archive.Archive.Open(options.Path(parsed), lexicon.Value);
            QueueServer opened;
            try
            {
                opened = await queues.OpenAsync(parsed, cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Told to end before it had begun: nothing is left undone.
                return 0;
            }
            await using var queue = opened;
            var reading = new AddCommand.ReadingParts(new(() => models(parsed.GetValue(model), 1)), new(() => EventModel.Load(parsed.GetValue(model))), lexicon);
            _ = (reading.Model.Value, reading.Scorer.Value);
            using var metrics = Exported();
            var worker = new DocumentWorker(queue, archive, reading.Read, new() { Threads = parsed.GetValue(threads), UntilEmpty = parsed.GetValue(untilEmpty), BackOff = [.. parsed.GetValue(retryAfter)!.Select(s => TimeSpan.FromSeconds(s))], MergeEvery = parsed.GetValue(noMerge) ? TimeSpan.Zero : new WorkerOptions().MergeEvery }, clock, Tell);
            Tell($"{worker.Name} reads from {queue.Name} into {archive.Path}.");
            await worker.RunAsync(cancellation).ConfigureAwait(false);
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{worker.Done:N0} read{(worker.Failures > 0 ? $", {worker.Failures:N0} failures" : "")}. {archive.Path}")).ConfigureAwait(false);
            return 0;
        });
        return command;

        void Tell(string words)
        {
            lock (terminal)
            {
                terminal.Error.WriteLine(words);
                terminal.Error.Flush();
            }
        }
    }

    /// <summary>Metrics go where OpenTelemetry's own variables say, and nowhere unless they do.</summary>
    private static MeterProvider? Exported() => Environment.GetEnvironmentVariable("OTEL_EXPORTER_OTLP_ENDPOINT") is { Length: > 0 }
        ? Sdk.CreateMeterProviderBuilder().AddMeter(WorkerMetrics.Name).AddMeter("Npgsql").AddOtlpExporter().Build()
        : null;
}
