using System.CommandLine;
using Chancery.Workers;

namespace Chancery.Cli.Queues;

/// <summary>What every command over a queue takes: where it is.</summary>
internal sealed class QueueOptionsOfCommand
{
    private readonly Option<string?> _queue = new("--queue") { Description = "The NATS server (nats://user@host:4222), several with commas; otherwise that of $CHANCERY_QUEUE, or one on this machine.", HelpName = "ADDRESS" };
    private readonly Option<string?> _credentials = new("--queue-credentials") { Description = "A file of NATS credentials; otherwise that of $CHANCERY_QUEUE_CREDENTIALS.", HelpName = "FILE" };
    private readonly Option<int> _replicas = new("--replicas") { Description = "On how many servers each message is kept, where the queue is made.", DefaultValueFactory = _ => 1, HelpName = "N" };
    private readonly Option<int> _wait = new("--ack-wait") { Description = "Seconds for which a worker may say nothing of a document before another has it.", DefaultValueFactory = _ => 60, HelpName = "SECONDS" };

    public void AddTo(Command command)
    {
        foreach (var option in new Option[] { _queue, _credentials, _replicas, _wait })
            command.Add(option);
        _replicas.Validators.Add(r => Range(r, 1, 5, "--replicas"));
        _wait.Validators.Add(r => Range(r, 2, 3600, "--ack-wait"));
    }

    public Task<QueueServer> OpenAsync(ParseResult parsed, CancellationToken cancellationToken) => QueueServer.OpenAsync(new()
    {
        Address = parsed.GetValue(_queue) ?? Set("CHANCERY_QUEUE") ?? new QueueOptions().Address,
        Credentials = parsed.GetValue(_credentials) ?? Set("CHANCERY_QUEUE_CREDENTIALS"),
        Replicas = parsed.GetValue(_replicas),
        AckWait = TimeSpan.FromSeconds(parsed.GetValue(_wait)),
    }, cancellationToken);

    private static string? Set(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } set ? set : null;

    private static void Range(System.CommandLine.Parsing.OptionResult result, int least, int most, string name)
    {
        if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, out var n) || n < least || n > most))
            result.AddError($"{name} {result.Tokens[0].Value}: give a whole number from {least} to {most}.");
    }
}
