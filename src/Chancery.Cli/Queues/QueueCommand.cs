using System.CommandLine;
using System.Globalization;
using Chancery.Workers;
using NATS.Client.Core;

namespace Chancery.Cli.Queues;

/// <summary>The command <c>chancery queue</c>: how a queue stands, and what could not be read.</summary>
internal static class QueueCommand
{
    public static Command Make(Terminal terminal, TimeProvider clock) => new("queue", "The queue of workers: how it stands, what could not be read.") { Info(terminal, clock), Dead(terminal), Retry(terminal) };

    private static Command Info(Terminal terminal, TimeProvider clock)
    {
        var command = new Command("info", "How many documents wait, since when, how fast they are read, and by whom.");
        return With(command, async (_, queue, cancellation) =>
        {
            var info = await queue.InfoAsync(cancellation).ConfigureAwait(false);
            var rate = info.Workers.Sum(w => w.Rate);
            await Line($"{queue.Name}").ConfigureAwait(false);
            await Line($"{info.Depth:N0} documents wait or are in work, {info.InWork:N0} of them with workers, {info.Redelivered:N0} given out before").ConfigureAwait(false);
            await Line(info.Oldest is { } oldest ? $"the oldest since {oldest.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, {(clock.GetUtcNow() - oldest):d\\.hh\\:mm\\:ss}" : (FormattableString)$"none waits").ConfigureAwait(false);
            await Line($"{rate:N1} documents a second{(rate > 0 && info.Depth > 0 ? string.Create(CultureInfo.InvariantCulture, $", {TimeSpan.FromSeconds(Math.Min(info.Depth / rate, 8e9)):d\\.hh\\:mm\\:ss} left") : "")}").ConfigureAwait(false);
            await Line($"{info.Dead:N0} could not be read{(info.Dead > 0 ? "; see them with: chancery queue dead" : "")}").ConfigureAwait(false);
            await Line($"{info.Workers.Count:N0} workers").ConfigureAwait(false);
            foreach (var worker in info.Workers)
                await Line($"  {worker.Name}  {worker.Version}  {worker.Threads} threads  {worker.Read:N0} read  {worker.Failed:N0} failures  {worker.Rate:N1} a second").ConfigureAwait(false);
            return 0;

            Task Line(FormattableString words) => terminal.Out.WriteLineAsync(FormattableString.Invariant(words));
        });
    }

    private static Command Dead(Terminal terminal) => With(new Command("dead", "Documents that could not be read, with their errors."), async (_, queue, cancellation) =>
    {
        var any = false;
        await foreach (var letter in queue.DeadAsync(cancellation).ConfigureAwait(false))
        {
            any = true;
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{letter.Number}  {letter.At}  {letter.Document}  given out {letter.Deliveries} times  {letter.Error}")).ConfigureAwait(false);
        }
        if (!any)
            await terminal.Out.WriteLineAsync("None.").ConfigureAwait(false);
        return 0;
    });

    private static Command Retry(Terminal terminal)
    {
        var numbers = new Argument<ulong[]>("NUMBER") { Description = "Which, as chancery queue dead prints them; otherwise all.", Arity = ArgumentArity.ZeroOrMore };
        var command = new Command("retry", "Put documents that could not be read back into the queue.") { numbers };
        return With(command, async (parsed, queue, cancellation) =>
        {
            var wanted = parsed.GetValue(numbers) is { Length: > 0 } some ? some : null;
            var done = await queue.RetryAsync(wanted, cancellation).ConfigureAwait(false);
            await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{done.Count:N0} put back.")).ConfigureAwait(false);
            var missing = wanted?.Except(done).ToList() ?? [];
            foreach (var number in missing)
                await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"CH0606 {number}: no such document; see them with: chancery queue dead")).ConfigureAwait(false);
            return missing.Count > 0 ? 1 : 0;
        });
    }

    private static Command With(Command command, Func<ParseResult, QueueServer, CancellationToken, Task<int>> run)
    {
        var queues = new QueueOptionsOfCommand();
        queues.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var queue = await queues.OpenAsync(parsed, cancellation).ConfigureAwait(false);
            try
            {
                return await run(parsed, queue, cancellation).ConfigureAwait(false);
            }
            catch (Exception e) when (e is NatsException or TimeoutException)
            {
                throw queue.Explain(e);
            }
        });
        return command;
    }
}
