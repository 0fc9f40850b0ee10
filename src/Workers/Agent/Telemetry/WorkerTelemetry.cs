using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>
/// Under which names a worker tells what it does. Nothing is made while nobody listens, and no training depends on it.
/// </summary>
public static class WorkerTelemetry
{
    /// <summary>Of the spans' source and of the metrics' meter.</summary>
    public const string Name = "Bitcurve.Worker";

    // The defaults of OpenTelemetry count milliseconds.
    private static readonly InstrumentAdvice<double> Seconds =
        new() { HistogramBucketBoundaries = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10000] };

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);

    internal static Histogram<double> EpochDuration { get; } =
        Meter.CreateHistogram("bitcurve.worker.epoch.duration", "s", "Time to train one epoch.", advice: Seconds);

    internal static Counter<long> Images { get; } =
        Meter.CreateCounter<long>("bitcurve.worker.images", "{image}", "Images trained on.");

    internal static Histogram<double> EvaluationDuration { get; } =
        Meter.CreateHistogram("bitcurve.worker.evaluation.duration", "s", "Time to evaluate a network on one split.", advice: Seconds);

    internal static Histogram<double> JobDuration { get; } =
        Meter.CreateHistogram("bitcurve.worker.job.duration", "s", "Time from a job's lease to its end at this worker.", advice: Seconds);

    internal static Counter<long> UploadSize { get; } =
        Meter.CreateCounter<long>("bitcurve.worker.upload.size", "By", "Bytes of artifacts that the server took.");

    internal static Counter<long> HeartbeatFailures { get; } =
        Meter.CreateCounter<long>("bitcurve.worker.heartbeat.failures", "{failure}", "Heartbeats that did not arrive.");

    /// <summary>A span under the present one; null while nobody listens.</summary>
    internal static Activity? Start(string name) => Source.StartActivity(name);

    /// <summary>A span under one of another process; under the present one, if any, where the text names none.</summary>
    /// <param name="name">Of the span.</param>
    /// <param name="traceParent">W3C trace context; null for none.</param>
    internal static Activity? StartConsuming(string name, string? traceParent)
    {
        _ = ActivityContext.TryParse(traceParent, null, isRemote: true, out var parent);
        return Source.StartActivity(name, ActivityKind.Consumer, parent);
    }
}
