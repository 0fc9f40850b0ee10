using Bitcurve.Search.Hosting;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Search.Trials;
using Bitcurve.Tests.Shared;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Cluster.Tests;

/// <summary>The database of a cluster crashes and comes back.</summary>
[Collection(PostgresFixture.Name)]
public sealed class DatabaseOutageTests(PostgresFixture postgres)
{
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task Report_DatabaseIsDown_IsTakenOnceWhenItIsBack()
    {
        PostgresInstance database = postgres.InstanceOrSkip();
        await using TestSilo silo = await TestSilo.StartAsync(
            TwoSilosTests.SettingsOf(database.ConnectionString, Guid.NewGuid().ToString("N")), new ServiceSettings(), StrategyCatalogue.Create);
        ISearchService service = silo.Service;
        await service.CreateAsync(Definition() with { Id = "one" }, null, None);
        WorkerSession session = await service.RegisterAsync(Worker, None);
        for (int job = 0; job < 3; job++)
        {
            LeasedJob leased = (await service.LeaseAsync(Worker.WorkerId, session.Session, TimeSpan.FromSeconds(60), None))!;
            database.Stop();
            Task<ReportAnswer> reporting = service.ReportAsync(LeaseId.Parse(leased.LeaseId)!.Value, Success(leased.Order), None);
            database.Start();

            Assert.Equal(ReportAnswer.Accepted, await reporting);
        }

        IReadOnlyList<JournalEntry> journal = await service.JournalAsync("one", 0, int.MaxValue, None);
        ReplayResult replayed = JournalReplay.Run(journal, StrategyCatalogue.Create);
        Assert.Empty(replayed.Differences);
        Assert.Equal(3, journal.Count(entry => entry.Event is SearchEvent.Reported));
        Assert.Equal(SearchJson.Serialize((await service.ReadAsync("one", None)).State), SearchJson.Serialize(replayed.State));
    }
}
