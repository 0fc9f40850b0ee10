using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Hosting;

/// <summary>What every engine of the server must do, whether one process or a cluster keeps the searches.</summary>
public abstract partial class SearchServiceContract
{
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly TimeSpan Briefly = TimeSpan.Zero;
    private static readonly TimeSpan Patiently = TimeSpan.FromSeconds(60);

    /// <summary>A service on fresh stores. The second call closes the first one and opens another on the same stores.</summary>
    protected abstract Task<ISearchService> OpenAsync(ServiceSettings settings, Func<SearchDefinition, ISelectionStrategy> strategy);

    [Fact]
    public async Task Search_SeveralWorkers_EndsWithEveryJobDoneOnceAndReplaysIdentically()
    {
        ISearchService service = await OpenAsync();
        SearchState created = await service.CreateAsync(Named("one", "40epochs"), null, None);
        Assert.Equal("one", created.Definition.Id);

        await Task.WhenAll(Enumerable.Range(1, 3).Select(number => WorkToTheEndAsync(service, $"worker-{number}", "one")));

        SearchState ended = (await service.ReadAsync("one", None)).State;
        SearchInvariants.Check(ended);
        Assert.Equal(SearchPhase.Completed, ended.Phase);
        Assert.All(ended.Jobs, job => Assert.Equal((JobState.Succeeded, 0), (job.State, job.Attempts)));
        ReplayResult replayed = JournalReplay.Run(await service.JournalAsync("one", 0, int.MaxValue, None), StrategyCatalogue.Create);
        Assert.Empty(replayed.Differences);
        Assert.Equal(SearchJson.Serialize(ended), SearchJson.Serialize(replayed.State));
    }

    [Fact]
    public async Task Create_SameKey_IsOneSearchAndAnotherDefinitionIsRefused()
    {
        ISearchService service = await OpenAsync();

        string first = (await service.CreateAsync(Named("a"), "key", None)).Definition.Id;
        string second = (await service.CreateAsync(Named("b"), "key", None)).Definition.Id;

        Assert.Equal(("a", "a"), (first, second));
        Assert.Equal(["a"], (await service.ListAsync(null, 10, None)).Select(summary => summary.Id));
        var problem = await Assert.ThrowsAsync<IdempotencyConflictException>(() => service.CreateAsync(Named("c") with { Seed = 6 }, "key", None));
        Assert.Contains("seed: expected 5, actual 6", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unknown_Search_IsNotFound()
    {
        ISearchService service = await OpenAsync();
        var lease = new LeaseId("none", 1, 1);

        await Assert.ThrowsAsync<SearchNotFoundException>(() => service.ReadAsync("none", None));
        await Assert.ThrowsAsync<SearchNotFoundException>(() => service.SteerAsync("none", new SearchEvent.Paused(default), None));
        await Assert.ThrowsAsync<SearchNotFoundException>(() => service.JournalAsync("none", 0, 1, None));
        await Assert.ThrowsAsync<SearchNotFoundException>(() => service.HeartbeatAsync(lease, new JobProgress(0, null, [], 0), None));
        await Assert.ThrowsAsync<SearchNotFoundException>(() => service.ReportAsync(lease, Failure(FailureKind.Crashed), None));
        await Assert.ThrowsAsync<SearchNotFoundException>(() => service.ReleaseAsync(lease, None));
    }

    [Fact]
    public async Task List_SeveralSearches_IsPagedById()
    {
        ISearchService service = await OpenAsync();
        foreach (string id in (string[])["c", "a", "b"])
        {
            await service.CreateAsync(Named(id), null, None);
        }

        Assert.Equal(["a", "b"], (await service.ListAsync(null, 2, None)).Select(summary => summary.Id));
        Assert.Equal(["c"], (await service.ListAsync("b", 2, None)).Select(summary => summary.Id));
    }

    [Fact]
    public async Task Pause_AndResume_HoldAndReleaseWaitingWorkers()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);
        await service.SteerAsync("one", new SearchEvent.Paused(default), None);
        WorkerSession session = await service.RegisterAsync(Worker, None);
        Assert.Null(await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None));
        Assert.Equal(SearchStatus.Paused, Assert.Single(await service.ListAsync(null, 10, None)).State);
        Task<LeasedJob?> waiting = service.LeaseAsync(Worker.WorkerId, session.Session, Patiently, None);

