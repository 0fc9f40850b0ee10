using Bitcurve.Search.Choosing;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Agent.Remote;
using Bitcurve.Workers.Contracts;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Cli;

/// <summary>What a worker's process tells, line by line: for log files, and for whoever collects logs, with the trace that a line belongs to.</summary>
internal sealed class WorkerLines(string workerId, TextWriter output, ILogger log)
{
    internal void Watch(ServerConnection server, HttpJobSource source, string address)
    {
        server.Lost += reason => Line($"lost connection to {address}: {reason}; trying again until it answers");
        server.Regained += () => Line($"connected to {address} again");
        source.Joined += joined => Line(FormattableString.Invariant($"joined {address}, leases last {joined.LeaseSeconds:0.#} s"));
        source.Refused += Line;
    }

    internal void Watch(TrainingWorker worker) => worker.Happened += happened =>
    {
        // It has joined, so what it announced is known without looking at the data again.
        if (TextOf(happened, order => worker.Registration.Workloads.First(workload => workload.Name == order.Workload)) is { } text)
        {
            Line($"job {happened.Order.Lease()}: {text}");
        }
    };

    // One write for a line: several processes share the output.
    internal void Line(string text)
    {
        output.Write($"bitcurve worker {workerId}: {text}\n");
        log.LogInformation("{Text}", text);
    }

    private static string? TextOf(WorkerEvent happened, Func<JobOrder, WorkloadDescription> workloadOf) => happened switch
    {
        WorkerEvent.Started { Order: var order } => $"{order.Workload}, {RunStatus.Describe(order)}",
        WorkerEvent.Measured { Measurement: var measured } => $"{MetricWords.Of(workloadOf(happened.Order)).Named(measured.Accuracy)} after {measured.Epochs} epochs",
        WorkerEvent.Finished { Report.Failure: { } failure } => $"failed: {failure.Message}",
        WorkerEvent.Finished { Report: var report } => FormattableString.Invariant($"reported, {report.TrainSeconds:0.0} s of training"),
        WorkerEvent.Stopped => "no longer wanted, given up",
        WorkerEvent.Released => "handed back",
        _ => null,
    };
}
