using System.Collections.Concurrent;
using System.Diagnostics;
using Bitcurve.Workers.Agent.Telemetry;

namespace Bitcurve.Workers.Tests.Telemetry;

/// <summary>The worker's spans of one trace, in the order in which they ended: what other tests trace meanwhile is not among them.</summary>
internal sealed class SpanCollector : IDisposable
{
    private readonly ConcurrentQueue<Activity> ended = [];
    private readonly ActivityListener listener;

    internal SpanCollector()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WorkerTelemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = span =>
            {
                if (span.TraceId == Trace)
                {
                    ended.Enqueue(span);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
    }

    internal ActivityTraceId Trace { get; } = ActivityTraceId.CreateRandom();

    internal ActivitySpanId Root { get; } = ActivitySpanId.CreateRandom();

    /// <summary>As a server sends it.</summary>
    internal string TraceParent => $"00-{Trace}-{Root}-01";

    internal IReadOnlyList<Activity> Spans => [.. ended];

    internal Activity Single(string name) => Spans.Single(span => span.OperationName == name);

    public void Dispose() => listener.Dispose();
}
