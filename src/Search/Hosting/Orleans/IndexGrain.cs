using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Bitcurve.Search.Hosting.Orleans;

/// <inheritdoc cref="IIndexGrain"/>
[Reentrant]
internal sealed class IndexGrain(
    [PersistentState(StateNames.Searches, StateNames.Storage)] IPersistentState<IndexedSearches> searches,
    [PersistentState(StateNames.Workers, StateNames.Storage)] IPersistentState<IndexedWorkers> workers,
    [PersistentState(StateNames.Workloads, StateNames.Storage)] IPersistentState<IndexedWorkloads> workloads,
    EngineParts parts,
    ILogger<IndexGrain> log) : Grain, IIndexGrain
{
    private const int RecalledAtOnce = 32;

    private readonly Dictionary<string, (long Version, ShareClaim? Claim)> standings = new(StringComparer.Ordinal);
    private readonly HashSet<string> unreadable = new(StringComparer.Ordinal);
    private readonly WorkSignals signals = new(parts.Time);
    private readonly StateWriter searchWriter = new(searches);
    private readonly StateWriter workerWriter = new(workers);
    private readonly StateWriter workloadWriter = new(workloads);
    private Task? recalling;

    public Task AnnounceAsync(string id)
    {
        bool isNew = !searches.State.HasEnded.ContainsKey(id);
        searches.State = isNew ? new IndexedSearches { HasEnded = searches.State.HasEnded.Add(id, false) } : searches.State;
        return DurableAsync(searchWriter, isNew);
    }

    public async Task NoteAsync(SearchStanding standing)
    {
        await RecallAsync();
        await TakeAsync(standing);
    }

    public Task WakeAsync(string workloadHash)
    {
        signals.Wake(workloadHash);
        return Task.CompletedTask;
    }

    public Task<string[]> SearchesAsync(string? after, int limit) => Task.FromResult<string[]>(
    [
        .. searches.State.HasEnded.Keys.Where(id => after is null || string.CompareOrdinal(id, after) > 0).Order(StringComparer.Ordinal).Take(limit),
    ]);

    public async Task<string[]> RunningAsync()
    {
        await RecallAsync();
        return [.. searches.State.HasEnded.Where(search => !search.Value && !unreadable.Contains(search.Key)).Select(search => search.Key)];
    }

    public async Task<DueSearches> DueAsync(string[] workloadHashes)
    {
        await RecallAsync();
        IEnumerable<ShareClaim> claims = standings.Values.Select(standing => standing.Claim).OfType<ShareClaim>();
        return new DueSearches([.. FairShare.Order(claims, workloadHashes).Select(claim => claim.Id)], signals.Seen);
    }

    public Task WaitAsync(string[] workloadHashes, long seen, TimeSpan wait) => signals.WaitAsync(workloadHashes, seen, wait);

    public async Task NoteWorkerAsync(string id, KeyValuePair<string, string>[] offered)
    {
        bool isNew = !workers.State.Ids.Contains(id);
        workers.State = isNew ? new IndexedWorkers { Ids = workers.State.Ids.Add(id) } : workers.State;
        ImmutableDictionary<string, string> known = workloads.State.ByName;
        ImmutableDictionary<string, string> all = known.SetItems(offered);
        workloads.State = new IndexedWorkloads { ByName = all };
        await Task.WhenAll(DurableAsync(workerWriter, isNew), DurableAsync(workloadWriter, all != known));
    }

    public Task<string[]> WorkersAsync() => Task.FromResult<string[]>([.. workers.State.Ids.Order(StringComparer.Ordinal)]);

    public Task<string[]> WorkloadsAsync() => Task.FromResult<string[]>(
        [.. workloads.State.ByName.OrderBy(workload => workload.Key, StringComparer.Ordinal).Select(workload => workload.Value)]);

    /// <summary>Returns when all changes so far are stored; one that an interleaved call made may be still on its way.</summary>
    private async Task DurableAsync(StateWriter writer, bool isChanged)
    {
        try
        {
            await (isChanged ? writer.WriteAsync() : writer.WrittenAsync());
        }
        catch (OrleansException)
        {
            // The next activation knows what is stored.
            DeactivateOnIdle();
            throw;
        }
    }

    private async Task TakeAsync(SearchStanding standing)
    {
        string id = standing.Id;
        (long version, ShareClaim? known) = standings.GetValueOrDefault(id, (-1, null));
        if (standing.Version < version)
        {
            return;
        }

        ShareClaim? claim = standing.Claim is null ? null : GrainJson.Read<ShareClaim>(standing.Claim);
        standings[id] = (standing.Version, claim);
        bool isNews = searches.State.HasEnded.GetValueOrDefault(id) != standing.HasEnded;
        searches.State = isNews ? new IndexedSearches { HasEnded = searches.State.HasEnded.SetItem(id, standing.HasEnded) } : searches.State;
        await DurableAsync(searchWriter, isNews);
        if (claim is not null && claim != known)
        {
            signals.Wake(claim.WorkloadHash);
        }
    }

    /// <summary>Claims are not stored: a new activation asks every search that has not ended, which also sets those going that rested.</summary>
    private async Task RecallAsync()
    {
        Task asked = recalling ??= RecallAllAsync();
        try
        {
            await asked;
        }
        catch
        {
            recalling = recalling == asked ? null : recalling;
            throw;
        }
    }

    private async Task RecallAllAsync()
    {
        foreach (string[] ids in searches.State.HasEnded.Where(search => !search.Value).Select(search => search.Key).Chunk(RecalledAtOnce))
        {
            await Task.WhenAll(ids.Select(RecallAsync));
        }
    }

    private async Task RecallAsync(string id)
    {
        try
        {
            if (await GrainFactory.GetGrain<ISearchGrain>(GrainKeys.Search(id)).StandingAsync() is SearchStanding standing)
            {
                await TakeAsync(standing);
            }
        }
        catch (InvalidDataException problem)
        {
            // It must not keep the others from running.
            unreadable.Add(id);
            log.LogError("Search {Search} cannot be read: {Problem}", id, problem.Message);
        }
    }
}
