using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Chancery.Archive;
using Chancery.Records;
using NATS.Client.Core;
using NATS.Client.JetStream;

namespace Chancery.Workers;

/// <summary>How a worker works.</summary>
public sealed record WorkerOptions
{
    /// <summary>How many documents are read at once. From 1 to 256. Default: one for each core.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Whether it ends when the queue is empty, with the views up to date. Default: it goes on.</summary>
    public bool UntilEmpty { get; init; }

    /// <summary>How often it looks whether views are to be brought up to date; zero for never. Default: five seconds.</summary>
    public TimeSpan MergeEvery { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a document that failed waits before it is given out again: after its first failure, its second, and so on, the last for all that follow. Default: 1, 5, 20 and 60 seconds.</summary>
    public IReadOnlyList<TimeSpan> BackOff { get; init; } = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(60)];

    /// <summary>For how long documents in work may go on when it is to stop. Default: 25 seconds.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromSeconds(25);
}

/// <summary>
/// Takes documents from a queue, reads them, puts them into the archive, and only then says so to the queue. Killed at any moment it
/// loses nothing: what it had is given to another, and what it had put into the archive is known there.
/// </summary>
/// <param name="queue">Where documents come from.</param>
/// <param name="archive">Where records go.</param>
/// <param name="read">From a document to its record.</param>
/// <param name="options">How it works.</param>
/// <param name="clock">What time it is.</param>
/// <param name="tell">Told what people should know.</param>
public sealed class DocumentWorker(QueueServer queue, Archive.Archive archive, Func<Document, CancellationToken, Record> read, WorkerOptions options, TimeProvider clock, Action<string> tell)
{
    /// <summary>So many times a document may fail.</summary>
    public const int MostFailures = 5;

    /// <summary>So many times it may be given out without an answer, as when it kills its workers.</summary>
    public const int MostUnanswered = 10;

    private static readonly TimeSpan AfterLoss = TimeSpan.FromSeconds(1), LongestWait = TimeSpan.FromSeconds(15), NextWait = TimeSpan.FromSeconds(2), SayEvery = TimeSpan.FromSeconds(5), SweepEvery = TimeSpan.FromMinutes(1);

    // While one document of a thread is committed, which is waiting for the most part, another is read.
    private const int HeldByThread = 2;

    private readonly ConcurrentDictionary<INatsJSMsg<byte[]>, byte> _held = new();
    private long _done, _failed;

    /// <summary>How many documents it has put into the archive.</summary>
    public long Done => Interlocked.Read(ref _done);

    /// <summary>How many documents failed.</summary>
    public long Failures => Interlocked.Read(ref _failed);

    /// <summary>By what it goes.</summary>
    public string Name { get; } = string.Create(CultureInfo.InvariantCulture, $"{Environment.MachineName}/{Environment.ProcessId}");

    /// <summary>Works until it is stopped, or the queue is empty where that was asked for.</summary>
    /// <param name="stop">Cancelled when it is to stop: what is in work is finished, the rest is left to others.</param>
    public async Task RunAsync(CancellationToken stop)
    {
        using var metrics = new WorkerMetrics(() => _held.Count);
        using var reading = new SemaphoreSlim(options.Threads);
        using var idle = CancellationTokenSource.CreateLinkedTokenSource(stop);
        // Reading goes on for a while after it is to stop.
        using var abandon = new CancellationTokenSource();
        using var grace = stop.Register(() => abandon.CancelAfter(options.Grace));
        // Whoever waits for a document when it is to stop waits to the end: what the server gives to one who no longer listens is lost until it is given out again, and counts as unanswered.
        using var asked = new CancellationTokenSource();
        using var askedLast = stop.Register(() => asked.CancelAfter(2 * NextWait));
        using var over = new CancellationTokenSource();
        var side = new List<Task> { BeatAsync(over.Token), SayAsync(over.Token), SweepOftenAsync(idle.Token) };
        if (options.MergeEvery > TimeSpan.Zero)
            side.Add(MergeAsync(idle.Token));
        try
        {
            await Task.WhenAll(Enumerable.Range(0, HeldByThread * options.Threads).Select(_ => Task.Run(() => TakeAsync(metrics, reading, idle, asked.Token, abandon.Token), CancellationToken.None))).ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            await idle.CancelAsync().ConfigureAwait(false);
            await Task.WhenAll(side).ConfigureAwait(false);
            await QuietlyAsync(() => queue.GoAsync(Name, CancellationToken.None)).ConfigureAwait(false);
        }
        if (options.UntilEmpty && !stop.IsCancellationRequested && options.MergeEvery > TimeSpan.Zero)
            await PersistAsync(() => { archive.Merge(null, stop); return 0; }, stop).ConfigureAwait(false);
    }