        await service.SteerAsync("one", new SearchEvent.Resumed(default), None);

        Assert.NotNull(await waiting);
    }

    [Fact]
    public async Task Cancel_ARunningSearch_StopsItsWorkersAndItCanBeExtended()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one", "1jobs"), null, None);
        LeasedJob baseline = await LeaseAsync(service, Worker);
        await service.ReportAsync(Id(baseline), Success(baseline.Order), None);
        LeasedJob job = await LeaseAsync(service, OtherWorker);

        SearchState cancelled = await service.SteerAsync("one", new SearchEvent.Cancelled(default), None);

        Assert.Equal(SearchPhase.Cancelled, cancelled.Phase);
        Assert.Equal(HeartbeatAnswer.Stop, await service.HeartbeatAsync(Id(job), Reached(job.Order, 0), None));
        await Assert.ThrowsAsync<ArgumentException>(() => service.SteerAsync("one", new SearchEvent.Extended(default, Budget.Parse("1epochs"), null, null), None));
        SearchState extended = await service.SteerAsync("one", new SearchEvent.Extended(default, Budget.Parse("2jobs"), null, null), None);
        Assert.Equal(SearchPhase.Searching, extended.Phase);
        await WorkToTheEndAsync(service, "worker-9", "one");
        Assert.Equal(SearchPhase.Completed, (await service.ReadAsync("one", None)).State.Phase);
    }

    [Fact]
    public async Task Extend_ARunningSearch_IsRefused()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), null, None);

        await Assert.ThrowsAsync<InvalidOperationException>(
            () => service.SteerAsync("one", new SearchEvent.Extended(default, Budget.Parse("90epochs"), null, null), None));
    }

    [Fact]
    public async Task Lease_StrategyOfOneSearchFails_ServesTheOthersAndSaysWhy()
    {
        ISearchService service = await OpenAsync(
            new ServiceSettings(), definition => definition.Id == "broken" ? new BrokenStrategy() : StrategyCatalogue.Create(definition));
        foreach (string id in (string[])["broken", "whole"])
        {
            await service.CreateAsync(Named(id) with { Sharing = new SharingSettings(Priority: id == "broken" ? 1 : 0) }, null, None);
            LeasedJob baseline = await LeaseAsync(service, Worker);
            Assert.Equal(id, baseline.Order.SearchId);
            await service.ReportAsync(Id(baseline), Success(baseline.Order), None);
        }

        Assert.Equal("whole", (await LeaseAsync(service, OtherWorker)).Order.SearchId);

        Assert.Equal("It cannot decide.", (await service.ReadAsync("broken", None)).Trouble);
        Assert.Null((await service.ReadAsync("whole", None)).Trouble);
    }

    [Fact]
    public async Task Watch_FromTheMiddle_SeesEveryLaterEventOnceAndEndsWithTheSearch()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one", "3jobs"), null, None);
        var seen = new List<long>();
        async Task WatchAsync()
        {
            await foreach (JournalEntry entry in service.WatchAsync("one", 1, None))
            {
                seen.Add(entry.Version);
            }
        }

        await Task.WhenAll(WatchAsync(), WorkToTheEndAsync(service, "worker-1", "one"));

        int events = (await service.JournalAsync("one", 0, int.MaxValue, None)).Count;
        Assert.Equal(Enumerable.Range(2, events - 1).Select(version => (long)version), seen);
    }

    [Fact]
    public async Task Restart_InMidLease_KeepsSessionLeaseAndState()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one"), "key", None);
        WorkerSession session = await service.RegisterAsync(Worker, None);
        LeasedJob held = (await service.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None))!;

        ISearchService again = await OpenAsync();

        Assert.Equal(HeartbeatAnswer.Continue, await again.HeartbeatAsync(Id(held), Reached(held.Order, 1), None));
        Assert.Equal(held.LeaseId, (await again.LeaseAsync(Worker.WorkerId, session.Session, Briefly, None))!.LeaseId);
        Assert.Equal(ReportAnswer.Accepted, await again.ReportAsync(Id(held), Success(held.Order), None));
        Assert.NotNull(await again.LeaseAsync(Worker.WorkerId, session.Session, Patiently, None));
        Assert.Equal("one", (await again.CreateAsync(Named("two"), "key", None)).Definition.Id);
        Assert.Equal([Worker.Workloads[0].Name], (await again.WorkloadsAsync(None)).Select(workload => workload.Name));
    }

    [Fact]
    public async Task Restart_AfterTheEnd_StillListsReadsAndExtends()
    {
        ISearchService service = await OpenAsync();
        await service.CreateAsync(Named("one", "1jobs"), null, None);
        await WorkToTheEndAsync(service, "worker-1", "one");
        string ended = SearchJson.Serialize((await service.ReadAsync("one", None)).State);

        ISearchService again = await OpenAsync();

        Assert.Equal(SearchStatus.Completed, Assert.Single(await again.ListAsync(null, 10, None)).State);
        Assert.Equal(ended, SearchJson.Serialize((await again.ReadAsync("one", None)).State));
        Assert.Equal((await again.ReadAsync("one", None)).State.ReferencedArtifacts().Order(), (await again.ReferencedArtifactsAsync(None)).Order());
        await again.SteerAsync("one", new SearchEvent.ToppedUp(default, Budget.Parse("2jobs")), None);
        await WorkToTheEndAsync(again, "worker-1", "one");
        Assert.Equal(2, (await again.ReadAsync("one", None)).State.Spent.Jobs);
    }

    [Fact]
    public async Task Lease_TwoSearches_ShareWorkersByWeightAndPriority()
    {
        ISearchService service = await OpenAsync();
        foreach ((string id, SharingSettings sharing) in ((string, SharingSettings)[])[("light", new(0, 1)), ("heavy", new(0, 2))])
        {
            await service.CreateAsync(Named(id, "30jobs") with { Sharing = sharing }, null, None);
            LeasedJob baseline = await LeaseAsync(service, Worker);
            Assert.Equal(id, baseline.Order.SearchId);
            await service.ReportAsync(Id(baseline), Success(baseline.Order), None);
            await service.SteerAsync(id, new SearchEvent.Paused(default), None);
        }

        await service.SteerAsync("light", new SearchEvent.Resumed(default), None);
        await service.SteerAsync("heavy", new SearchEvent.Resumed(default), None);
        var served = new List<string>();
        for (int worker = 1; worker <= 6; worker++)
        {
            served.Add((await LeaseAsync(service, Worker with { WorkerId = $"shared-{worker}" })).Order.SearchId);
        }

        Assert.Equal((2, 4), (served.Count(id => id == "light"), served.Count(id => id == "heavy")));
        await service.CreateAsync(Named("urgent") with { Sharing = new SharingSettings(Priority: 1) }, null, None);
        Assert.Equal("urgent", (await LeaseAsync(service, Worker with { WorkerId = "late" })).Order.SearchId);
    }

    private sealed class BrokenStrategy : ISelectionStrategy
    {
        public SelectedJob? Next(SearchState state) => throw new InvalidOperationException("It cannot decide.");
    }

    /// <summary>Ids of leases as they come over a network.</summary>
    private static LeaseId Id(LeasedJob leased) => LeaseId.Parse(leased.LeaseId)!.Value;

    private static SearchDefinition Named(string id, string budget = "60epochs") => Definition(budget) with { Id = id };

    private static async Task<LeasedJob> LeaseAsync(ISearchService service, WorkerRegistration worker)
    {
        WorkerSession session = await service.RegisterAsync(worker, None);
        return (await service.LeaseAsync(worker.WorkerId, session.Session, Patiently, None))!;
    }

    private static async Task WorkToTheEndAsync(ISearchService service, string worker, string search)
    {
        WorkerSession session = await service.RegisterAsync(Worker with { WorkerId = worker }, None);
        while (!(await service.ReadAsync(search, None)).State.HasEnded)
        {
            if (await service.LeaseAsync(worker, session.Session, TimeSpan.FromMilliseconds(200), None) is LeasedJob leased)
            {
                await service.HeartbeatAsync(Id(leased), Reached(leased.Order, leased.Order.StartEpochs), None);
                Assert.Equal(ReportAnswer.Accepted, await service.ReportAsync(Id(leased), Success(leased.Order), None));
            }
        }
    }

    private Task<ISearchService> OpenAsync(ServiceSettings? settings = null) =>
        OpenAsync(settings ?? new ServiceSettings { ClockInterval = TimeSpan.FromMilliseconds(100) }, StrategyCatalogue.Create);
}
