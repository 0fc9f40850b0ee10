using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting;

/// <summary>
/// All searches and workers of a server: what the HTTP interface calls. One process holds them in <c>Hosting/Local</c>, several in
/// <c>Hosting/Orleans</c>; both pass the same tests. Every change is durable before the call returns. Thread-safe.
/// </summary>
public interface ISearchService
{
    /// <summary>A new search; with the key of an earlier call, that call's search instead.</summary>
    /// <param name="definition">With an id of its own, see <see cref="SearchIds.New"/>.</param>
    /// <param name="idempotencyKey">Chosen by the caller; null for none.</param>
    /// <param name="cancellation">Gives up waiting.</param>
    /// <returns>The search as stored: with a key seen before, its id is the earlier one's.</returns>
    /// <exception cref="ArgumentException">The definition contradicts itself.</exception>
    /// <exception cref="IdempotencyConflictException">The key belongs to another definition.</exception>
    Task<SearchState> CreateAsync(SearchDefinition definition, string? idempotencyKey, CancellationToken cancellation);

    /// <summary>Summaries in the order of ids, after <paramref name="after"/> (exclusive; null for the first).</summary>
    Task<IReadOnlyList<SearchSummary>> ListAsync(string? after, int limit, CancellationToken cancellation);

    /// <summary>The search as journalled last.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    Task<SearchHost.Journalled> ReadAsync(string id, CancellationToken cancellation);

    /// <summary>Pause, resume, raise the budget, extend, cancel.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    /// <exception cref="ArgumentException">The request does not suit the search; the message names expected and actual.</exception>
    /// <exception cref="InvalidOperationException">The search is not in a state in which that can be done.</exception>
    Task<SearchState> SteerAsync(string id, SearchEvent steering, CancellationToken cancellation);

    /// <summary>The journal after the first <paramref name="after"/> events, at most <paramref name="limit"/>.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, int limit, CancellationToken cancellation);

    /// <summary>Like <see cref="JournalAsync"/>, and goes on with what happens, until the search ends or the caller cancels.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    IAsyncEnumerable<JournalEntry> WatchAsync(string id, long after, CancellationToken cancellation);

    /// <summary>
    /// A worker joins, or is there again: then its earlier session is stale and the jobs that it held are given out anew.
    /// </summary>
    /// <exception cref="ArgumentException">The registration contradicts itself.</exception>
    Task<WorkerSession> RegisterAsync(WorkerRegistration worker, CancellationToken cancellation);

    /// <summary>A worker leaves; the jobs that it holds are given out anew and no try is counted.</summary>
    /// <exception cref="StaleSessionException">The session is not the worker's last one.</exception>
    Task LeaveAsync(string workerId, string session, CancellationToken cancellation);

    /// <summary>
    /// Work from whichever search is due (<see cref="FairShare"/>), or null when there was none within <paramref name="wait"/>. A worker has
    /// one job at a time: one that holds a lease and asks again gets the same job again, for its first answer was lost on the way.
    /// </summary>
    /// <exception cref="StaleSessionException">Not registered, or another registration came later.</exception>
    Task<LeasedJob?> LeaseAsync(string workerId, string session, TimeSpan wait, CancellationToken cancellation);

    /// <summary>Extends the lease and keeps what was achieved.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    /// <exception cref="ArgumentException">The search has no such job.</exception>
    Task<HeartbeatAnswer> HeartbeatAsync(LeaseId lease, JobProgress progress, CancellationToken cancellation);

    /// <summary>Takes a job's end. Repeating it is harmless.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    /// <exception cref="ArgumentException">The search has no such job, or the report lacks what was ordered.</exception>
    Task<ReportAnswer> ReportAsync(LeaseId lease, JobReport report, CancellationToken cancellation);

    /// <summary>A worker hands its job back; a successor goes on from the newest checkpoint. No try is counted.</summary>
    /// <exception cref="SearchNotFoundException">No search has this id.</exception>
    Task ReleaseAsync(LeaseId lease, CancellationToken cancellation);

    /// <summary>All workers known, by id.</summary>
    Task<IReadOnlyList<WorkerStatus>> WorkersAsync(CancellationToken cancellation);

    /// <summary>What workers have ever offered, by name; a search can be created on any of them.</summary>
    Task<IReadOnlyList<WorkloadDescription>> WorkloadsAsync(CancellationToken cancellation);

    /// <summary>Every artifact that any search may still read; all others can be deleted.</summary>
    Task<IReadOnlySet<string>> ReferencedArtifactsAsync(CancellationToken cancellation);
}
