using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Orleans;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Cluster.Tests;

/// <summary>Journals kept by the grains of a real silo.</summary>
public sealed class GrainSearchStoreTests : SearchStoreContract, IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private TestSilo? silo;

    protected override ISearchStore Searches => new GrainSearchStore(silo!.Grains, TimeProvider.System);

    public async ValueTask InitializeAsync() => silo = await TestSilo.StartAsync(
        new SiloSettings { SqliteFile = folder["cluster.db"] }, new ServiceSettings(), StrategyCatalogue.Create);

    public async ValueTask DisposeAsync()
    {
        await silo!.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(31)]
    [InlineData(200)]
    public async Task Append_OverSeveralPages_ReadsAnyPartAlsoAfterARestart(int batch)
    {
        const int count = 500;
        string[] events = [.. Enumerable.Range(1, count).Select(number => $"{number}")];
        for (int version = 0; version < count; version += batch)
        {
            await Searches.AppendAsync("one", version, events[version..Math.Min(version + batch, count)], CancellationToken.None);
        }

        await silo!.DisposeAsync();
        await InitializeAsync();

        Assert.Equal(events, (await Searches.LoadAsync("one", CancellationToken.None))!.Events);
        foreach ((int after, int limit) in ((int, int)[])[(0, 1), (31, 2), (32, 32), (33, 64), (450, 100), (499, 1), (0, int.MaxValue)])
        {
            Assert.Equal(events.Skip(after).Take(limit), await Searches.ReadAsync("one", after, limit, CancellationToken.None));
        }
    }

    [Fact]
    public async Task Announced_NeverWritten_IsNoSearchAndHindersNobody()
    {
        await Searches.AppendAsync("ghost", 0, [], CancellationToken.None);
        ISearchService service = silo!.Service;

        Assert.Empty(await Searches.ListAsync(CancellationToken.None));
        Assert.Empty(await service.ListAsync(null, 10, CancellationToken.None));
        Assert.Empty(await service.ReferencedArtifactsAsync(CancellationToken.None));
        WorkerSession session = await service.RegisterAsync(Worker, CancellationToken.None);
        Assert.Null(await service.LeaseAsync(Worker.WorkerId, session.Session, TimeSpan.Zero, CancellationToken.None));
        await service.CreateAsync(Definition() with { Id = "ghost" }, null, CancellationToken.None);
        Assert.NotNull(await service.LeaseAsync(Worker.WorkerId, session.Session, TimeSpan.FromSeconds(60), CancellationToken.None));
    }
}
