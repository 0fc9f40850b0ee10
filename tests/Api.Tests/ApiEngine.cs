using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Builder;

namespace Bitcurve.Api.Tests;

/// <summary>What holds the searches in these tests: this process, in memory. The tests of the cluster have another class of this name.</summary>
internal sealed record ApiEngine(string Name, Func<IServiceProvider, ISearchService> Service, Action<WebApplicationBuilder> Configure)
{
    internal static async Task<ApiEngine> OpenAsync(string _)
    {
        LocalSearchService service = await LocalSearchService.OpenAsync(
            new MemorySearchStore(), new MemoryDocumentStore(), StrategyCatalogue.Create, new ServiceSettings(), TimeProvider.System, CancellationToken.None);
        return new ApiEngine("local", _ => service, _ => { });
    }
}
