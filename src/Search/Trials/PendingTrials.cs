using System.Runtime.CompilerServices;

namespace Bitcurve.Search.Trials;

/// <summary>Ids of trials with a pending job, made once for a list of jobs, which never changes (compare <see cref="TrialIndex"/>).</summary>
internal static class PendingTrials
{
    private static readonly ConditionalWeakTable<IReadOnlyList<Job>, HashSet<int>> Sets = [];

    internal static HashSet<int> Of(IReadOnlyList<Job> jobs) => jobs.Count == 0
        ? []
        : Sets.GetValue(jobs, list => [.. list.Where(job => job.IsPending && job.TrialId is not null).Select(job => job.TrialId!.Value)]);
}
