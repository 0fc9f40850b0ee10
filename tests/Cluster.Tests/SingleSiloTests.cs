using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Orleans;
using Bitcurve.Search.Tests.Hosting;
using Bitcurve.Search.Tests.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Cluster.Tests;

/// <summary>One silo on its machine, states in SQLite.</summary>
public sealed class SingleSiloTests : SearchServiceContract, IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private TestSilo? silo;

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        folder.Dispose();
    }

    protected override async Task<ISearchService> OpenAsync(ServiceSettings settings, Func<SearchDefinition, ISelectionStrategy> strategy)
    {
        await CloseAsync();
        silo = await TestSilo.StartAsync(new SiloSettings { SqliteFile = folder["cluster.db"] }, settings, strategy);
        return silo.Service;
    }

    private ValueTask CloseAsync() => silo?.DisposeAsync() ?? ValueTask.CompletedTask;
}
