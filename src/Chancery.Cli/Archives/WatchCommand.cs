using System.CommandLine;
using System.Globalization;
using Chancery.Archive;
using Chancery.Formats.Intake;
using Chancery.Models;
using Chancery.Records;

namespace Chancery.Cli.Archives;

/// <summary>The command <c>chancery watch</c>: adds what appears in feeds and folders, until it is stopped.</summary>
internal static class WatchCommand
{
    private static readonly TimeSpan LongestBackOff = TimeSpan.FromHours(6);

    public static Command Make(Terminal terminal, CommandLine.ModelSource models, TimeProvider clock)
    {
        var named = new Argument<string[]>("FEED") { Description = "Addresses of RSS or Atom feeds, and folders.", Arity = ArgumentArity.OneOrMore };
        var options = new ArchiveOptions();
        var every = new Option<int>("--every") { Description = "Minutes between two looks at a feed or folder.", DefaultValueFactory = _ => 15, HelpName = "MINUTES" };
        var once = new Option<bool>("--once") { Description = "Look once and end." };
        var pages = new Option<bool>("--feed-only") { Description = "Take the text from the feed, and never fetch the pages that it points to." };
        var addresses = CommandLine.AllowPrivate();
        var model = new Option<string?>("--model") { Description = "A folder with another model; otherwise the English one inside.", HelpName = "PATH" };
        every.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (!int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) || n is < 1 or > 10080))
                result.AddError($"--every {result.Tokens[0].Value}: give minutes, from 1 to 10080.");
        });
        var command = new Command("watch", "Add what appears in feeds and folders, until stopped with Ctrl-C; the next time it goes on where it was.") { named, every, once, pages, addresses, model };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var lexicon = options.Lexicon(parsed);
            using var archive = Archive.Archive.Open(options.Path(parsed), lexicon.Value);
            using var fetcher = new Fetcher(new() { AllowPrivate = parsed.GetValue(addresses) }, clock);
            var reading = new AddCommand.ReadingParts(new(() => models(parsed.GetValue(model), 1)), new(() => EventModel.Load(parsed.GetValue(model))), lexicon);
            var watch = new Watch(terminal, archive, fetcher, reading, parsed.GetValue(pages), parsed.GetValue(addresses));
            var (between, code) = (TimeSpan.FromMinutes(parsed.GetValue(every)), 0);
            var due = parsed.GetValue(named)!.ToDictionary(n => n, _ => clock.GetUtcNow(), StringComparer.Ordinal);
            try
            {
                while (due.Count > 0)
                {
                    var next = due.MinBy(d => d.Value);
                    var wait = next.Value - clock.GetUtcNow();
                    if (wait > TimeSpan.Zero)
                        await Task.Delay(wait, clock, cancellation).ConfigureAwait(false);
                    var (failures, again) = await watch.LookAsync(next.Key, cancellation).ConfigureAwait(false);
                    code = failures > 0 ? 1 : code;
                    // Twice as long after every failure: whoever is in trouble is not helped by being asked more often.
                    var backOff = failures == 0 ? between : TimeSpan.FromTicks(Math.Min(LongestBackOff.Ticks, between.Ticks << Math.Min(failures, 10)));
                    if (parsed.GetValue(once))
                        due.Remove(next.Key);
                    else
                        due[next.Key] = clock.GetUtcNow() + (again > backOff ? again.Value : backOff);
                }
            }
            catch (OperationCanceledException)
            {
                await terminal.Error.WriteLineAsync("Stopped.").ConfigureAwait(false);
                return parsed.GetValue(once) ? 130 : 0;
            }
            return code;
        });
        return command;
    }

    /// <summary>One look at a feed or folder.</summary>
    internal sealed class Watch(Terminal terminal, Archive.Archive archive, Fetcher fetcher, AddCommand.ReadingParts reading, bool feedOnly, bool allowPrivate)
    {
        private readonly AddCommand.Intake _intake = new(null, null, ColumnMapping.Default, Environment.ProcessorCount, allowPrivate);

        public async Task<(int Failures, TimeSpan? Again)> LookAsync(string source, CancellationToken cancellationToken)
        {
            if (!Uri.TryCreate(source, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                return (await new Adder(terminal, archive, reading, _intake).RunAsync([source], cancellationToken).ConfigureAwait(false), null);
            var known = archive.Watched.Of(source);
            var result = await fetcher.GetAsync(address, new(known.ETag, known.Modified), cancellationToken).ConfigureAwait(false);
            switch (result)
            {
                case FetchResult.Unchanged:
                    archive.Watched.Keep(known with { Failures = 0 });
                    return (0, null);
                case FetchResult.Refused refused:
                    return (Failed(known, refused.Problem), refused.Again);
                default:
                    return (await FeedAsync(known, (FetchResult.Found)result, cancellationToken).ConfigureAwait(false), null);
            }
        }

        private int Failed(WatchedSource known, Problem problem)
        {
            terminal.Error.WriteLine($"{problem.Code} {problem.Message}");
            archive.Watched.Keep(known with { Failures = known.Failures + 1 });
            return known.Failures + 1;
        }

        private async Task<int> FeedAsync(WatchedSource known, FetchResult.Found found, CancellationToken cancellationToken)
        {
            var (feed, problem) = Feed.Parse(new MemoryStream(found.Bytes), found.Address);
            if (feed is null)
                return Failed(known, problem!);
            var adder = new Adder(terminal, archive, reading, _intake);
            var seen = new List<string>();
            foreach (var item in feed.Items)
            {
                var revision = $"{item.Id} {item.Revision}";
                if (archive.Watched.HasSeen(known.Address, revision))
                    continue;
                var (document, fault) = await DocumentAsync(fetcher, feedOnly, item, feed, cancellationToken).ConfigureAwait(false);
                if (document is not null)
                    await adder.AddAsync(document, cancellationToken).ConfigureAwait(false);
                else if (fault is not null)
                    adder.Tell(fault);
                seen.Add(revision);
            }
            await adder.FinishAsync(cancellationToken).ConfigureAwait(false);
            // Only what is in the archive has been seen: stopped before this, the same items come again and are known.
            foreach (var revision in seen)
                archive.Watched.Saw(known.Address, revision);
            archive.Watched.Keep(new(known.Address, found.Validators.ETag, found.Validators.LastModified, 0));
            if (seen.Count > 0)
                await terminal.Out.WriteLineAsync($"{known.Address}: {adder.Summary()}").ConfigureAwait(false);
            await terminal.Out.FlushAsync(cancellationToken).ConfigureAwait(false);
            return 0;
        }

        internal static async Task<(Document?, Problem?)> DocumentAsync(Fetcher fetcher, bool feedOnly, FeedItem item, Feed feed, CancellationToken cancellationToken)
        {
            if (!feedOnly && item.Link is { } link)
            {
                if (await fetcher.GetAsync(link, stop: cancellationToken).ConfigureAwait(false) is FetchResult.Found page)
                {
                    var (document, problem) = DocumentReader.Read(new MemoryStream(page.Bytes), page.Address.ToString(), page.MediaType, null, cancellationToken).FirstOrDefault();
                    if (document is not null)
                        return (document with { Published = document.Published ?? item.Published, Publisher = document.Publisher ?? feed.Title, Title = document.Title ?? item.Title }, null);
                    if ((item.Content ?? item.Summary) is null)
                        return (null, problem);
                }
            }
            if ((item.Content ?? item.Summary) is not { } html)
                return (null, new("CH0429", $"{item.Link?.ToString() ?? item.Id}: neither the page nor the feed gives its text."));
            var (text, fault) = HtmlPages.Fragment(html, item.Id);
            return text is null ? (null, fault) : (new(item.Link?.ToString() ?? item.Id, item.Title is { } title && !text.StartsWith(title, StringComparison.Ordinal) ? $"{title}\n\n{text}" : text)
            {
                Title = item.Title,
                Published = item.Published,
                Publisher = feed.Title,
                Url = item.Link?.ToString(),
                Language = LanguageGuess.Of(text) ?? "en",
            }, null);
        }
    }
}
