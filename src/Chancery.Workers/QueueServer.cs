using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Chancery.Records;
using NATS.Client.Core;
using NATS.Client.JetStream;
using NATS.Client.JetStream.Models;
using NATS.Client.KeyValueStore;
using NATS.Client.ObjectStore;
using NATS.Net;

namespace Chancery.Workers;

/// <summary>How a queue is reached and kept.</summary>
public sealed record QueueOptions
{
    /// <summary>The NATS server, or several with commas: <c>nats://user:password@host:4222</c>. Default: this machine.</summary>
    public string Address { get; init; } = "nats://127.0.0.1:4222";

    /// <summary>A file of NATS credentials; null for none.</summary>
    public string? Credentials { get; init; }

    /// <summary>On how many servers each message is kept, where the queue is made. From 1 to 5. Default: 1.</summary>
    public int Replicas { get; init; } = 1;

    /// <summary>For how long a worker may say nothing of a document before another has it. Default: one minute.</summary>
    public TimeSpan AckWait { get; init; } = TimeSpan.FromMinutes(1);
}

/// <summary>How a queue stands.</summary>
/// <param name="Depth">Documents that are not in the archive yet.</param>
/// <param name="InWork">Of these, those that workers have.</param>
/// <param name="Redelivered">Of these, those that were given out before.</param>
/// <param name="Dead">Documents that could not be read.</param>
/// <param name="Oldest">When the oldest was published; null where there is none.</param>
/// <param name="Workers">Those that said something of themselves within half a minute.</param>
public sealed record QueueInfo(long Depth, long InWork, long Redelivered, long Dead, DateTimeOffset? Oldest, IReadOnlyList<WorkerStatus> Workers);

/// <summary>A document that could not be read.</summary>
/// <param name="Number">By which it is retried.</param>
/// <param name="Document">Its name.</param>
/// <param name="Error">Why.</param>
/// <param name="Deliveries">How many times it was given out.</param>
/// <param name="At">When it was given up, ISO 8601, UTC.</param>
public sealed record DeadLetter(ulong Number, string Document, string Error, int Deliveries, string At);

/// <summary>Documents on their way to workers: a JetStream work queue, a stream for those that could not be read, an object store for large texts.</summary>
public sealed class QueueServer : IAsyncDisposable
{
    internal const string FormHeader = "Chancery-Form", Subject = "chancery.documents", DeadSubject = "chancery.dead", Documents = "CHANCERY_DOCUMENTS", Dead = "CHANCERY_DEAD", Texts = "chancery-texts", Workers = "chancery-workers", Attempts = "chancery-attempts", Consumer = "workers";

    // Packed bytes that go in a message; servers take a megabyte unless told otherwise.
    private const int LargestMessage = 256 * 1024;

    // How long the server remembers which documents it has, so as to drop a second one.
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(1), Fresh = TimeSpan.FromSeconds(30), Month = TimeSpan.FromDays(30);

    private readonly NatsConnection _connection;
    private readonly QueueOptions _options;
    private readonly NatsJSContext _stream;

    // One sweeps at a time, and remembers since when it has seen a document that is done and yet still there.
    private readonly SemaphoreSlim _sweeping = new(1);
    private readonly Dictionary<ulong, long> _kept = [];
    private INatsObjStore _texts = null!;
    private INatsKVStore _workers = null!, _attempts = null!;

    private QueueServer(NatsConnection connection, QueueOptions options) => (_connection, _options, _stream) = (connection, options, new(connection));

    /// <summary>The server, as people are told it: never with a password.</summary>
    public string Name => NameOf(_options.Address);

    internal NatsConnection Connection => _connection;

    internal NatsJSContext Stream => _stream;

    internal TimeSpan AckWait => _options.AckWait;

