using Bitcurve.Search.Hosting;

namespace Bitcurve.Search.Api.Metrics;

/// <summary>Where the searches that are under way and the workers stand, at one moment.</summary>
/// <param name="Searches">Running and paused ones.</param>
/// <param name="Workers">All that are known.</param>
internal sealed record ServiceStanding(IReadOnlyList<SearchSummary> Searches, IReadOnlyList<WorkerStatus> Workers)
{
    internal static readonly ServiceStanding Unknown = new([], []);

    // A dashboard of more is none; each is some ten series.
    private const int MaximumSearches = 500;

    // Ended ones are read past.
    private const int MaximumListed = 100_000;

    internal static async Task<ServiceStanding> ReadAsync(ISearchService service, CancellationToken cancellation)
    {
        IReadOnlyList<SearchSummary> all = await service.ListAsync(null, MaximumListed, cancellation);
        return new ServiceStanding(
            [.. all.Where(search => search.State is SearchStatus.Running or SearchStatus.Paused).Take(MaximumSearches)],
            await service.WorkersAsync(cancellation));
    }
}
