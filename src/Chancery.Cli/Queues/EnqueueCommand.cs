using System.CommandLine;
using System.Globalization;
using Chancery.Cli.Archives;
using Chancery.Formats.Intake;
using Chancery.Records;
using Chancery.Workers;
using NATS.Client.Core;

namespace Chancery.Cli.Queues;

/// <summary>The command <c>chancery enqueue</c>: gives reports to workers.</summary>
internal static class EnqueueCommand
{
    // Published at once: each waits for the server to have it on its disk.
    private const int AtOnce = 64;

    public static Command Make(Terminal terminal, TimeProvider clock)
    {
        var named = new Argument<string[]>("FILE") { Description = "Files, folders, globs, addresses of pages or of RSS or Atom feeds, or - for standard input.", Arity = ArgumentArity.OneOrMore };
        var queues = new QueueOptionsOfCommand();
        var published = CommandLine.Published();
        var publisher = CommandLine.Publisher();
        var columns = CommandLine.Columns();
        var feedOnly = new Option<bool>("--feed-only") { Description = "Take the text from a feed, and never fetch the pages that it points to." };
        var addresses = CommandLine.AllowPrivate();
        var command = new Command("enqueue", "Give reports to workers: they read them into the archive. One that was given within a day is passed over.") { named, published, publisher, columns, feedOnly, addresses };
        queues.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            await using var queue = await queues.OpenAsync(parsed, cancellation).ConfigureAwait(false);
            var sender = new Sender(terminal, queue, document => document with { Published = document.Published ?? parsed.GetValue(published), Publisher = document.Publisher ?? parsed.GetValue(publisher) });
            using var fetcher = new Fetcher(new() { AllowPrivate = parsed.GetValue(addresses) }, clock);
            var intake = new IntakeOptions { Columns = parsed.GetValue(columns) is { } map ? ColumnMapping.Parse(map) : ColumnMapping.Default };
            return await sender.RunAsync(parsed.GetValue(named)!, fetcher, intake, parsed.GetValue(feedOnly), cancellation).ConfigureAwait(false);
        });
        return command;
    }

    private sealed class Sender(Terminal terminal, QueueServer queue, Func<Document, Document> complete)
    {
        private readonly Queue<Task<bool>> _window = new();
        private long _sent, _known, _problems;

        public async Task<int> RunAsync(IReadOnlyList<string> named, Fetcher fetcher, IntakeOptions intake, bool feedOnly, CancellationToken cancellationToken)
        {
            var found = IntakeFiles.Find(named.Where(n => n != "-" && !IsAddress(n)));
            foreach (var problem in found.Problems)
                Tell(problem);
            try
            {
                foreach (var source in named.Where(n => n == "-" || IsAddress(n)).Concat(found.Files))
                {
                    if (IsAddress(source))
                        await AddressAsync(new(source), fetcher, intake, feedOnly, cancellationToken).ConfigureAwait(false);
                    else
                        await SendAllAsync(source == "-" ? DocumentReader.Read(terminal.In, "stdin", null, intake, cancellationToken) : DocumentReader.Read(source, intake, cancellationToken), cancellationToken).ConfigureAwait(false);
                }
                await DrainAsync(0).ConfigureAwait(false);
            }
            catch (Exception e) when (e is NatsException or TimeoutException)
            {
                throw queue.Explain(e);
            }
            finally
            {
                await terminal.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{_sent:N0} given to workers{(_known > 0 ? $", {_known:N0} there already" : "")}{(_problems > 0 ? $", {_problems:N0} could not be read" : "")}. {queue.Name}")).ConfigureAwait(false);
            }
            return _problems > 0 ? 1 : 0;
        }

        private async Task AddressAsync(Uri address, Fetcher fetcher, IntakeOptions intake, bool feedOnly, CancellationToken cancellationToken)
        {
            if (await fetcher.GetAsync(address, stop: cancellationToken).ConfigureAwait(false) is var answer && answer is not FetchResult.Found page)
            {
                Tell((answer as FetchResult.Refused)?.Problem ?? new("CH0427", $"{address}: gave nothing; try again later."));
                return;
            }
            if (Feed.Parse(new MemoryStream(page.Bytes), page.Address).Item1 is not { } feed)
            {
                await SendAllAsync(DocumentReader.Read(new MemoryStream(page.Bytes), page.Address.ToString(), page.MediaType, intake, cancellationToken), cancellationToken).ConfigureAwait(false);
                return;
            }
            foreach (var item in feed.Items)
            {
                var (document, problem) = await WatchCommand.Watch.DocumentAsync(fetcher, feedOnly, item, feed, cancellationToken).ConfigureAwait(false);
                if (document is not null)
                    await SendAsync(document, cancellationToken).ConfigureAwait(false);
                else if (problem is not null)
                    Tell(problem);
            }
        }

        private async Task SendAllAsync(IEnumerable<(Document?, Problem?)> documents, CancellationToken cancellationToken)
        {
            foreach (var (document, problem) in documents)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (document is not null)
                    await SendAsync(document, cancellationToken).ConfigureAwait(false);
                else if (problem is not null)
                    Tell(problem);
            }
        }

        private async Task SendAsync(Document document, CancellationToken cancellationToken)
        {
            _window.Enqueue(queue.PublishAsync(complete(document), cancellationToken));
            await DrainAsync(AtOnce).ConfigureAwait(false);
        }

        private async Task DrainAsync(int atMost)
        {
            while (_window.Count > atMost)
            {
                if (await _window.Dequeue().ConfigureAwait(false))
                    _sent++;
                else
                    _known++;
            }
        }

        private void Tell(Problem problem)
        {
            _problems++;
            terminal.Error.WriteLine($"{problem.Code} {problem.Message}");
        }

        private static bool IsAddress(string named) => Uri.TryCreate(named, UriKind.Absolute, out var address) && address.Scheme is ("http" or "https");
    }
}
