using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Chancery.Web.Serving;

/// <summary>What a server measures of its own work, beside what the framework measures of requests. Names of people and words of reports are never among it.</summary>
internal static class Measured
{
    /// <summary>The name of its metrics and traces.</summary>
    public const string Name = "Chancery";

    private static readonly Meter Meter = new(Name);

    /// <summary>Spans of adding reports: the job, and in it each document that is read, added, and merged.</summary>
    public static ActivitySource Work { get; } = new(Name);

    /// <summary>Documents that came in, by what became of them.</summary>
    public static Counter<long> Documents { get; } = Meter.CreateCounter<long>("chancery.documents", "{document}", "Documents that came in, by what became of them.");

    /// <summary>Documents that could not be read, by the code of the problem.</summary>
    public static Counter<long> Problems { get; } = Meter.CreateCounter<long>("chancery.problems", "{document}", "Documents that could not be read, by the code of the problem.");

    /// <summary>How long it took to read a document.</summary>
    public static Histogram<double> Reading { get; } = Meter.CreateHistogram<double>("chancery.reading.duration", "s", "How long it took to read a document.");

    /// <summary>Jobs that wait or are at work.</summary>
    public static UpDownCounter<long> Jobs { get; } = Meter.CreateUpDownCounter<long>("chancery.jobs", "{job}", "Jobs of adding that wait or are at work.");

    /// <summary>What people decided.</summary>
    public static Counter<long> Corrections { get; } = Meter.CreateCounter<long>("chancery.corrections", "{correction}", "What people decided, by what it was.");

    /// <summary>Tries to sign in, by how they ended.</summary>
    public static Counter<long> SignIns { get; } = Meter.CreateCounter<long>("chancery.sign_ins", "{try}", "Tries to sign in: right, wrong, or made to wait.");
}
