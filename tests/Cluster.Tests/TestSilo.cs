using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Orleans;
using Bitcurve.Search.Trials;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace Bitcurve.Cluster.Tests;

/// <summary>A silo in this process, with its service.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly IHost host;

    private bool hasEnded;

    private TestSilo(IHost host) => this.host = host;

    internal ISearchService Service => host.Services.GetRequiredService<ISearchService>();

    internal IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    internal SiloAddress Address => host.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress;

    internal static async Task<TestSilo> StartAsync(
        SiloSettings silo, ServiceSettings settings, Func<SearchDefinition, ISelectionStrategy> strategy)
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddSearchSilo(silo, settings, strategy, TimeProvider.System, LoseSilosQuickly);
        IHost host = builder.Build();
        await host.StartAsync();
        return new TestSilo(host);
    }

    /// <summary>Ends without a word to the others, as a killed process does.</summary>
    internal async Task KillAsync()
    {
        hasEnded = true;
        await host.StopAsync(new CancellationToken(canceled: true));
        host.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        if (hasEnded)
        {
            return;
        }

        hasEnded = true;
        await host.StopAsync();
        host.Dispose();
    }

    // A test need not wait as long as a cluster does before it gives up a member.
    private static void LoseSilosQuickly(ISiloBuilder orleans) => orleans.Configure<ClusterMembershipOptions>(options =>
    {
        options.ProbeTimeout = TimeSpan.FromSeconds(2);
        options.NumMissedProbesLimit = 3;
        options.NumVotesForDeathDeclaration = 1;
        options.TableRefreshTimeout = TimeSpan.FromSeconds(2);
    });
}
