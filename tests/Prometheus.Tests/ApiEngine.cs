using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Local;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Builder;

namespace Bitcurve.Api.Tests;

/// <summary>What holds the searches in these tests: this process, in memory, with leases so short that one can be seen to expire.</summary>
internal sealed record ApiEngine(string Name, Func<IServiceProvider, ISearchService> Service, Action<WebApplicationBuilder> Configure)
{
    internal static async Task<ApiEngine> OpenAsync(string _)
    {
        var settings = new ServiceSettings { LeaseDuration = TimeSpan.FromSeconds(3), ClockInterval = TimeSpan.FromSeconds(0.25) };
        LocalSearchService service = await LocalSearchService.OpenAsync(
            new MemorySearchStore(), new MemoryDocumentStore(), StrategyCatalogue.Create, settings, TimeProvider.System, CancellationToken.None);
        return new ApiEngine("local", _ => service, _ => { });
    }
}