    private async Task TakeAsync(WorkerMetrics metrics, SemaphoreSlim reading, CancellationTokenSource idle, CancellationToken asked, CancellationToken abandon)
    {
        INatsJSConsumer? consumer = null;
        while (!idle.IsCancellationRequested)
        {
            try
            {
                consumer ??= await queue.WorkersConsumerAsync(idle.Token).ConfigureAwait(false);
                var message = await consumer.NextAsync(NatsRawSerializer<byte[]>.Default, new NatsJSNextOpts { Expires = NextWait, IdleHeartbeat = NextWait / 2 }, asked).ConfigureAwait(false);
                if (message is not null)
                    await HandleAsync(message, metrics, reading, idle.Token, abandon).ConfigureAwait(false);
                else if (options.UntilEmpty && await queue.DepthAsync(idle.Token).ConfigureAwait(false) == 0)
                    await idle.CancelAsync().ConfigureAwait(false);
                else if (options.UntilEmpty)
                    await SweepAsync(idle.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception e) when (e is NatsException or TimeoutException or IOException or ObjectDisposedException)
            {
                // The server went away; the connection comes back by itself.
                metrics.Failed("queue");
                consumer = null;
                await Task.Delay(AfterLoss, clock, idle.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (ArchiveException)
            {
                // Of a newer form now: no other thread of this program can write to it either.
                await idle.CancelAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    private async Task HandleAsync(INatsJSMsg<byte[]> message, WorkerMetrics metrics, SemaphoreSlim reading, CancellationToken stop, CancellationToken abandon)
    {
        _held.TryAdd(message, 0);
        var (data, name, tries) = (message.Data ?? [], "?", Tries.None);
        try
        {
            // Also when it is to stop: what is given back without that would lose what became of it so far.
            tries = await queue.TriesAsync(message, CancellationToken.None).ConfigureAwait(false);
            stop.ThrowIfCancellationRequested();
            if (message.Headers?.TryGetLastValue(QueueServer.FormHeader, out var form) == true && form != QueuedDocument.Form)
            {
                // Of another version of this program; its own workers know it.
                await GiveBackAsync(LongestWait < options.BackOff[^1] ? LongestWait : options.BackOff[^1]).ConfigureAwait(false);
                return;
            }
            if (tries.Unanswered >= MostUnanswered)
                throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"given out {tries.Unanswered} times and never answered: it may end the process that reads it"));
            var watch = Stopwatch.StartNew();
            var document = await queue.DocumentOfAsync(data, abandon).ConfigureAwait(false);
            name = document.Id;
            var key = DocumentKey.Of(document);
            // What another put into the archive, and had no time to say so, need not be read again.
            var admission = Admission.Known;
            TimeSpan toRead = default, toCommit = default;
            if (!await PersistAsync(() => archive.Has(document), abandon).ConfigureAwait(false))
            {
                var incoming = document.Language == "en" ? await ReadAsync(document, reading, abandon).ConfigureAwait(false) : new(document, null, $"in another language ({document.Language}); only English is read");
                (toRead, toCommit) = (watch.Elapsed, watch.Elapsed);
                admission = await PersistAsync(() => archive.Add(incoming, key), abandon).ConfigureAwait(false);
                toCommit = watch.Elapsed - toCommit;
            }
            await message.AckAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
            await queue.ForgetTextAsync(data).ConfigureAwait(false);
            metrics.Done(admission.ToString().ToLowerInvariant(), toRead, toCommit);
            Interlocked.Increment(ref _done);
        }
        catch (OperationCanceledException)
        {
            // Stopped before it was done: another has it at once.
            await QuietlyAsync(() => GiveBackAsync(TimeSpan.Zero)).ConfigureAwait(false);
            throw;
        }
        catch (ArchiveException e) when (IsNewer())
        {
            await QuietlyAsync(() => GiveBackAsync(TimeSpan.Zero)).ConfigureAwait(false);
            throw new ArchiveException("CH0404", $"{archive.Path}: meanwhile made newer by another Chancery; use that one.", e);
        }
        catch (Exception e) when (e is not (NatsException or TimeoutException or OutOfMemoryException))
        {
            metrics.Failed("document");
            Interlocked.Increment(ref _failed);
            var failed = tries.Failed + 1;
            if (failed < MostFailures && tries.Unanswered < MostUnanswered)
            {
                await queue.NoteAsync(message, tries with { Failed = failed }, CancellationToken.None).ConfigureAwait(false);
                tell(string.Create(CultureInfo.InvariantCulture, $"{name}: {e.Message}; tried again later ({failed} of {MostFailures})."));
                await message.NakAsync(new AckOpts { NakDelay = options.BackOff[Math.Min(failed, options.BackOff.Count) - 1] }, CancellationToken.None).ConfigureAwait(false);
                return;
            }
            var number = message.Metadata?.Sequence.Stream ?? 0;
            await queue.BuryAsync(
                new() { Id = name, Error = $"{(e as ArchiveException)?.Code ?? e.GetType().Name}: {e.Message}", Deliveries = tries.GivenOut, At = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture), Message = data },
                string.Create(CultureInfo.InvariantCulture, $"dead-{number}"), CancellationToken.None).ConfigureAwait(false);
            await queue.NoteAsync(message, tries with { Failed = failed, IsBuried = true }, CancellationToken.None).ConfigureAwait(false);
            await message.AckTerminateAsync(cancellationToken: CancellationToken.None).ConfigureAwait(false);
            tell($"{name}: {e.Message}; given up, see: chancery queue dead");
        }
        finally
        {
            _held.TryRemove(message, out _);
        }

        // No failure of the document's: it counts towards nothing.
        async Task GiveBackAsync(TimeSpan wait)
        {
            await queue.NoteAsync(message, tries with { GivenBack = tries.GivenBack + 1 }, CancellationToken.None).ConfigureAwait(false);
            await message.NakAsync(new AckOpts { NakDelay = wait }, CancellationToken.None).ConfigureAwait(false);
        }

        bool IsNewer()
        {
            try
            {
                return archive.IsNewer;
            }
            catch (ArchiveException)
            {
                return false;
            }
        }
    }

    private async Task<Incoming> ReadAsync(Document document, SemaphoreSlim reading, CancellationToken abandon)
    {
        await reading.WaitAsync(abandon).ConfigureAwait(false);
        try
        {
            var record = read(document, abandon);
            // A report that does not say when it was published may have a dateline, which reading finds.
            return new(record.Document, record);
        }
        finally
        {
            reading.Release();
        }
    }

    /// <summary>Does something with the archive, and where its server is gone or full, does it again until it is back: that is no fault of the document.</summary>
    private async Task<T> PersistAsync<T>(Func<T> work, CancellationToken abandon)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return work();
            }
            catch (ArchiveException e) when (e.Code is "CH0405" or "CH0406" or "CH0407" or "CH0430" or "CH0431" or "CH0433")
            {
                if (tries == 0)
                    tell($"{e.Code} {e.Message} This worker goes on trying.");
                var wait = TimeSpan.FromMilliseconds(Math.Min(LongestWait.TotalMilliseconds, 200 << Math.Min(tries, 10)));
                await Task.Delay(wait, clock, abandon).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Says of all documents in work that they are, so that nobody else is given them.</summary>
    private async Task BeatAsync(CancellationToken over)
    {
        while (!over.IsCancellationRequested)
        {
            await Task.Delay(queue.AckWait / 3, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            foreach (var message in _held.Keys)
            {
                if (!over.IsCancellationRequested)
                    await QuietlyAsync(() => message.AckProgressAsync(cancellationToken: over).AsTask()).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Says that this worker is there.</summary>
    private async Task SayAsync(CancellationToken over)
    {
        var version = Assembly.GetEntryAssembly()?.GetName().Version?.ToString(3) ?? "0";
        var (before, at) = (0L, clock.GetTimestamp());
        var rate = 0.0;
        while (!over.IsCancellationRequested)
        {
            await QuietlyAsync(() => queue.SayAsync(new() { Name = Name, Version = version, Threads = options.Threads, Read = Done, Failed = Failures, Rate = Math.Round(rate, 2), At = clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture) }, over)).ConfigureAwait(false);
            await Task.Delay(SayEvery, clock, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var now = clock.GetTimestamp();
            rate = (Done - before) / clock.GetElapsedTime(at, now).TotalSeconds;
            (before, at) = (Done, now);
        }
    }

    private Task SweepAsync(CancellationToken stop) => queue.SweepAsync(document => PersistAsync(() => archive.Has(document), stop), stop);

    private async Task SweepOftenAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(SweepEvery, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!stop.IsCancellationRequested)
                await QuietlyAsync(() => SweepAsync(stop)).ConfigureAwait(false);
        }
    }

    /// <summary>Brings views up to date; many workers share that, each with groups that no other has.</summary>
    private async Task MergeAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await Task.Delay(options.MergeEvery, clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            try
            {
                await Task.Run(() => archive.Merge(null, stop), CancellationToken.None).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (ArchiveException)
            {
                // The next time.
            }
        }
    }

    private static async Task QuietlyAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or OperationCanceledException or TimeoutException or IOException or ObjectDisposedException)
        {
            // The server is away; nothing depends on it.
        }
    }
}
