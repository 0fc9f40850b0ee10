using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Store;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Hosting;

public sealed class LocalSearchServiceTests : SearchServiceContract, IAsyncDisposable
{
    private readonly MemorySearchStore searches = new();
    private readonly MemoryDocumentStore documents = new();
    private LocalSearchService? service;

    public async ValueTask DisposeAsync()
    {
        if (service is not null)
        {
            await service.DisposeAsync();
        }
    }

    protected override async Task<ISearchService> OpenAsync(ServiceSettings settings, Func<SearchDefinition, ISelectionStrategy> strategy)
    {
        await DisposeAsync();
        return service = await LocalSearchService.OpenAsync(searches, documents, strategy, settings, TimeProvider.System, CancellationToken.None);
    }
}
