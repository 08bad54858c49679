using System.Diagnostics.Metrics;

namespace Chancery.Workers;

/// <summary>What a worker counts, for OpenTelemetry.</summary>
public sealed class WorkerMetrics : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string Name = "Chancery.Workers";

    private readonly Meter _meter = new(Name);
    private readonly Counter<long> _documents;
    private readonly Counter<long> _failures;
    private readonly Histogram<double> _reading;
    private readonly Histogram<double> _committing;

    /// <summary>Makes the instruments.</summary>
    /// <param name="inWork">Asked how many documents are in work.</param>
    public WorkerMetrics(Func<int> inWork)
    {
        _documents = _meter.CreateCounter<long>("chancery.worker.documents", "{document}", "Documents that went into the archive, by what became of them.");
        _failures = _meter.CreateCounter<long>("chancery.worker.failures", "{failure}", "Documents given back or given up, by why.");
        _reading = _meter.CreateHistogram<double>("chancery.worker.reading", "s", "From a text to its record.");
        _committing = _meter.CreateHistogram<double>("chancery.worker.committing", "s", "From a record to the archive.");
        _meter.CreateObservableGauge("chancery.worker.in_work", inWork, "{document}", "Documents in work.");
    }

    internal void Done(string admission, TimeSpan reading, TimeSpan committing)
    {
        _documents.Add(1, new KeyValuePair<string, object?>("admission", admission));
        _reading.Record(reading.TotalSeconds);
        _committing.Record(committing.TotalSeconds);
    }

    internal void Failed(string why) => _failures.Add(1, new KeyValuePair<string, object?>("why", why));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
