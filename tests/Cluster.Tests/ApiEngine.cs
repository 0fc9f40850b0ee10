using Bitcurve.Search.Hosting;
using Bitcurve.Search.Hosting.Orleans;
using Bitcurve.Search.Selection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Bitcurve.Api.Tests;

/// <summary>What holds the searches where the tests of the HTTP interface are run with a cluster: a silo in the server's process.</summary>
internal sealed record ApiEngine(string Name, Func<IServiceProvider, ISearchService> Service, Action<WebApplicationBuilder> Configure)
{
    internal static Task<ApiEngine> OpenAsync(string folder) => Task.FromResult(new ApiEngine(
        "orleans",
        services => services.GetRequiredService<ClusterSearchService>(),
        builder => builder.AddSearchSilo(
            new SiloSettings { SqliteFile = Path.Combine(folder, "cluster.db") }, new ServiceSettings(), StrategyCatalogue.Create, TimeProvider.System)));
}
