namespace Bitcurve.Search.Hosting;

/// <summary>
/// Which search a free worker serves: the highest priority first; among equals the one with the fewest running jobs for its weight, so that
/// shares come out in proportion to the weights (weighted fair queueing by running jobs); then the one that has run the fewest jobs for its
/// weight, then by id. Pure.
/// </summary>
public static class FairShare
{
    /// <summary>The searches that want workers of this workload, the most deserving first.</summary>
    public static IEnumerable<SearchSummary> Order(IEnumerable<SearchSummary> searches, IReadOnlyCollection<string> workloadHashes) => searches
        .Where(search => search.State == SearchStatus.Running && workloadHashes.Contains(search.WorkloadHash))
        .OrderByDescending(search => search.Sharing.Priority)
        .ThenBy(search => search.Jobs.Running / search.Sharing.Weight)
        .ThenBy(search => (search.Jobs.Succeeded + search.Jobs.Failed) / search.Sharing.Weight)
        .ThenBy(search => search.Id, StringComparer.Ordinal);
}
