using System.Net;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Orleans;
using Bitcurve.Search.Tests.Hosting;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Cluster.Tests;

/// <summary>Two silos on PostgreSQL; every call goes to the other one than the call before.</summary>
[Collection(PostgresFixture.Name)]
public sealed class TwoSilosTests(PostgresFixture postgres) : SearchServiceContract, IAsyncDisposable
{
    private readonly string name = Guid.NewGuid().ToString("N");
    private readonly List<TestSilo> silos = [];

    public async ValueTask DisposeAsync()
    {
        foreach (TestSilo silo in silos)
        {
            await silo.DisposeAsync();
        }

        silos.Clear();
    }

    protected override async Task<ISearchService> OpenAsync(ServiceSettings settings, Func<SearchDefinition, ISelectionStrategy> strategy)
    {
        await DisposeAsync();
        for (int number = 0; number < 2; number++)
        {
            silos.Add(await TestSilo.StartAsync(SettingsOf(postgres.InstanceOrSkip().ConnectionString, name), settings, strategy));
        }

        return new AlternatingService([.. silos.Select(silo => silo.Service)]);
    }

    internal static SiloSettings SettingsOf(string connectionString, string name) => new()
    {
        ConnectionString = connectionString,
        Advertised = IPAddress.Loopback,
        ClusterName = name,
    };
}
