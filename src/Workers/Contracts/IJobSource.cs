namespace Bitcurve.Workers.Contracts;

/// <summary>What the server tells a worker in answer to a heartbeat.</summary>
public enum HeartbeatAnswer
{
    Continue,

    /// <summary>The job is no longer wanted or the lease is no longer this worker's: stop without a report.</summary>
    Stop,
}

/// <summary>
/// The worker's side of the job protocol. In one process the search host implements it directly; over a network an HTTP client does.
/// Thread safety: implementations serialise transitions themselves.
/// </summary>
public interface IJobSource
{
    /// <summary>How often this source wants to hear of a running job; null leaves it to the worker.</summary>
    TimeSpan? HeartbeatInterval => null;

    /// <summary>Next piece of work, or null when this source will never have work again (the search ended).</summary>
    Task<JobOrder?> LeaseAsync(WorkerRegistration worker, CancellationToken cancellation);

    Task<HeartbeatAnswer> HeartbeatAsync(JobOrder order, JobProgress progress, CancellationToken cancellation);

    /// <summary>Returns only after the result is durable; repeating a report is harmless.</summary>
    Task ReportAsync(JobOrder order, JobReport report, CancellationToken cancellation);

    /// <summary>Hands a job back unfinished; a successor goes on from the newest checkpoint that a heartbeat named.</summary>
    Task ReleaseAsync(JobOrder order, CancellationToken cancellation);
}

/// <summary>Immutable byte strings addressed by their SHA-256 (lower-case hex).</summary>
public interface IArtifactStore
{
    bool Contains(string hash);

    /// <exception cref="FileNotFoundException">No artifact has this hash; the message names it.</exception>
    Stream OpenRead(string hash);

    /// <summary>Stores what <paramref name="write"/> writes; durable when it returns. Storing the same bytes twice keeps one copy.</summary>
    string Put(Action<Stream> write);
}
