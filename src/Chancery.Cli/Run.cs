using System.Diagnostics;
using System.Globalization;
using Chancery.Records;

namespace Chancery.Cli;

/// <summary>
/// Works through documents on several threads and prints what comes of each in the order named. One bad document never
/// stops the rest: its problem is told at the end.
/// </summary>
internal sealed class Run(Terminal terminal, Inputs inputs, int threads) : IDisposable
{
    private readonly SemaphoreSlim _places = new(threads);

    public void Dispose() => _places.Dispose();

    /// <summary>Reads every document and prints what <paramref name="work"/> makes of it.</summary>
    /// <param name="work">From a document to what is printed; called on several threads.</param>
    /// <param name="print">Called in order, on one thread.</param>
    /// <param name="cancellationToken">Stops between documents and within them.</param>
    /// <returns>The exit code: 0, or 1 where a document failed.</returns>
    public async Task<int> EachAsync<T>(Func<Document, CancellationToken, T> work, Action<Document, T> print, CancellationToken cancellationToken)
    {
        var problems = new List<Problem>(inputs.Problems);
        var progress = new Progress(terminal, inputs.Files.Count);
        var window = new Queue<Task<Outcome<T>>>();
        // A window of documents bounds the memory however many there are; wide enough that a long one keeps nobody waiting.
        foreach (var file in inputs.Files)
        {
            if (window.Count >= threads * 4)
                Take(await window.Dequeue().ConfigureAwait(false));
            window.Enqueue(StartAsync(file, work, cancellationToken));
        }
        while (window.Count > 0)
            Take(await window.Dequeue().ConfigureAwait(false));

        progress.End();
        foreach (var problem in problems)
            await terminal.Error.WriteLineAsync($"{problem.Code} {problem.Message}").ConfigureAwait(false);
        if (problems.Count > 0 && inputs.Files.Count > 1)
            await terminal.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{problems.Count} could not be read, the others were.")).ConfigureAwait(false);
        return problems.Count > 0 ? 1 : 0;

        void Take(Outcome<T> outcome)
        {
            if (outcome.Problem is { } problem)
                problems.Add(problem);
            else
                print(outcome.Document!, outcome.Result!);
            progress.Add(outcome.Document?.Text.Length ?? 0);
        }
    }

    private async Task<Outcome<T>> StartAsync<T>(string file, Func<Document, CancellationToken, T> work, CancellationToken cancellationToken)
    {
        await _places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await Task.Run(
                () =>
                {
                    var (document, problem) = inputs.Read(file);
                    return document is null ? new Outcome<T>(null, default, problem) : new(document, work(document, cancellationToken), null);
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _places.Release();
        }
    }

    private sealed record Outcome<T>(Document? Document, T? Result, Problem? Problem);

    /// <summary>A line on standard error for a person who waits: how many, how fast, how long yet.</summary>
    private sealed class Progress(Terminal terminal, int total)
    {
        private const int FromDocuments = 4;
        private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(200);

        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private TimeSpan _shown;
        private int _done;
        private long _characters;

        public void Add(int characters)
        {
            _done++;
            _characters += characters;
            if (!terminal.ShowsProgress || total < FromDocuments || _watch.Elapsed - _shown < Often)
                return;
            _shown = _watch.Elapsed;
            var seconds = _watch.Elapsed.TotalSeconds;
            var left = TimeSpan.FromSeconds(seconds / _done * (total - _done));
            terminal.Error.Write(string.Create(CultureInfo.InvariantCulture,
                $"\r{_done:N0} of {total:N0} documents, {_characters / 1000 / seconds:N0} thousand characters a second, {left:h\\:mm\\:ss} left "));
        }

        public void End()
        {
            if (_shown > TimeSpan.Zero)
                terminal.Error.Write("\r" + new string(' ', 90) + "\r");
        }
    }
}
