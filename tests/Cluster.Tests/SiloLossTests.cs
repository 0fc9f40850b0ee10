using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Cluster.Tests;

/// <summary>Two silos, one of which dies in the middle of a search.</summary>
[Collection(PostgresFixture.Name)]
public sealed class SiloLossTests(PostgresFixture postgres) : IAsyncDisposable
{
    private const string Search = "one";
    private const int JobsBeforeTheLoss = 6;

    private static readonly CancellationToken None = CancellationToken.None;

    private readonly List<TestSilo> silos = [];
    private TestSilo? survivor;

    public async ValueTask DisposeAsync()
    {
        foreach (TestSilo silo in silos)
        {
            await silo.DisposeAsync();
        }
    }

    [Theory]
    [InlineData("search-one", "SearchGrain")]
    [InlineData("search-one", "JournalGrain")]
    [InlineData("index", "IndexGrain")]
    [InlineData("worker-worker-1", "WorkerGrain")]
    public async Task Search_ItsSiloDies_GoesOnOnTheOtherAndLosesNothing(string key, string type)
    {
        await StartAsync();
        await silos[0].Service.CreateAsync(Definition("60epochs") with { Id = Search }, null, None);
        using var dying = new SemaphoreSlim(0);
        int done = 0;
        void Count()
        {
            if (Interlocked.Increment(ref done) == JobsBeforeTheLoss)
            {
                dying.Release();
            }
        }

        // Known only once the grains are active: the workers begin on both silos, and those of the dead one go to the other.
        using var left = new CancellationTokenSource();
        Task[] workers = [.. Enumerable.Range(1, 4).Select(number => WorkToTheEndAsync($"worker-{number}", number % 2, left.Token, Count))];
        await dying.WaitAsync();
        TestSilo victim = await HostOfAsync(key, type);
        survivor = silos.Single(silo => silo != victim);
        await left.CancelAsync();
        await victim.KillAsync();
        await Task.WhenAll(workers);

        ISearchService service = survivor.Service;
        SearchState ended = (await service.ReadAsync(Search, None)).State;
        SearchInvariants.Check(ended);
        Assert.Equal(SearchPhase.Completed, ended.Phase);
        Assert.All(ended.Jobs, job => Assert.Equal((JobState.Succeeded, 0), (job.State, job.Attempts)));
        IReadOnlyList<JournalEntry> journal = await service.JournalAsync(Search, 0, int.MaxValue, None);
        ReplayResult replayed = JournalReplay.Run(journal, StrategyCatalogue.Create);
        Assert.Empty(replayed.Differences);
        Assert.Equal(SearchJson.Serialize(ended), SearchJson.Serialize(replayed.State));
    }

    private async Task StartAsync()
    {
        string name = Guid.NewGuid().ToString("N");
        for (int number = 0; number < 2; number++)
        {
            silos.Add(await TestSilo.StartAsync(
                TwoSilosTests.SettingsOf(postgres.InstanceOrSkip().ConnectionString, name),
                new ServiceSettings { ClockInterval = TimeSpan.FromMilliseconds(100) },
                StrategyCatalogue.Create));
        }
    }

    private async Task<TestSilo> HostOfAsync(string key, string type)
    {
        IManagementGrain management = silos[0].Grains.GetGrain<IManagementGrain>(0);
        DetailedGrainStatistic found = (await management.GetDetailedGrainStatistics())
            .First(grain => grain.GrainId.Key.ToString() == key && grain.GrainType.Contains(type, StringComparison.Ordinal));
        return silos.Single(silo => silo.Address.Equals(found.SiloAddress));
    }

    /// <summary>Like a worker behind a load balancer: a request that failed is sent again, to whichever silo is there.</summary>
    private async Task WorkToTheEndAsync(string worker, int silo, CancellationToken isDying, Action onReport)
    {
        Task<T> AskAsync<T>(Func<ISearchService, CancellationToken, Task<T>> call) => AskOrMoveAsync(call, silo, isDying);
        WorkerSession session = await AskAsync((service, token) => service.RegisterAsync(Worker with { WorkerId = worker }, token));
        while (!(await AskAsync((service, token) => service.ReadAsync(Search, token))).State.HasEnded)
        {
            LeasedJob? leased = await AskAsync((service, token) => service.LeaseAsync(worker, session.Session, TimeSpan.FromMilliseconds(500), token));
            if (leased is null)
            {
                continue;
            }

            LeaseId lease = LeaseId.Parse(leased.LeaseId)!.Value;
            JobOrder order = leased.Order;
            Assert.Equal(HeartbeatAnswer.Continue, await AskAsync((service, token) => service.HeartbeatAsync(lease, Reached(order, order.StartEpochs), token)));
            await AskAsync((service, token) => service.ReportAsync(lease, Success(order), token));
            onReport();
        }
    }

    private async Task<T> AskOrMoveAsync<T>(Func<ISearchService, CancellationToken, Task<T>> call, int silo, CancellationToken isDying)
    {
        if (!isDying.IsCancellationRequested)
        {
            try
            {
                return await call(silos[silo].Service, isDying);
            }
            catch (OperationCanceledException)
            {
                // Its silo is about to die, or the other one is; whether the request was served is unknown.
            }
        }

        return await call(survivor!.Service, None);
    }
}
