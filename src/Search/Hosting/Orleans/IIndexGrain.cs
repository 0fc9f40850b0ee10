namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// The one list of the cluster: which searches, workers and workloads there are, and which searches want workers. It holds names only; what
/// they stand for is asked of the grains themselves.
/// </summary>
internal interface IIndexGrain : IGrainWithStringKey
{
    /// <summary>Notes the id of a search before its first event. Durable when it returns.</summary>
    Task AnnounceAsync(string id);

    /// <summary>A search's standing after some number of events; an older one than is known is ignored. Durable where it decides what a restart opens.</summary>
    Task NoteAsync(SearchStanding standing);

    /// <summary>Time alone has made work available: wakes somebody who waits for it.</summary>
    Task WakeAsync(string workloadHash);

    /// <summary>Ids after the given one, ascending by ordinal. May contain one that was announced and never written.</summary>
    Task<string[]> SearchesAsync(string? after, int limit);

    /// <summary>Ids of those that have not ended and can be read.</summary>
    Task<string[]> RunningAsync();

    /// <summary>Ids of searches that a worker with these workloads can serve, the most deserving first.</summary>
    [ResponseTimeout("00:05:00")]
    Task<DueSearches> DueAsync(string[] workloadHashes);

    /// <summary>Returns when there may be work that <paramref name="seen"/> did not include, or when the time is over.</summary>
    Task WaitAsync(string[] workloadHashes, long seen, TimeSpan wait);

    /// <summary>Notes a worker and what it offers, by name and JSON. Durable when it returns.</summary>
    Task NoteWorkerAsync(string id, KeyValuePair<string, string>[] workloads);

    /// <summary>Ids, ascending by ordinal.</summary>
    Task<string[]> WorkersAsync();

    /// <summary>JSON of what workers have ever offered, ascending by name.</summary>
    Task<string[]> WorkloadsAsync();
}

/// <param name="Id">Of the search.</param>
/// <param name="Version">Events after which this holds.</param>
/// <param name="Claim">JSON of its <see cref="ShareClaim"/>, null when it wants no workers.</param>
/// <param name="HasEnded">Whether a restart may leave it closed.</param>
[GenerateSerializer, Immutable]
internal sealed record SearchStanding(
    [property: Id(0)] string Id, [property: Id(1)] long Version, [property: Id(2)] string? Claim, [property: Id(3)] bool HasEnded);

/// <param name="Ids">The most deserving first.</param>
/// <param name="Seen">What to wait beyond when none of them has work.</param>
[GenerateSerializer, Immutable]
internal sealed record DueSearches([property: Id(0)] string[] Ids, [property: Id(1)] long Seen);
