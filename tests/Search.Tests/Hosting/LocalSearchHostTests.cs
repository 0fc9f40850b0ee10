using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Hosting;

public sealed class LocalSearchHostTests
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly MemorySearchStore store = new();
    private readonly ManualTime time = new(Start);

    [Fact]
    public async Task Host_WholeSearch_IsSavedBeforeEachAnswer()
    {
        await using LocalSearchHost host = await OpenAsync(Definition(), new ScriptedStrategy((4, 15), (3, 1)));
        var seen = new List<SearchPhase>();
        host.SearchChanged += state => seen.Add(state.Phase);

        while (await host.LeaseAsync(Worker, None) is JobOrder order)
        {
            Assert.Equal(SearchJson.Serialize(host.State), await StoredAsync());
            await host.ReportAsync(order, Success(order), None);
            Assert.Equal(SearchJson.Serialize(host.State), await StoredAsync());
        }

        Assert.Equal(SearchPhase.Completed, host.State.Phase);
        Assert.Equal([SearchPhase.Baseline, SearchPhase.Searching, SearchPhase.Verifying, SearchPhase.Completed], seen.Distinct());
    }

    [Fact]
    public async Task Open_AfterTheProcessDied_HandsItsJobsOutAtOnceFromTheNewestCheckpoint()
    {
        var strategy = new ScriptedStrategy((4, 15));
        await using LocalSearchHost dead = await OpenAsync(Definition(), strategy);
        await BaselineAsync(dead);
        JobOrder lost = (await dead.LeaseAsync(Worker, None))!;
        await dead.HeartbeatAsync(lost, Reached(lost, 9), None);

        await using LocalSearchHost host = await OpenAsync(Definition(), strategy);
        JobOrder again = (await host.LeaseAsync(Worker, None))!;

        Assert.Equal(lost.JobId, again.JobId);
        Assert.Equal(9, again.StartEpochs);
        Assert.Equal([15], again.EvaluateAt);
        await Assert.ThrowsAsync<ConcurrencyException>(() => dead.ReportAsync(lost, Success(lost), None));
    }

    [Fact]
    public async Task Open_AnotherDefinition_NamesTheFieldsAndChangesNothing()
    {
        await (await OpenAsync(Definition(), new ScriptedStrategy())).DisposeAsync();
        string before = await StoredAsync();
        SearchDefinition other = Definition("10epochs") with { Seed = 6, Tasks = [0, 15] };

        var problem = await Assert.ThrowsAsync<SearchMismatchException>(() => OpenAsync(other, new ScriptedStrategy()));

        Assert.Equal(
            "Search search was started with another definition. tasks: expected [0,1,2,15], actual [0,15]; seed: expected 5, actual 6; "
            + "budget: expected at least 60epochs, actual 10epochs.",
            problem.Message);
        Assert.Equal(before, await StoredAsync());
    }

    [Fact]
    public async Task Open_LargerBudget_GoesOnWithAFinishedSearch()
    {
        var strategy = new ScriptedStrategy((4, 15), (3, 15));
        await using LocalSearchHost first = await OpenAsync(Definition("1jobs"), strategy);
        await RunToTheEndAsync(first);
        Assert.Equal(SearchPhase.Completed, first.State.Phase);

        await using LocalSearchHost second = await OpenAsync(Definition("2jobs"), strategy);
        Assert.Equal("33333333", string.Concat((await second.LeaseAsync(Worker, None))!.Bits));
    }

    [Fact]
    public async Task Open_SameDefinitionOfAFinishedSearch_HasNoWork()
    {
        await using LocalSearchHost first = await OpenAsync(Definition(), new ScriptedStrategy((4, 0)));
        await RunToTheEndAsync(first);

        await using LocalSearchHost second = await OpenAsync(Definition(), new ScriptedStrategy((4, 0)));

        Assert.Null(await second.LeaseAsync(Worker, None));
        Assert.Equal(SearchPhase.Completed, (await LocalSearchHost.ReadAsync(store, "search", None))!.Phase);
    }

    [Fact]
    public async Task Lease_NothingAtPresent_WaitsForAReport()
    {
        await using LocalSearchHost host = await OpenAsync(Definition(), new ScriptedStrategy((4, 0)));
        JobOrder baseline = (await host.LeaseAsync(Worker, None))!;
        Task<JobOrder?> first = host.LeaseAsync(OtherWorker, None);
        Task<JobOrder?> second = host.LeaseAsync(OtherWorker, None);
        Assert.False(first.IsCompleted || second.IsCompleted);

        await host.ReportAsync(baseline, Success(baseline), None);

        JobOrder order = (await await Task.WhenAny(first, second))!;
        Assert.Equal(JobKind.FineTune, order.Kind);
    }

    [Fact]
    public async Task Lease_HolderFallsSilent_WakesWhenTheLeaseExpires()
    {
        await using LocalSearchHost host = await OpenAsync(Definition(), new ScriptedStrategy());
        JobOrder silent = (await host.LeaseAsync(Worker, None))!;
        Task<JobOrder?> waiting = host.LeaseAsync(OtherWorker, None);
        Assert.False(waiting.IsCompleted);

        time.Advance(LocalSearchHost.DefaultLeaseDuration);

        Assert.Equal(silent.JobId, (await waiting)!.JobId);
    }

    [Fact]
    public async Task Lease_Cancelled_Throws()
    {
        await using LocalSearchHost host = await OpenAsync(Definition(), new ScriptedStrategy());
        await host.LeaseAsync(Worker, None);
        using var stopping = new CancellationTokenSource();
        Task<JobOrder?> waiting = host.LeaseAsync(OtherWorker, stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task Pause_AndResume_HoldAndReleaseTheWorkers()
    {
        await using LocalSearchHost host = await OpenAsync(Definition(), new ScriptedStrategy());
        await host.PauseAsync(None);
        Task<JobOrder?> waiting = host.LeaseAsync(Worker, None);
        Assert.False(waiting.IsCompleted);

        await host.ResumeAsync(None);

        Assert.Equal(JobKind.Baseline, (await waiting)!.Kind);
    }

    [Fact]
    public async Task Cancel_WaitingWorkers_AreSentHome()
    {
        await using LocalSearchHost host = await OpenAsync(Definition(), new ScriptedStrategy());
        JobOrder order = (await host.LeaseAsync(Worker, None))!;
        Task<JobOrder?> waiting = host.LeaseAsync(OtherWorker, None);

        await host.CancelAsync(None);

        Assert.Null(await waiting);
        Assert.Equal(HeartbeatAnswer.Stop, await host.HeartbeatAsync(order, Reached(order, 1), None));
    }

    [Fact]
    public async Task Report_SaveFails_LeavesTheSearchAsSavedSoThatTheReportCanBeRepeated()
    {
        var failing = new FailingStore(store);
        await using LocalSearchHost host = await LocalSearchHost.OpenAsync(failing, Definition(), new ScriptedStrategy(), time, None);
        JobOrder order = (await host.LeaseAsync(Worker, None))!;
        failing.IsFull = true;
        await Assert.ThrowsAsync<StorageFullException>(() => host.ReportAsync(order, Success(order), None));
        Assert.Equal(SearchPhase.Baseline, host.State.Phase);

        failing.IsFull = false;
        await host.ReportAsync(order, Success(order), None);

        Assert.Equal(SearchPhase.Searching, host.State.Phase);
    }

    [Fact]
    public async Task Host_ManyWorkersAtOnce_EndsWithEachJobDoneOnce()
    {
        await using LocalSearchHost host = await OpenAsync(Definition("30jobs"), new HashedStrategy());
        async Task WorkAsync(WorkerRegistration worker)
        {
            while (await host.LeaseAsync(worker, None) is JobOrder order)
            {
                await host.HeartbeatAsync(order, Reached(order, order.StartEpochs), None);
                await host.ReportAsync(order, Success(order), None);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Task.Run(() => WorkAsync(Worker with { WorkerId = $"{number}" }))));

        SearchInvariants.Check(host.State);
        Assert.Equal(SearchPhase.Completed, host.State.Phase);
        Assert.Equal(30, host.State.Spent.Jobs);
        Assert.All(host.State.Jobs, job => Assert.Equal(JobState.Succeeded, job.State));
    }

    private Task<LocalSearchHost> OpenAsync(SearchDefinition definition, ISelectionStrategy strategy) =>
        LocalSearchHost.OpenAsync(store, definition, strategy, time, None);

    private async Task<string> StoredAsync() => SearchJson.Serialize((await LocalSearchHost.ReadAsync(store, "search", None))!);

    private static async Task BaselineAsync(LocalSearchHost host)
    {
        JobOrder order = (await host.LeaseAsync(Worker, None))!;
        await host.ReportAsync(order, Success(order), None);
    }

    private static async Task RunToTheEndAsync(LocalSearchHost host)
    {
        while (await host.LeaseAsync(Worker, None) is JobOrder order)
        {
            await host.ReportAsync(order, Success(order), None);
        }
    }

    /// <summary>A store whose disk fills up and is cleared again.</summary>
    private sealed class FailingStore(ISearchStore inner) : ISearchStore
    {
        public bool IsFull { get; set; }

        public Task<StoredSearch?> LoadAsync(string id, CancellationToken cancellation) => inner.LoadAsync(id, cancellation);

        public Task AppendAsync(string id, long expectedVersion, IReadOnlyList<string> events, CancellationToken cancellation) => IsFull
            ? throw new StorageFullException("search.db", new IOException())
            : inner.AppendAsync(id, expectedVersion, events, cancellation);

        public Task SaveSnapshotAsync(string id, long version, string json, CancellationToken cancellation) =>
            inner.SaveSnapshotAsync(id, version, json, cancellation);

        public Task<IReadOnlyList<string>> ReadAsync(string id, long after, int limit, CancellationToken cancellation) =>
            inner.ReadAsync(id, after, limit, cancellation);

        public Task<IReadOnlyList<string>> ListAsync(CancellationToken cancellation) => inner.ListAsync(cancellation);
    }
}
