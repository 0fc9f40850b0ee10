using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests;

/// <summary>Hands out given orders one after another and keeps what the worker says.</summary>
internal sealed class ScriptedSource(params JobOrder[] orders) : IJobSource
{
    private readonly Queue<JobOrder> queue = new(orders);

    /// <summary>Answers to heartbeats, by their number; absent means go on.</summary>
    public Func<JobProgress, HeartbeatAnswer> Answer { get; init; } = _ => HeartbeatAnswer.Continue;

    public List<JobProgress> Heartbeats { get; } = [];

    public List<JobReport> Reports { get; } = [];

    public Task<JobOrder?> LeaseAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        return Task.FromResult(queue.TryDequeue(out var order) ? order : null);
    }

    public Task<HeartbeatAnswer> HeartbeatAsync(JobOrder order, JobProgress progress, CancellationToken cancellation)
    {
        Heartbeats.Add(progress);
        return Task.FromResult(Answer(progress));
    }

    public List<JobOrder> Released { get; } = [];

    public Task ReleaseAsync(JobOrder order, CancellationToken cancellation)
    {
        Released.Add(order);
        return Task.CompletedTask;
    }

    public Task ReportAsync(JobOrder order, JobReport report, CancellationToken cancellation)
    {
        Reports.Add(report);
        return Task.CompletedTask;
    }
}
