using System.Runtime.CompilerServices;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using Microsoft.Extensions.Hosting;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// All searches and workers of a cluster, from any of its silos: every call goes to the grain that owns its subject, wherever it is, and is
/// tried again when that silo is lost. Thread-safe.
/// </summary>
public sealed class ClusterSearchService : ISearchService
{
    /// <summary>Below the cluster's limit for a call; a wait that is longer is several.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private readonly IGrainFactory grains;
    private readonly EngineParts parts;
    private readonly IHostApplicationLifetime lifetime;
    private readonly GrainSearchStore store;
    private readonly ReadStates states = new();

    internal ClusterSearchService(IGrainFactory grains, EngineParts parts, IHostApplicationLifetime lifetime)
    {
        this.grains = grains;
        this.parts = parts;
        this.lifetime = lifetime;
        store = new GrainSearchStore(grains, parts.Time);
    }

    private IIndexGrain Index => grains.GetGrain<IIndexGrain>(GrainKeys.Index);

    /// <inheritdoc/>
    public async Task<SearchState> CreateAsync(SearchDefinition definition, string? idempotencyKey, CancellationToken cancellation)
    {
        definition.Validate();
        if (idempotencyKey is null)
        {
            return SearchJson.Deserialize(await SearchOf(definition.Id).CreateAsync(GrainJson.Write(definition)).WaitAsync(cancellation));
        }

        string key = GrainKeys.Idempotency(idempotencyKey);
        string stored = await TryAsync(() => grains.GetGrain<IFirstUseGrain>(key).ClaimAsync(GrainJson.Write(definition)), cancellation);
        SearchDefinition meant = Idempotency.Resolve(idempotencyKey, stored, definition);
        try
        {
            return SearchJson.Deserialize(await TryAsync(() => SearchOf(meant.Id).CreateAsync(GrainJson.Write(meant)), cancellation));
        }
        catch (ConcurrencyException)
        {
            return (await ReadAsync(meant.Id, cancellation)).State;
        }
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<SearchSummary>> ListAsync(string? after, int limit, CancellationToken cancellation)
    {
        var summaries = new List<SearchSummary>();
        string[] ids;
        do
        {
            int missing = limit - summaries.Count;
            string? last = after;
            ids = await TryAsync(() => Index.SearchesAsync(last, missing), cancellation);
            string?[] found = await Task.WhenAll(ids.Select(id => TryOnSearchAsync(() => SearchOf(id).SummaryAsync(), cancellation)));
            // One that was announced and never written is none.
            summaries.AddRange(found.OfType<string>().Select(GrainJson.Read<SearchSummary>));
            after = ids.LastOrDefault();
        }
        while (ids.Length > 0 && summaries.Count < limit);

        return summaries;
    }

    /// <inheritdoc/>
    public async Task<SearchHost.Journalled> ReadAsync(string id, CancellationToken cancellation)
    {
        SearchHost.Journalled? known = states.Find(id);
        VersionedState answer = await TryOnSearchAsync(() => SearchOf(id).ReadAsync(known?.Version ?? 0), cancellation);
        SearchHost.Journalled now = answer.Json is null ? known! : new(SearchJson.Deserialize(answer.Json), answer.Version);
        states.Keep(id, now);
        return now with { Trouble = answer.Trouble };
    }

    /// <inheritdoc/>
    public async Task<SearchState> SteerAsync(string id, SearchEvent steering, CancellationToken cancellation)
    {
        string json = SearchJson.Serialize(steering);
        return SearchJson.Deserialize(await TryOnSearchAsync(() => SearchOf(id).SteerAsync(json), cancellation));
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<JournalEntry>> JournalAsync(string id, long after, int limit, CancellationToken cancellation)
    {
        await TryOnSearchAsync(() => SearchOf(id).WaitAsync(0, TimeSpan.Zero), cancellation);
        IReadOnlyList<string> events = await store.ReadAsync(id, after, limit, cancellation);
        return [.. events.Select((json, index) => new JournalEntry(after + index + 1, SearchJson.DeserializeEvent(json)))];
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<JournalEntry> WatchAsync(string id, long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (!lifetime.ApplicationStopping.IsCancellationRequested)
        {
            JournalEnd end = await TryOnSearchAsync(() => SearchOf(id).WaitAsync(after, LongestWait), cancellation);
            await foreach (JournalEntry entry in Journal.EntriesAsync(store, id, after, cancellation))
            {
                after = entry.Version;
                yield return entry;
            }

            if (end.HasEnded && after >= end.Version)
            {
                yield break;
            }
        }
    }

    /// <inheritdoc/>
    public async Task<WorkerSession> RegisterAsync(WorkerRegistration worker, CancellationToken cancellation)
    {
        string session = await TryAsync(() => WorkerOf(worker.WorkerId).RegisterAsync(GrainJson.Write(worker)), cancellation);
        ServiceSettings settings = parts.Settings;
        return new WorkerSession(worker.WorkerId, session, settings.LeaseDuration.TotalSeconds, settings.HeartbeatInterval.TotalSeconds);
    }

    /// <inheritdoc/>
    public Task LeaveAsync(string workerId, string session, CancellationToken cancellation) =>
        WorkerOf(workerId).LeaveAsync(session).WaitAsync(cancellation);

    /// <inheritdoc/>
    public async Task<LeasedJob?> LeaseAsync(string workerId, string session, TimeSpan wait, CancellationToken cancellation)
    {
        long started = parts.Time.GetTimestamp();
        while (true)
        {
            LeaseAttempt attempt = await TryOnSearchAsync(() => WorkerOf(workerId).TryLeaseAsync(session), cancellation);
            if (attempt.Job is string job)
            {
                return GrainJson.Read<LeasedJob>(job);
            }

            TimeSpan left = wait - parts.Time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || lifetime.ApplicationStopping.IsCancellationRequested)
            {
                return null;
            }

            TimeSpan pause = left < LongestWait ? left : LongestWait;
            await TryAsync(() => Index.WaitAsync(attempt.WorkloadHashes, attempt.Seen, pause), cancellation);
        }
    }

    /// <inheritdoc/>
    public async Task<HeartbeatAnswer> HeartbeatAsync(LeaseId lease, JobProgress progress, CancellationToken cancellation) =>
        await TryOnSearchAsync(() => SearchOf(lease.SearchId).HeartbeatAsync(lease.JobId, lease.FencingToken, GrainJson.Write(progress)), cancellation)
            ? HeartbeatAnswer.Continue
            : HeartbeatAnswer.Stop;

    /// <inheritdoc/>
    public async Task<ReportAnswer> ReportAsync(LeaseId lease, JobReport report, CancellationToken cancellation) =>
        await TryOnSearchAsync(() => SearchOf(lease.SearchId).ReportAsync(lease.JobId, lease.FencingToken, GrainJson.Write(report)), cancellation)
            ? ReportAnswer.Accepted
            : ReportAnswer.Dropped;

    /// <inheritdoc/>
    public Task ReleaseAsync(LeaseId lease, CancellationToken cancellation) =>
        TryOnSearchAsync(() => SearchOf(lease.SearchId).ReleaseAsync(lease.JobId, lease.FencingToken), cancellation);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkerStatus>> WorkersAsync(CancellationToken cancellation)
    {
        string[] ids = await TryAsync(() => Index.WorkersAsync(), cancellation);
        string?[] found = await Task.WhenAll(ids.Select(id => TryOnSearchAsync(() => WorkerOf(id).StatusAsync(), cancellation)));
        return [.. found.OfType<string>().Select(GrainJson.Read<WorkerStatus>)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WorkloadDescription>> WorkloadsAsync(CancellationToken cancellation) =>
        [.. (await TryAsync(() => Index.WorkloadsAsync(), cancellation)).Select(GrainJson.Read<WorkloadDescription>)];

    /// <inheritdoc/>
    public async Task<IReadOnlySet<string>> ReferencedArtifactsAsync(CancellationToken cancellation)
    {
        string[] ids = await TryAsync(() => Index.SearchesAsync(null, int.MaxValue), cancellation);
        var artifacts = new HashSet<string>(StringComparer.Ordinal);
        foreach (string id in ids)
        {
            try
            {
                artifacts.UnionWith(await TryOnSearchAsync(() => SearchOf(id).ReferencedArtifactsAsync(), cancellation));
            }
            catch (InvalidDataException problem)
            {
                // Its artifacts would look like ones that nobody needs.
                throw new IOException($"Search {id}: expected one that can be read, actual: {problem.Message}", problem);
            }
        }

        return artifacts;
    }

    private ISearchGrain SearchOf(string id) => grains.GetGrain<ISearchGrain>(GrainKeys.Search(id));

    private IWorkerGrain WorkerOf(string id) => grains.GetGrain<IWorkerGrain>(GrainKeys.Worker(id));

    private Task<T> TryAsync<T>(Func<Task<T>> call, CancellationToken cancellation) => GrainCalls.RetryAsync(call, parts.Time, cancellation);

    private Task TryAsync(Func<Task> call, CancellationToken cancellation) => TryOnSearchAsync(call, cancellation);

    /// <summary>A grain that finds that another activation serves its search gives way: the next try reaches that one.</summary>
    private Task<T> TryOnSearchAsync<T>(Func<Task<T>> call, CancellationToken cancellation) =>
        GrainCalls.RetryAsync(call, parts.Time, cancellation, problem => problem is ConcurrencyException);

    private Task TryOnSearchAsync(Func<Task> call, CancellationToken cancellation) => TryOnSearchAsync(
        async () =>
        {
            await call();
            return true;
        },
        cancellation);
}
