using Bitcurve.Search.Hosting;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Tells a user whose search stands still that nobody can serve it, and why.</summary>
internal static class WorkerNotice
{
    /// <summary>Null when some worker that is there offers the search's workload, or when the search wants none.</summary>
    internal static string? Of(SearchSummary search, IEnumerable<WorkerStatus> workers)
    {
        if (search.State != SearchStatus.Running)
        {
            return null;
        }

        WorkerStatus[] online = [.. workers.Where(worker => worker.State == WorkerState.Online)];
        if (online.Length == 0)
        {
            return "No worker is there. Start one: bitcurve worker --server URL";
        }

        if (online.Any(worker => worker.WorkloadHashes.Contains(search.WorkloadHash)))
        {
            return null;
        }

        return online.Any(worker => worker.Workloads.Contains(search.Workload))
            ? $"Workers offer {search.Workload} by another recipe (data, weights or length of the FP32 training) than this search was created with."
            : $"No worker that is there offers {search.Workload}. Start one: bitcurve worker --server URL --workload {search.Workload}";
    }
}
