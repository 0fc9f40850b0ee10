using System.Runtime.CompilerServices;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>All searches and workers of a server in one process, which must be the only one on its stores. Thread-safe.</summary>
public sealed class LocalSearchService : ISearchService, IAsyncDisposable
{
    private readonly ISearchStore store;
    private readonly ServiceSettings settings;
    private readonly TimeProvider time;
    private readonly SearchDirectory searches;
    private readonly WorkerDirectory workers;
    private readonly Idempotency keys;
    private readonly JobDispatch dispatch;
    private readonly CancellationTokenSource closing = new();
    private Task clock = Task.CompletedTask;
    private bool closed;

    private LocalSearchService(
        ISearchStore store, IDocumentStore documents, Func<SearchDefinition, ISelectionStrategy> strategy, ServiceSettings settings, TimeProvider time)
    {
        this.store = store;
        this.settings = settings;
        this.time = time;
        searches = new SearchDirectory(store, documents, strategy, settings, time);
        workers = new WorkerDirectory(documents, time);
        keys = new Idempotency(documents);
        dispatch = new JobDispatch(searches, workers, settings, time);
        searches.Changed += state => dispatch.Waiting.Wake(state.Definition.Workload.ContentHash);
    }

    /// <summary>Searches whose journal cannot be read, by id: what is wrong with each.</summary>
    public IReadOnlyDictionary<string, string> Unreadable => searches.Unreadable;

    /// <summary>Opens what the stores hold. Workers keep the jobs that they held before.</summary>
    /// <exception cref="StoreUnavailableException">The store cannot be reached.</exception>
    public static async Task<LocalSearchService> OpenAsync(
        ISearchStore store,
        IDocumentStore documents,
        Func<SearchDefinition, ISelectionStrategy> strategy,
        ServiceSettings settings,
        TimeProvider time,
        CancellationToken cancellation)
    {
        var service = new LocalSearchService(store, documents, strategy, settings, time);
        await service.workers.OpenAsync(cancellation);
        await service.searches.OpenAllAsync(cancellation);
        service.dispatch.RecallLeases();
        service.clock = new ServiceClock(service.searches, service.dispatch.Waiting, settings, time).RunAsync(service.closing.Token);
        return service;
    }

