using System.Diagnostics;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>The span of one order, from its lease to its end; all that its worker does for it lies under it.</summary>
internal sealed class JobSpan(JobOrder order, string workerId) : IDisposable
{
    // What the attributes of spans are called, at the server too.
    private const string Prefix = "bitcurve.";

    private readonly Activity? span = WorkerTelemetry.StartConsuming("job", order.TraceParent)?
        .SetTag($"{Prefix}search.id", order.SearchId)
        .SetTag($"{Prefix}job.id", order.JobId)
        .SetTag($"{Prefix}worker.id", workerId)
        .SetTag($"{Prefix}workload", order.Workload)
        .SetTag($"{Prefix}bits", order.SchemeText())
        .SetTag($"{Prefix}epochs", order.EvaluateAt[^1]);

    /// <summary>A span of something that happens after <paramref name="epochs"/> epochs of training; null while nobody listens.</summary>
    internal static Activity? Step(string name, int epochs) => WorkerTelemetry.Start(name)?.SetTag($"{Prefix}epochs", epochs);

    /// <summary>How the job ended; a failure marks the span.</summary>
    internal void End(string outcome, JobFailure? failure = null)
    {
        span?.SetTag($"{Prefix}outcome", outcome);
        if (failure is not null)
        {
            span?.SetTag($"{Prefix}failure", $"{failure.Kind}").SetStatus(ActivityStatusCode.Error, failure.Message);
        }
    }

    public void Dispose() => span?.Dispose();
}