    /// <summary>Connects, and makes the streams where they are missing.</summary>
    /// <exception cref="QueueException">The server cannot be reached, refuses the account, or has no JetStream.</exception>
    public static async Task<QueueServer> OpenAsync(QueueOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        foreach (var address in options.Address.Split(','))
        {
            if (!Uri.TryCreate(address.Trim(), UriKind.Absolute, out var uri) || uri.Scheme is not ("nats" or "tls" or "ws" or "wss"))
                throw new QueueException("CH0604", $"--queue {NameOf(address)}: not a NATS server's address; write it as nats://host:4222");
        }
        var connection = new NatsConnection(new NatsOpts
        {
            Url = options.Address,
            Name = "chancery",
            AuthOpts = options.Credentials is { } file ? new NatsAuthOpts { CredsFile = file } : NatsAuthOpts.Default,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            RequestTimeout = TimeSpan.FromSeconds(10),
            CommandTimeout = TimeSpan.FromSeconds(10),
            PingInterval = TimeSpan.FromSeconds(10),
            ReconnectWaitMax = TimeSpan.FromSeconds(2),
            MaxReconnectRetry = -1,
        });
        var queue = new QueueServer(connection, options);
        try
        {
            await connection.ConnectAsync().ConfigureAwait(false);
            await queue.MakeAsync(cancellationToken).ConfigureAwait(false);
            return queue;
        }
        catch (Exception e) when (e is NatsException or IOException or TimeoutException)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw queue.Explain(e);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>What the server met, in words that say what to do.</summary>
    public QueueException Explain(Exception e)
    {
        ArgumentNullException.ThrowIfNull(e);
        var message = string.Join(": ", Chain(e).Select(i => i.Message.TrimEnd('.')).Distinct(StringComparer.Ordinal));
        return e switch
        {
            QueueException known => known,
            _ when message.Contains("auth", StringComparison.OrdinalIgnoreCase) || message.Contains("permission", StringComparison.OrdinalIgnoreCase) => new("CH0602", $"{Name}: the server refuses the account ({message}); check user, password and credentials.", e),
            NatsJSApiException { Error.ErrCode: 10047 or 10023 or 10077 or 10122 } => new("CH0605", $"{Name}: the queue's disk is full, or as full as it may be ({message}). What was published is kept; make room and repeat the command: what is there already is dropped.", e),
            NatsNoRespondersException or NatsJSApiException { Error.ErrCode: 10076 or 10039 } => new("CH0603", $"{Name}: the server has no JetStream ({message}); start it with: nats-server -js -sd FOLDER", e),
            NatsJSApiException { Error.Code: 503 } => new("CH0605", $"{Name}: the queue takes nothing now ({message}); is its disk full, or have too few of its servers come up?", e),
            _ => new("CH0601", $"{Name}: the queue's server cannot be reached or went away ({message}); is it running, and are host and port right?", e),
        };
    }

    /// <summary>Publishes a document. One that was published within a day is dropped.</summary>
    /// <returns>Whether it is new.</returns>
    public async Task<bool> PublishAsync(Document document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var hash = QueuedDocument.HashOf(document);
        var queued = QueuedDocument.Of(document);
        var packed = queued.Pack();
        string? large = null;
        if (packed.Length > LargestMessage)
        {
            // A name of its own, so that a worker who is done with one does not take away another's.
            large = $"{hash}-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6))}";
            await _texts.PutAsync(large, packed, cancellationToken).ConfigureAwait(false);
            packed = (queued with { Text = null, Object = large }).Pack();
        }
        var answer = await _stream.PublishAsync(Subject, packed, NatsRawSerializer<byte[]>.Default, new NatsJSPubOpts { MsgId = hash, RetryAttempts = 3, RetryWaitBetweenAttempts = TimeSpan.FromSeconds(1) }, new NatsHeaders { [FormHeader] = QueuedDocument.Form }, cancellationToken).ConfigureAwait(false);
        Succeeded(answer);
        if (answer.Duplicate && large is not null)
            await _texts.DeleteAsync(large, cancellationToken).ConfigureAwait(false);
        return !answer.Duplicate;
    }

    /// <summary>How the queue stands.</summary>
    public async Task<QueueInfo> InfoAsync(CancellationToken cancellationToken = default)
    {
        var stream = (await _stream.GetStreamAsync(Documents, cancellationToken: cancellationToken).ConfigureAwait(false)).Info.State;
        var consumer = (await _stream.GetConsumerAsync(Documents, Consumer, cancellationToken).ConfigureAwait(false)).Info;
        var dead = (await _stream.GetStreamAsync(Dead, cancellationToken: cancellationToken).ConfigureAwait(false)).Info.State;
        var workers = new List<WorkerStatus>();
        await foreach (var key in _workers.GetKeysAsync(cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            var entry = await _workers.TryGetEntryAsync<byte[]>(key, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken).ConfigureAwait(false);
            if (entry is { Success: true, Value.Value: { Length: > 0 } said } && JsonSerializer.Deserialize(said, QueueJson.Default.WorkerStatus) is { } worker)
                workers.Add(worker);
        }
        return new(stream.Messages, Math.Min(consumer.NumAckPending, Math.Max(0, stream.Messages - (long)consumer.NumPending)), consumer.NumRedelivered, dead.Messages, stream.Messages > 0 && DateTimeOffset.TryParse(stream.FirstTs, CultureInfo.InvariantCulture, out var oldest) ? oldest : null, [.. workers.OrderBy(w => w.Name, StringComparer.Ordinal)]);
    }

    /// <summary>
    /// How many documents are not in the archive yet. Asked of the stream: a server that was killed may count documents as given out, for
    /// good, that it no longer has.
    /// </summary>
    public async Task<long> DepthAsync(CancellationToken cancellationToken = default) =>
        (await _stream.GetStreamAsync(Documents, cancellationToken: cancellationToken).ConfigureAwait(false)).Info.State.Messages;

    /// <summary>
    /// Looks after messages that the server has and gives to nobody: killed between an answer and writing it down, it holds them for answered
    /// and yet keeps them. Those that are in the archive are taken away, others are published again.
    /// </summary>
    /// <param name="isDone">Whether a document is in the archive.</param>
    /// <param name="cancellationToken">Stops between two.</param>
    internal async Task SweepAsync(Func<Document, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        if (!await _sweeping.WaitAsync(0, cancellationToken).ConfigureAwait(false))
            return;
        try
        {
            var stream = await _stream.GetStreamAsync(Documents, cancellationToken: cancellationToken).ConfigureAwait(false);
            var consumer = (await _stream.GetConsumerAsync(Documents, Consumer, cancellationToken).ConfigureAwait(false)).Info;
            var (floor, given) = (consumer.AckFloor.StreamSeq, consumer.Delivered.StreamSeq);
            foreach (var gone in _kept.Keys.Where(n => n < stream.Info.State.FirstSeq).ToList())
                _kept.Remove(gone);
            for (var number = stream.Info.State.FirstSeq; stream.Info.State.Messages > 0 && number <= given; number++)
            {
                StreamMsgGetResponse found;
                try
                {
                    // The next that is still there: between two of them there may be millions that are not.
                    found = await stream.GetAsync(new StreamMsgGetRequest { Seq = number, NextBySubj = Subject }, cancellationToken).ConfigureAwait(false);
                }
                catch (NatsJSApiException e) when (e.Error.Code == 404)
                {
                    break;
                }
                if ((number = found.Message.Seq) > given)
                    break;
                await SweepAsync(stream, found.Message, isSettled: number <= floor, isDone, cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _sweeping.Release();
        }
    }

    private async Task SweepAsync(INatsJSStream stream, StoredMessage message, bool isSettled, Func<Document, Task<bool>> isDone, CancellationToken cancellationToken)
    {
        var data = message.Data.ToArray();
        bool done;
        try
        {
            done = await TriesAsync(KeyOf(message.Seq, message.Time), cancellationToken).ConfigureAwait(false) is { IsBuried: true } || await isDone(await DocumentOfAsync(data, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);
        }
        catch (InvalidDataException)
        {
            done = false;
        }
        // Not all before it are answered, or the server has lost count: it may be in work or wait for another try. But what is done and is still there
        // after the server should have given it out again, to somebody who would have said so, is given to nobody.
        if (!isSettled && (!done || Stopwatch.GetElapsedTime(_kept.TryGetValue(message.Seq, out var since) ? since : _kept[message.Seq] = Stopwatch.GetTimestamp()) < 2 * _options.AckWait))
            return;
        if (!done)
        {
            var answer = await _stream.PublishAsync(Subject, data, NatsRawSerializer<byte[]>.Default, new NatsJSPubOpts { MsgId = string.Create(CultureInfo.InvariantCulture, $"again-{message.Seq}-{stream.Info.Created:O}") }, new NatsHeaders { [FormHeader] = QueuedDocument.Form }, cancellationToken).ConfigureAwait(false);
            Succeeded(answer);
        }
        await _stream.DeleteMessageAsync(Documents, new StreamMsgDeleteRequest { Seq = message.Seq }, cancellationToken).ConfigureAwait(false);
        _kept.Remove(message.Seq);
    }

    /// <summary>The documents that could not be read, the oldest first.</summary>
    public async IAsyncEnumerable<DeadLetter> DeadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var (number, dead) in DeadDocumentsAsync(cancellationToken).ConfigureAwait(false))
            yield return new(number, dead.Id, dead.Error, dead.Deliveries, dead.At);
    }

    /// <summary>Puts documents that could not be read back into the queue.</summary>
    /// <param name="numbers">Which; null for all.</param>
    /// <param name="cancellationToken">Stops between two.</param>
    /// <returns>The numbers of those that were put back.</returns>
    public async Task<IReadOnlyList<ulong>> RetryAsync(IReadOnlyCollection<ulong>? numbers, CancellationToken cancellationToken = default)
    {
        var done = new List<ulong>();
        await foreach (var (number, dead) in DeadDocumentsAsync(cancellationToken).ConfigureAwait(false))
        {
            if (numbers is not null && !numbers.Contains(number))
                continue;
            var answer = await _stream.PublishAsync(Subject, dead.Message, NatsRawSerializer<byte[]>.Default, new NatsJSPubOpts { MsgId = string.Create(CultureInfo.InvariantCulture, $"retry-{number}-{dead.At}") }, new NatsHeaders { [FormHeader] = QueuedDocument.Form }, cancellationToken).ConfigureAwait(false);
            Succeeded(answer);
            await _stream.DeleteMessageAsync(Dead, new StreamMsgDeleteRequest { Seq = number }, cancellationToken).ConfigureAwait(false);
            done.Add(number);
        }
        return done;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync().ConfigureAwait(false);
        _sweeping.Dispose();
    }

    internal static string NameOf(string address) => string.Join(',', address.Split(',').Select(a => a.Contains('@', StringComparison.Ordinal) ? $"{a[..(a.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? at + 3 : 0)]}{a[(a.LastIndexOf('@') + 1)..]}" : a));

    internal async Task<INatsJSConsumer> WorkersConsumerAsync(CancellationToken cancellationToken) => await _stream.GetConsumerAsync(Documents, Consumer, cancellationToken).ConfigureAwait(false);

    internal async Task<Document> DocumentOfAsync(byte[] packed, CancellationToken cancellationToken)
    {
        var queued = QueuedDocument.Unpack(packed);
        if (queued.Object is not { } large)
            return queued.ToDocument(queued.Text ?? throw new InvalidDataException("a message without a text"));
        try
        {
            return queued.ToDocument(QueuedDocument.Unpack(await _texts.GetBytesAsync(large, cancellationToken).ConfigureAwait(false)).Text ?? throw new InvalidDataException("an object without a text"));
        }
        catch (NatsObjNotFoundException e)
        {
            throw new InvalidDataException("its text is no longer in the object store; enqueue it again", e);
        }
    }

    /// <summary>Takes away what only a message that is done with needed.</summary>
    internal async Task ForgetTextAsync(byte[] packed)
    {
        try
        {
            if (QueuedDocument.Unpack(packed).Object is { } large)
                await _texts.DeleteAsync(large).ConfigureAwait(false);
        }
        catch (Exception e) when (e is NatsException or InvalidDataException)
        {
            // Left over where the server went away just then; the store lets go of what is a month old.
        }
    }

    internal async Task BuryAsync(DeadDocument dead, string id, CancellationToken cancellationToken)
    {
        var answer = await _stream.PublishAsync(DeadSubject, JsonSerializer.SerializeToUtf8Bytes(dead, QueueJson.Default.DeadDocument), NatsRawSerializer<byte[]>.Default, new NatsJSPubOpts { MsgId = id }, cancellationToken: cancellationToken).ConfigureAwait(false);
        Succeeded(answer);
    }

    /// <summary>What became of a document so far. The server counts only how often it was given out, which says nothing of who was at fault.</summary>
    internal async Task<Tries> TriesAsync(INatsJSMsg<byte[]> message, CancellationToken cancellationToken)
    {
        var givenOut = (int)(message.Metadata?.NumDelivered ?? 1);
        if (givenOut <= 1)
            return Tries.None;
        return (await TriesAsync(KeyOf(message), cancellationToken).ConfigureAwait(false) ?? Tries.None) with { GivenOut = givenOut };
    }

    private async Task<Tries?> TriesAsync(string key, CancellationToken cancellationToken)
    {
        var entry = await _attempts.TryGetEntryAsync<byte[]>(key, serializer: NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken).ConfigureAwait(false);
        return entry is { Success: true, Value.Value: { Length: > 0 } noted } ? JsonSerializer.Deserialize(noted, QueueJson.Default.Tries) : null;
    }

    /// <summary>Writes down what became of a document.</summary>
    internal async Task NoteAsync(INatsJSMsg<byte[]> message, Tries tries, CancellationToken cancellationToken) =>
        await _attempts.PutAsync(KeyOf(message), JsonSerializer.SerializeToUtf8Bytes(tries, QueueJson.Default.Tries), NatsRawSerializer<byte[]>.Default, cancellationToken: cancellationToken).ConfigureAwait(false);

    internal async Task SayAsync(WorkerStatus status, CancellationToken cancellationToken) =>
        await _workers.PutAsync(KeyOf(status.Name), JsonSerializer.SerializeToUtf8Bytes(status, QueueJson.Default.WorkerStatus), NatsRawSerializer<byte[]>.Default, cancellationToken).ConfigureAwait(false);

    internal async Task GoAsync(string name, CancellationToken cancellationToken) => await _workers.DeleteAsync(KeyOf(name), cancellationToken: cancellationToken).ConfigureAwait(false);

    /// <summary>A second one that the server drops is no failure: it has the first.</summary>
    private static void Succeeded(PubAckResponse answer)
    {
        if (!answer.Duplicate)
            answer.EnsureSuccess();
    }

    // With its time, since numbers begin anew where somebody makes the stream anew.
    private static string KeyOf(ulong number, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{number}-{at.ToUnixTimeMilliseconds()}");

    private static string KeyOf(INatsJSMsg<byte[]> message) => message.Metadata is { } about ? KeyOf(about.Sequence.Stream, about.Timestamp) : "";

    private static string KeyOf(string name) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];

    private static IEnumerable<Exception> Chain(Exception? e)
    {
        for (; e is not null; e = e.InnerException)
            yield return e;
    }

    private async Task MakeAsync(CancellationToken cancellationToken)
    {
        await EnsureAsync(new StreamConfig(Documents, [Subject]) { Retention = StreamConfigRetention.Workqueue, Storage = StreamConfigStorage.File, Discard = StreamConfigDiscard.New, DuplicateWindow = Remembered, NumReplicas = _options.Replicas }, cancellationToken).ConfigureAwait(false);
        await EnsureAsync(new StreamConfig(Dead, [DeadSubject]) { Storage = StreamConfigStorage.File, Discard = StreamConfigDiscard.New, NumReplicas = _options.Replicas }, cancellationToken).ConfigureAwait(false);
        try
        {
            _ = await _stream.GetConsumerAsync(Documents, Consumer, cancellationToken).ConfigureAwait(false) is { } there && there.Info.Config.AckWait == _options.AckWait ? 0 : throw new NatsJSException("another wait");
        }
        catch (NatsJSException)
        {
            await _stream.CreateOrUpdateConsumerAsync(Documents, new ConsumerConfig(Consumer)
            {
                AckPolicy = ConsumerConfigAckPolicy.Explicit, AckWait = _options.AckWait, MaxAckPending = 20_000, MaxDeliver = -1,
            }, cancellationToken).ConfigureAwait(false);
        }
        var objects = new NatsObjContext(_stream);
        try
        {
            _texts = await objects.GetObjectStoreAsync(Texts, cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException)
        {
            _texts = await objects.CreateObjectStoreAsync(new NatsObjConfig(Texts) { Storage = NatsObjStorageType.File, NumberOfReplicas = _options.Replicas, MaxAge = Month }, cancellationToken).ConfigureAwait(false);
        }
        (_workers, _attempts) = (await StoreAsync(Workers, Fresh).ConfigureAwait(false), await StoreAsync(Attempts, Month).ConfigureAwait(false));

        async Task<INatsKVStore> StoreAsync(string name, TimeSpan age)
        {
            var keys = new NatsKVContext(_stream);
            try
            {
                return await keys.GetStoreAsync(name, cancellationToken).ConfigureAwait(false);
            }
            catch (NatsJSApiException)
            {
                return await keys.CreateStoreAsync(new NatsKVConfig(name) { MaxAge = age, Storage = NatsKVStorageType.File, NumberOfReplicas = _options.Replicas }, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task EnsureAsync(StreamConfig wanted, CancellationToken cancellationToken)
    {
        try
        {
            await _stream.GetStreamAsync(wanted.Name!, cancellationToken: cancellationToken).ConfigureAwait(false);
        }
        catch (NatsJSApiException e) when (e.Error.Code == 404)
        {
            await _stream.CreateOrUpdateStreamAsync(wanted, cancellationToken).ConfigureAwait(false);
        }
    }

    private async IAsyncEnumerable<(ulong Number, DeadDocument Dead)> DeadDocumentsAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var stream = await _stream.GetStreamAsync(Dead, cancellationToken: cancellationToken).ConfigureAwait(false);
        var (first, last, count) = (stream.Info.State.FirstSeq, stream.Info.State.LastSeq, stream.Info.State.Messages);
        for (var number = first; count > 0 && number <= last; number++)
        {
            StreamMsgGetResponse found;
            try
            {
                found = await stream.GetAsync(new StreamMsgGetRequest { Seq = number, NextBySubj = DeadSubject }, cancellationToken).ConfigureAwait(false);
            }
            catch (NatsJSApiException e) when (e.Error.Code == 404)
            {
                break;
            }
            number = found.Message.Seq;
            if (JsonSerializer.Deserialize(found.Message.Data.Span, QueueJson.Default.DeadDocument) is { } dead)
                yield return (number, dead);
        }
    }
}