    /// <inheritdoc/>
    public async Task<SearchState> CreateAsync(SearchDefinition definition, string? idempotencyKey, CancellationToken cancellation)
    {
        definition.Validate();
        SearchDefinition meant = idempotencyKey is null ? definition : await keys.ClaimAsync(idempotencyKey, definition, cancellation);
        try
        {
            return (await searches.CreateAsync(meant, cancellation)).State;
        }
        catch (ConcurrencyException) when (idempotencyKey is not null)
        {
            return (await ReadAsync(meant.Id, cancellation)).State;
        }
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<SearchSummary>> ListAsync(string? after, int limit, CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<SearchSummary>>(
        [
            .. searches.Summaries()
                .Where(summary => after is null || string.CompareOrdinal(summary.Id, after) > 0)
                .OrderBy(summary => summary.Id, StringComparer.Ordinal)
                .Take(limit),
        ]);

    /// <inheritdoc/>
    public async Task<SearchHost.Journalled> ReadAsync(string id, CancellationToken cancellation) => (await searches.HostAsync(id)).Now;

    /// <inheritdoc/>
    public async Task<SearchState> SteerAsync(string id, SearchEvent steering, CancellationToken cancellation)
    {
        SearchHost host = await searches.HostAsync(id);
        await host.ApplyAsync(now => steering with { At = now }, cancellation);
        return host.State;
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, int limit, CancellationToken cancellation)
    {
        await searches.HostAsync(id);
        IReadOnlyList<string> events = await store.ReadAsync(id, after, limit, cancellation);
        return [.. events.Select((json, index) => new JournalEntry(after + index + 1, SearchJson.DeserializeEvent(json)))];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> WatchAsync(string id, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        SearchHost host = await searches.HostAsync(id);
        while (!closing.IsCancellationRequested)
        {
            Task change = host.NextChange;
            SearchHost.Journalled seen = host.Now;
            await foreach (JournalEntry entry in Journal.EntriesAsync(store, id, after, cancellation))
            {
                after = entry.Version;
                yield return entry;
            }

            if (seen.State.HasEnded && after >= seen.Version)
            {
                yield break;
            }

            await Task.WhenAny(change, Task.Delay(Timeout.Infinite, closing.Token)).WaitAsync(cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<WorkerSession> RegisterAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        RegisteredWorker registered = await workers.RegisterAsync(worker, cancellation);
        await dispatch.TakeJobsAsync(worker.WorkerId, isLost: true, cancellation);
        return new WorkerSession(
            worker.WorkerId, registered.Stored.Session, settings.LeaseDuration.TotalSeconds, settings.HeartbeatInterval.TotalSeconds);
    }

    /// <inheritdoc/>
    public async Task LeaveAsync(string workerId, string session, CancellationToken cancellation)
    {
        await workers.LeaveAsync(workers.Require(workerId, session), cancellation);
        await dispatch.TakeJobsAsync(workerId, isLost: false, cancellation);
    }

    /// <inheritdoc/>
    public Task<LeasedJob?> LeaseAsync(string workerId, string session, TimeSpan wait, CancellationToken cancellation) =>
        dispatch.LeaseAsync(workerId, session, wait, cancellation);

    /// <inheritdoc/>
    public async Task<HeartbeatAnswer> HeartbeatAsync(LeaseId lease, JobProgress progress, CancellationToken cancellation)
    {
        SearchHost host = await searches.HostAsync(lease.SearchId);
        dispatch.Saw(host.State, lease)?.Note(progress, time.GetUtcNow());
        JobProgress achieved = progress.WithoutReadings();
        EventAnswer answer = await host.ApplyAsync(
            now => new SearchEvent.Heartbeat(now, lease.JobId, lease.FencingToken, achieved, settings.LeaseDuration), cancellation);
        return answer.Heartbeat!.Value;
    }

    /// <inheritdoc/>
    public async Task<ReportAnswer> ReportAsync(LeaseId lease, JobReport report, CancellationToken cancellation)
    {
        SearchHost host = await searches.HostAsync(lease.SearchId);
        RegisteredWorker? worker = dispatch.Saw(host.State, lease);
        EventAnswer answer = await host.ApplyAsync(
            now => new SearchEvent.Reported(now, lease.JobId, lease.FencingToken, report), cancellation);
        if (answer.Report == ReportAnswer.Accepted)
        {
            worker?.Count(report);
        }

        return answer.Report!.Value;
    }

    /// <inheritdoc/>
    public async Task ReleaseAsync(LeaseId lease, CancellationToken cancellation)
    {
        SearchHost host = await searches.HostAsync(lease.SearchId);
        dispatch.Saw(host.State, lease);
        await host.ApplyAsync(now => new SearchEvent.Released(now, lease.JobId, lease.FencingToken), cancellation);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkerStatus>> WorkersAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        var held = searches.RunningHosts().SelectMany(host => LeasesOf(host.State)).ToDictionary();
        return Task.FromResult<IReadOnlyList<WorkerStatus>>(
        [
            .. workers.All
                .Select(worker => worker.Status(now, settings.LeaseDuration, worker.Lease is LeaseId lease ? held.GetValueOrDefault(lease) : null))
                .OrderBy(worker => worker.WorkerId, StringComparer.Ordinal),
        ]);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<WorkloadDescription>> WorkloadsAsync(CancellationToken cancellation) =>
        Task.FromResult<IReadOnlyList<WorkloadDescription>>([.. workers.Workloads.OrderBy(workload => workload.Name, StringComparer.Ordinal)]);

    /// <inheritdoc/>
    public Task<IReadOnlySet<string>> ReferencedArtifactsAsync(CancellationToken cancellation) => Task.FromResult(searches.ReferencedArtifacts());

    /// <summary>Sends waiting workers and watchers home, serves what was asked, and closes. Closing twice is harmless.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref closed, true))
        {
            return;
        }

        dispatch.Waiting.Close();
        await closing.CancelAsync();
        await clock;
        await searches.DisposeAsync();
        closing.Dispose();
    }

    private static IEnumerable<(LeaseId Lease, WorkerJob Job)> LeasesOf(SearchState state) => state.PendingJobs
        .Where(job => job.Lease is not null)
        .Select(job => (new LeaseId(state.Definition.Id, job.Id, job.Lease!.Token), WorkerJob.Of(state, job)));
}
