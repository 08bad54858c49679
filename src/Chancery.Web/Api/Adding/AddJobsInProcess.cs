using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Chancery.Archive;
using Chancery.Formats.Intake;
using Chancery.Records;
using Chancery.Web.Api.Shapes;
using Chancery.Web.Serving;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Chancery.Web.Api.Adding;

/// <summary>Jobs that live as long as the server.</summary>
internal sealed partial class AddJobsInProcess(Archive.Archive archive, ReadingParts reading, ServeOptions options, Fetcher fetcher, IHostApplicationLifetime life, ILogger<AddJobsInProcess> log) : IAddJobs, IAsyncDisposable
{
    // What waits holds its bytes in memory.
    private const int MostWaiting = 20, MostFetching = 10, MostKept = 1000;

    private readonly SemaphoreSlim _turns = new(Math.Max(1, options.Threads));
    private readonly ConcurrentDictionary<string, Job> _jobs = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _order = new();
    private readonly ConcurrentDictionary<string, Task> _running = new(StringComparer.Ordinal);
    private int _waiting, _fetching;

    public IAddJob? Start(ToAdd what)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        // Sites that never answer must not keep those out who have a text.
        if (what.Url is not null && Interlocked.Increment(ref _fetching) > MostFetching)
        {
            Interlocked.Decrement(ref _fetching);
            Interlocked.Decrement(ref _waiting);
            return null;
        }
        var job = new Job(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        _jobs[job.Id] = job;
        _order.Enqueue(job.Id);
        while (_order.Count > MostKept && _order.TryDequeue(out var oldest))
            _jobs.TryRemove(oldest, out _);
        _running[job.Id] = Task.Run(() => RunAsync(job, what, life.ApplicationStopping));
        return job;
    }

    public IAddJob? Find(string id) => _jobs.GetValueOrDefault(id);

    /// <summary>Waits for what is at work, which ends soon when the server stops, so that nothing asks an archive that is closed.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_running.Values).ConfigureAwait(false);
        _turns.Dispose();
    }

    private async Task RunAsync(Job job, ToAdd what, CancellationToken stop)
    {
        var state = "failed";
        Measured.Jobs.Add(1);
        using var span = Measured.Work.StartActivity("job");
        try
        {
            // A site that is slow keeps nobody from reading.
            var found = await FoundAsync(what, stop).ConfigureAwait(false);
            await _turns.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                job.Begin();
                var added = false;
                foreach (var (document, problem) in found)
                    added |= Add(job, document is null ? null : document with { Title = document.Title ?? what.Title, Published = document.Published ?? what.Published, Publisher = document.Publisher ?? what.Publisher }, problem, stop);
                using (Measured.Work.StartActivity("merge"))
                    archive.Merge(null, stop);
                job.Step(new() { What = "merged", Document = null, Code = null, Detail = null });
                state = added ? "done" : "failed";
            }
            finally
            {
                _turns.Release();
            }
        }
        catch (OperationCanceledException)
        {
            job.Step(Failed(new("CH0500", "The server was stopped before all was read; add it again.")));
        }
        catch (ArchiveException e)
        {
            job.Step(Failed(new(e.Code, e.Message)));
        }
#pragma warning disable CA1031 // Nobody awaits a job: whatever goes wrong must be told by it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogFailure(log, job.Id, e);
            job.Step(Failed(new("CH0500", "Something went wrong here; what was archived is safe. The server's log says more.")));
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
            if (what.Url is not null)
                Interlocked.Decrement(ref _fetching);
            _running.TryRemove(job.Id, out _);
            Measured.Jobs.Add(-1);
            span?.SetTag("state", state);
            job.End(state);
        }
    }

    private bool Add(Job job, Document? document, Problem? problem, CancellationToken stop)
    {
        if (document is null)
        {
            Measured.Problems.Add(1, new KeyValuePair<string, object?>("code", problem!.Code));
            job.Step(Failed(problem));
            return false;
        }
        var admission = Admission.Known;
        var key = DocumentKey.Of(document);
        if (!archive.Has(document))
        {
            var record = document.Language == "en" ? Read(document, stop) : null;
            admission = archive.Add(record is null ? new(document, null, $"in another language ({document.Language}); only English is read") : new(record.Document, record), key);
        }
        Measured.Documents.Add(1, new KeyValuePair<string, object?>("became", admission.ToString().ToLowerInvariant()));
        job.Step(new() { What = admission.ToString().ToLowerInvariant(), Document = key, Code = null, Detail = null });
        return true;
    }

    private Record Read(Document document, CancellationToken stop)
    {
        var began = Stopwatch.GetTimestamp();
        using var span = Measured.Work.StartActivity("read");
        var record = reading.Read(document, stop);
        Measured.Reading.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        return record;
    }

    private async Task<IEnumerable<(Document? Document, Problem? Problem)>> FoundAsync(ToAdd what, CancellationToken stop) => what switch
    {
        { Text: { } text } => [(new Document(what.Title ?? "text", text) { Title = what.Title, Language = LanguageGuess.Of(text) ?? "en" }, (Problem?)null)],
        { File: { } file } => DocumentReader.Read(new MemoryStream(file.Bytes), file.Name, file.MediaType, null, stop),
        _ => await FetchedAsync(what.Url!, stop).ConfigureAwait(false),
    };

    private async Task<IEnumerable<(Document?, Problem?)>> FetchedAsync(Uri address, CancellationToken stop)
    {
        return await fetcher.GetAsync(address, stop: stop).ConfigureAwait(false) switch
        {
            FetchResult.Found page => DocumentReader.Read(new MemoryStream(page.Bytes), page.Address.ToString(), page.MediaType, null, stop),
            FetchResult.Refused refused => [(null, refused.Problem)],
            _ => [(null, new Problem("CH0427", $"{address}: gave nothing; try again later."))],
        };
    }

    private static JobStep Failed(Problem problem) => new() { What = "problem", Document = null, Code = problem.Code, Detail = problem.Message };

    [LoggerMessage(Level = LogLevel.Error, Message = "Job {Id} failed")]
    private static partial void LogFailure(ILogger log, string id, Exception error);

    private sealed class Job(string id) : IAddJob
    {
        private readonly Lock _lock = new();
        private readonly List<JobStep> _steps = [];
        private string _state = "waiting";
        private TaskCompletionSource _news = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public string Id => id;

        public JobShape Now
        {
            get
            {
                lock (_lock)
                    return new() { Id = id, State = _state, Steps = [.. _steps] };
            }
        }

        public async IAsyncEnumerable<JobStep> StepsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
        {
            for (var at = 0; ;)
            {
                JobStep[] fresh;
                bool over;
                Task news;
                lock (_lock)
                    (fresh, over, news) = ([.. _steps.Skip(at)], _state is "done" or "failed", _news.Task);
                foreach (var step in fresh)
                    yield return step;
                at += fresh.Length;
                if (over)
                    yield break;
                await news.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
        }

        public void Begin() => Change(() => _state = "reading");

        public void Step(JobStep step) => Change(() => _steps.Add(step));

        public void End(string state) => Change(() => _state = state);

        private void Change(Action change)
        {
            lock (_lock)
            {
                change();
                _news.SetResult();
                _news = new(TaskCreationOptions.RunContinuationsAsynchronously);
            }
        }
    }
}
