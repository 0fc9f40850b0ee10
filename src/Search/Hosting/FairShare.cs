using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting;

/// <summary>What decides whether a search is served next.</summary>
/// <param name="Id">Of the search.</param>
/// <param name="WorkloadHash">What its workers must offer.</param>
/// <param name="Sharing">Its priority and weight.</param>
/// <param name="Running">Jobs that workers hold.</param>
/// <param name="Ordered">Jobs that it ever had.</param>
public sealed record ShareClaim(string Id, string WorkloadHash, SharingSettings Sharing, int Running, int Ordered)
{
    /// <summary>Null for a search that wants no workers at present.</summary>
    public static ShareClaim? Of(SearchState state) => state.HasEnded || state.Paused
        ? null
        : new ShareClaim(
            state.Definition.Id,
            state.Definition.Workload.ContentHash,
            state.Definition.Sharing,
            state.PendingJobs.Count(job => job.State == JobState.Leased),
            state.Jobs.Count);
}

/// <summary>
/// Which search a free worker serves: the highest priority first; among equals the one with the fewest running jobs for its weight, so that
/// shares come out in proportion to the weights (weighted fair queueing by running jobs); then the one that has had the fewest jobs for its
/// weight, then by id. Pure.
/// </summary>
public static class FairShare
{
    /// <summary>The searches that a worker can serve, the most deserving first.</summary>
    public static IEnumerable<ShareClaim> Order(IEnumerable<ShareClaim> claims, IReadOnlyCollection<string> workloadHashes) => claims
        .Where(claim => workloadHashes.Contains(claim.WorkloadHash))
        .OrderByDescending(claim => claim.Sharing.Priority)
        .ThenBy(claim => claim.Running / claim.Sharing.Weight)
        .ThenBy(claim => claim.Ordered / claim.Sharing.Weight)
        .ThenBy(claim => claim.Id, StringComparer.Ordinal);
}
