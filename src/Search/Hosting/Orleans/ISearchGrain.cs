using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>One search. Values are JSON (<see cref="GrainJson"/>); errors are those of <see cref="ISearchService"/>.</summary>
internal interface ISearchGrain : IGrainWithStringKey
{
    /// <returns>JSON of the state.</returns>
    /// <exception cref="Store.ConcurrencyException">The search exists.</exception>
    Task<string> CreateAsync(string definition);

    /// <param name="known">A version that the caller has; it gets no state when that is the present one. 0 for none.</param>
    Task<VersionedState> ReadAsync(long known);

    /// <param name="steering">JSON of a <see cref="SearchEvent"/>; its time is replaced.</param>
    /// <returns>JSON of the state after it.</returns>
    Task<string> SteerAsync(string steering);

    /// <summary>JSON of the summary; null when there is no such search.</summary>
    Task<string?> SummaryAsync();

    /// <summary>Null when there is no such search.</summary>
    [ResponseTimeout("00:02:00")]
    Task<SearchStanding?> StandingAsync();

    Task<string[]> ReferencedArtifactsAsync();

    /// <summary>Returns when more than <paramref name="after"/> events are journalled or the search has ended, or when the time is over.</summary>
    Task<JournalEnd> WaitAsync(long after, TimeSpan wait);

    /// <summary>JSON of an order, null when there is no job for this worker at present. A fit may take its time.</summary>
    [ResponseTimeout("01:00:00")]
    Task<string?> TryLeaseAsync(string registration);

    /// <summary>JSON of the order of a job that the worker holds, null for none.</summary>
    Task<string?> OrderHeldByAsync(string workerId);

    /// <summary>JSON of a <see cref="WorkerJob"/>, null when nobody holds this lease any more.</summary>
    Task<string?> HeldAsync(int jobId, long token);

    /// <returns>Whether to go on.</returns>
    Task<bool> HeartbeatAsync(int jobId, long token, string progress);

    /// <returns>Whether the report was news.</returns>
    Task<bool> ReportAsync(int jobId, long token, string report);

    Task ReleaseAsync(int jobId, long token);

    /// <summary>Gives the jobs that a worker holds to others; a lost worker's try counts.</summary>
    Task TakeJobsAsync(string workerId, bool isLost);
}

/// <param name="Version">Events that led to it.</param>
/// <param name="Json">The state, null when the caller has it.</param>
/// <param name="Trouble">As in <see cref="SearchHost.Journalled"/>.</param>
[GenerateSerializer, Immutable]
internal sealed record VersionedState([property: Id(0)] long Version, [property: Id(1)] string? Json, [property: Id(2)] string? Trouble);

/// <param name="Version">Events so far.</param>
/// <param name="HasEnded">Whether more are to be expected.</param>
[GenerateSerializer, Immutable]
internal sealed record JournalEnd([property: Id(0)] long Version, [property: Id(1)] bool HasEnded);
