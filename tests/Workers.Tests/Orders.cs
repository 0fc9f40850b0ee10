using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests;

/// <summary>Orders for a small workload.</summary>
internal static class Orders
{
    internal static readonly Workload Tiny = Workload.Open("vgg8/shapes32-tiny", baselineEpochs: 2);

    internal static JobOrder Baseline(int jobId = 1, int epochs = 2) => new()
    {
        SearchId = "s",
        JobId = jobId,
        FencingToken = jobId,
        Workload = Tiny.Name,
        WorkloadHash = Tiny.ContentHash,
        Kind = JobKind.Baseline,
        Seed = 0,
        EvaluateAt = [epochs],
        Split = EvaluationSplit.Validation,
    };
}
