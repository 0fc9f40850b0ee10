using System.Collections.Concurrent;
using System.Diagnostics;
using Bitcurve.Search.Telemetry;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>Ended spans of the server, and a source for spans of a test's own.</summary>
internal sealed class RecordedSpans : IDisposable
{
    private readonly ActivitySource source = new($"Tests.{Guid.NewGuid():N}");
    private readonly ConcurrentQueue<Activity> ended = [];
    private readonly ActivityListener listener;

    internal RecordedSpans()
    {
        listener = new ActivityListener
        {
            ShouldListenTo = heard => heard.Name == SearchTelemetry.Name || heard.Name == source.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = ended.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
    }

    /// <summary>Begins a trace of its own, as a request does.</summary>
    internal Activity Request()
    {
        Activity.Current = null;
        return source.StartActivity("request", ActivityKind.Server)!;
    }

    /// <summary>Ended spans of a trace with this name.</summary>
    internal Activity[] Of(Activity request, string name) =>
        [.. ended.Where(span => span.TraceId == request.TraceId && span.OperationName == name)];

    public void Dispose()
    {
        listener.Dispose();
        source.Dispose();
    }
}
