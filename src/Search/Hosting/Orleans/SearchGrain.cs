using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using Microsoft.Extensions.Logging;
using Orleans.Concurrency;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// One search in the cluster: a <see cref="SearchHost"/> whose strategy computes off this grain's turns, over a journal of grains. While the
/// search runs, a timer keeps the grain active; a reminder brings it back on another silo when its own is lost.
/// </summary>
[Reentrant]
internal sealed partial class SearchGrain(
    [PersistentState(StateNames.Ended, StateNames.Storage)] IPersistentState<EndedSearch> ended,
    EngineParts parts,
    ILogger<SearchGrain> log) : Grain, ISearchGrain, IRemindable
{
    private Task<SearchHost>? opening;

    private string Id => GrainKeys.SearchId(this.GetPrimaryKeyString());

    private TimeSpan LeaseDuration => parts.Settings.LeaseDuration;

    private GrainSearchStore Store => new(GrainFactory, parts.Time);

    public async Task<string> CreateAsync(string definition)
    {
        // Somebody may have asked for it already, in vain.
        while (opening is not null)
        {
            if (await FindAsync() is SearchHost present)
            {
                throw new ConcurrencyException(Id, 0, present.Now.Version);
            }
        }

        opening = CreateHostAsync(GrainJson.Read<SearchDefinition>(definition));
        SearchHost host = await HostAsync();
        await NoteAsync(host);
        return SearchJson.Serialize(host.State);
    }

    public async Task<VersionedState> ReadAsync(long known)
    {
        SearchHost.Journalled now = (await HostAsync()).Now;
        return new VersionedState(now.Version, now.Version == known ? null : SearchJson.Serialize(now.State), now.Trouble);
    }

    public async Task<string> SteerAsync(string steering)
    {
        SearchEvent asked = SearchJson.DeserializeEvent(steering);
        SearchHost host = await HostAsync();
        await ChangeStandingAsync(host, () => host.ApplyAsync(now => asked with { At = now }, CancellationToken.None));
        await NoteAsync(host);
        return SearchJson.Serialize(host.State);
    }

    public async Task<string?> SummaryAsync()
    {
        if (opening is null && ended.State.Summary is string noted)
        {
            return noted;
        }

        return await FindAsync() is SearchHost host ? GrainJson.Write(SearchSummary.Of(host.State)) : null;
    }

    public async Task<string[]> ReferencedArtifactsAsync()
    {
        if (opening is null && ended.State.Summary is not null)
        {
            return ended.State.Artifacts;
        }

        return await FindAsync() is SearchHost host ? [.. host.State.ReferencedArtifacts()] : [];
    }

    public async Task<JournalEnd> WaitAsync(long after, TimeSpan wait)
    {
        SearchHost host = await HostAsync();
        Task change = host.NextChange;
        if (host.Now.Version <= after && !host.State.HasEnded)
        {
            await Task.WhenAny(change, Task.Delay(wait, parts.Time));
        }

        SearchHost.Journalled now = host.Now;
        return new JournalEnd(now.Version, now.State.HasEnded);
    }

    public async Task<string?> TryLeaseAsync(string registration)
    {
        SearchHost host = await HostAsync();
        JobOrder? order = await host.TryLeaseAsync(GrainJson.Read<WorkerRegistration>(registration), CancellationToken.None);
        await NoteAsync(host);
        return order is null ? null : GrainJson.Write(order);
    }

    public async Task<string?> OrderHeldByAsync(string workerId) =>
        (await FindAsync())?.State.OrderHeldBy(workerId) is JobOrder order ? GrainJson.Write(order) : null;

    public async Task<string?> HeldAsync(int jobId, long token)
    {
        SearchState state = (await HostAsync()).State;
        return HolderOf(state, jobId, token) is null ? null : GrainJson.Write(WorkerJob.Of(state, state.JobById(jobId)));
    }

    public async Task<bool> HeartbeatAsync(int jobId, long token, string progress)
    {
        SearchHost host = await HostAsync();
        JobProgress reached = GrainJson.Read<JobProgress>(progress);
        if (HolderOf(host.State, jobId, token) is string holder)
        {
            await WorkerOf(holder).NoteAsync(progress);
        }

        JobProgress achieved = reached.WithoutReadings();
        EventAnswer answer = await host.ApplyAsync(
            now => new SearchEvent.Heartbeat(now, jobId, token, achieved, LeaseDuration), CancellationToken.None);
        await NoteAsync(host);
        return answer.Heartbeat == HeartbeatAnswer.Continue;
    }

    public async Task<bool> ReportAsync(int jobId, long token, string report)
    {
        SearchHost host = await HostAsync();
        string? holder = HolderOf(host.State, jobId, token);
        JobReport reported = GrainJson.Read<JobReport>(report);
        EventAnswer answer = await host.ApplyAsync(now => new SearchEvent.Reported(now, jobId, token, reported), CancellationToken.None);
        bool isNews = answer.Report == ReportAnswer.Accepted;
        await (isNews && holder is not null ? WorkerOf(holder).CountAsync(reported.Failure?.Message) : SawAsync(holder));
        await NoteAsync(host);
        return isNews;
    }

    public async Task ReleaseAsync(int jobId, long token)
    {
        SearchHost host = await HostAsync();
        await SawAsync(HolderOf(host.State, jobId, token));
        await host.ApplyAsync(now => new SearchEvent.Released(now, jobId, token), CancellationToken.None);
        await NoteAsync(host);
    }

    public async Task TakeJobsAsync(string workerId, bool isLost)
    {
        if (await FindAsync() is not SearchHost host)
        {
            return;
        }

        foreach (Job job in host.State.Jobs.Where(job => job.Lease?.WorkerId == workerId))
        {
            long token = job.Lease!.Token;
            await host.ApplyAsync(
                now => isLost ? new SearchEvent.WorkerLost(now, workerId) : new SearchEvent.Released(now, job.Id, token), CancellationToken.None);
        }

        await NoteAsync(host);
    }

    /// <summary>Who holds this lease, null when nobody does any more.</summary>
    /// <exception cref="ArgumentException">The search has no such job.</exception>
    private static string? HolderOf(SearchState state, int jobId, long token) =>
        state.JobById(jobId).Lease is Lease held && held.Token == token ? held.WorkerId : null;

    private Task SawAsync(string? workerId) => workerId is null ? Task.CompletedTask : WorkerOf(workerId).SeenAsync();

    private IWorkerGrain WorkerOf(string workerId) => GrainFactory.GetGrain<IWorkerGrain>(GrainKeys.Worker(workerId));
}
