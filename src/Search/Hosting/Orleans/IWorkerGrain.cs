using Orleans.Concurrency;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>The durable twin of one worker: its registration, session, last lease and history.</summary>
internal interface IWorkerGrain : IGrainWithStringKey
{
    /// <param name="registration">JSON.</param>
    /// <returns>The new session.</returns>
    [AlwaysInterleave]
    Task<string> RegisterAsync(string registration);

    /// <exception cref="StaleSessionException">The session is not the worker's last one.</exception>
    [AlwaysInterleave]
    Task LeaveAsync(string session);

    /// <summary>The job that the worker holds, else one of a search that is due. One request at a time: two at once would get it two jobs.</summary>
    /// <exception cref="StaleSessionException">Not registered, or another registration came later.</exception>
    [ResponseTimeout("01:00:00")]
    Task<LeaseAttempt> TryLeaseAsync(string session);

    /// <summary>It was heard of.</summary>
    [AlwaysInterleave, OneWay]
    Task SeenAsync();

    /// <summary>It was heard of, and said how far its job is.</summary>
    /// <param name="progress">JSON of a <see cref="Workers.Contracts.JobProgress"/>.</param>
    [AlwaysInterleave, OneWay]
    Task NoteAsync(string progress);

    /// <summary>It ended a job.</summary>
    /// <param name="failure">What went wrong, null for a success.</param>
    [AlwaysInterleave]
    Task CountAsync(string? failure);

    /// <summary>JSON of its <see cref="WorkerStatus"/>; null when it never registered.</summary>
    [AlwaysInterleave]
    Task<string?> StatusAsync();
}

/// <param name="Job">JSON of a <see cref="Workers.Contracts.LeasedJob"/>, null when there was none.</param>
/// <param name="WorkloadHashes">What to wait for then.</param>
/// <param name="Seen">What to wait beyond (<see cref="IIndexGrain.WaitAsync"/>).</param>
[GenerateSerializer, Immutable]
internal sealed record LeaseAttempt([property: Id(0)] string? Job, [property: Id(1)] string[] WorkloadHashes, [property: Id(2)] long Seen);
