using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Chancery.Archive;
using Chancery.Lexicon;
using Chancery.Records;
using Chancery.Tests.Servers;
using Chancery.Workers;
using Xunit;
using Record = Chancery.Records.Record;

namespace Chancery.EndToEnd;

/// <summary>What becomes of a document that does not go through at once, with a real queue and a reader that does as told.</summary>
public sealed class QueueTests : IDisposable
{
    private static readonly Lazy<WorldLexicon> Lexicon = new(() => WorldLexicon.Load());

    private readonly string _folder = Directory.CreateTempSubdirectory("chancery-queue-").FullName;
    private readonly NatsServer? _nats = NatsServer.Start();
    private readonly List<string> _told = [];

    public QueueTests() => Assert.SkipWhen(_nats is null, NatsServer.Missing);

    public void Dispose()
    {
        _nats?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task What_fails_five_times_is_given_up_and_begins_anew_when_it_is_put_back()
    {
        await using var queue = await OpenAsync();
        using var archive = Open();
        await queue.PublishAsync(Report("one"), TestContext.Current.CancellationToken);
        var times = 0;
        await WorkAsync(queue, archive, (document, _) => ++times > 0 ? throw new InvalidDataException("a sentence without an end") : Empty(document), untilEmpty: true);
        Assert.Equal(DocumentWorker.MostFailures, times);
        var letter = Assert.Single(await DeadAsync(queue));
        Assert.Equal("one", letter.Document);
        Assert.Equal("InvalidDataException: a sentence without an end", letter.Error);
        Assert.Equal(0, archive.Info().Documents);

        Assert.Equal([letter.Number], await queue.RetryAsync([letter.Number], TestContext.Current.CancellationToken));
        await WorkAsync(queue, archive, (document, _) => ++times < 10 ? throw new InvalidDataException("once more") : Empty(document), untilEmpty: true);
        Assert.Equal(10, times);
        Assert.Empty(await DeadAsync(queue));
        Assert.Equal(1, archive.Info().Documents);
    }

    [Fact]
    public async Task Workers_that_are_stopped_do_not_count_against_what_they_had()
    {
        await using var queue = await OpenAsync();
        using var archive = Open();
        await queue.PublishAsync(Report("one"), TestContext.Current.CancellationToken);
        for (var n = 0; n <= DocumentWorker.MostUnanswered; n++)
        {
            using var stop = new CancellationTokenSource();
            await WorkAsync(queue, archive, (document, abandon) =>
            {
                stop.Cancel();
                abandon.WaitHandle.WaitOne();
                abandon.ThrowIfCancellationRequested();
                return Empty(document);
            }, untilEmpty: false, stop.Token);
        }
        var times = 0;
        await WorkAsync(queue, archive, (document, _) => ++times == 1 ? throw new InvalidDataException("not today") : Empty(document), untilEmpty: true);
        Assert.Equal(2, times);
        Assert.Empty(await DeadAsync(queue));
        Assert.Equal(1, archive.Info().Documents);
    }

    [Fact]
    public async Task What_a_newer_program_sent_is_left_to_newer_workers_however_often_it_comes()
    {
        await using var queue = await OpenAsync();
        using var archive = Open();
        Send("Chancery-Form: chancery/document/99", "from the future");
        using var stop = new CancellationTokenSource();
        var work = WorkAsync(queue, archive, (document, _) => Empty(document), untilEmpty: false, stop.Token);
        var info = await queue.InfoAsync(TestContext.Current.CancellationToken);
        // Well beyond the number at which what is given out and never answered is given up.
        for (var n = 0; n < 100 && info.Dead == 0; n++)
        {
            await Task.Delay(25, TestContext.Current.CancellationToken);
            info = await queue.InfoAsync(TestContext.Current.CancellationToken);
        }
        await stop.CancelAsync();
        await work;
        Assert.Equal((1, 1, 0), (info.Depth, info.Redelivered, info.Dead));
        Assert.Empty(_told);
    }

    private static Document Report(string id) => new(id, "Ruritania recalled its ambassador from Freedonia.");

    private static Record Empty(Document document) => new(document, [], [], []);

    private static async Task<List<DeadLetter>> DeadAsync(QueueServer queue)
    {
        var letters = new List<DeadLetter>();
        await foreach (var letter in queue.DeadAsync(TestContext.Current.CancellationToken))
            letters.Add(letter);
        return letters;
    }

    private async Task<QueueServer> OpenAsync() => await QueueServer.OpenAsync(new() { Address = _nats!.Address, AckWait = TimeSpan.FromSeconds(30) }, TestContext.Current.CancellationToken);

    private Archive.Archive Open() => Archive.Archive.Open(Path.Combine(_folder, "archive.db"), Lexicon.Value);

    private async Task WorkAsync(QueueServer queue, Archive.Archive archive, Func<Document, CancellationToken, Record> read, bool untilEmpty, CancellationToken stop = default)
    {
        var soon = TimeSpan.FromMilliseconds(20);
        await new DocumentWorker(queue, archive, read, new() { Threads = 1, UntilEmpty = untilEmpty, BackOff = [soon], Grace = soon, MergeEvery = TimeSpan.Zero }, TimeProvider.System, _told.Add).RunAsync(stop);
    }

    /// <summary>Publishes by the server's own protocol, as no version of the command does yet.</summary>
    private void Send(string header, string data)
    {
        var head = $"NATS/1.0\r\n{header}\r\n\r\n";
        Say(string.Create(CultureInfo.InvariantCulture, $"HPUB chancery.documents {head.Length} {head.Length + data.Length}\r\n{head}{data}"), "PONG");
    }

    private string Say(string words, string until)
    {
        using var client = new TcpClient("127.0.0.1", _nats!.Port) { ReceiveTimeout = 10_000 };
        client.GetStream().Write(Encoding.ASCII.GetBytes($"CONNECT {{\"verbose\":false,\"headers\":true}}\r\n{words}\r\nPING\r\n"));
        var answer = new byte[65536];
        var said = "";
        while (!said.Contains(until, StringComparison.Ordinal))
        {
            said += Encoding.ASCII.GetString(answer, 0, client.GetStream().Read(answer));
            // What is said before anything is asked.
            if (said.StartsWith("INFO ", StringComparison.Ordinal) && said.IndexOf('\n', StringComparison.Ordinal) is > 0 and var end)
                said = said[(end + 1)..];
        }
        return said;
    }
}
