using Bitcurve.Search.Api.Problems;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Whether what a worker announces can be searched at all. Names go into pages, logs and file names.</summary>
internal static class WorkloadCheck
{
    private const int LongestName = 200;
    private const int MostWorkloads = 1000;
    private const int MostLayers = 10_000;
    private const int MostExtents = 8;

    /// <exception cref="ProblemException">Something does not suit (422).</exception>
    internal static void Require(WorkerRegistration worker)
    {
        RequireName("workerId", worker.WorkerId);
        RequireName("deviceKind", worker.DeviceKind);
        RequireCount("workloads", worker.Workloads.Count, MostWorkloads);
        for (int index = 0; index < worker.Workloads.Count; index++)
        {
            Require(worker.Workloads[index], $"workloads[{index}]");
        }
    }

    /// <exception cref="ProblemException">Something does not suit (422).</exception>
    internal static void Require(WorkloadDescription workload, string field)
    {
        RequireName($"{field}.name", workload.Name);
        RequireName($"{field}.contentHash", workload.ContentHash);
        RequireName($"{field}.metric", workload.Metric);
        RequireCount($"{field}.layers", workload.Layers.Count, MostLayers);
        if (workload.BaselineEpochs < 1)
        {
            throw ProblemException.Unsuitable($"{field}.baselineEpochs", "1 or more", $"{workload.BaselineEpochs}");
        }

        if (!Enum.IsDefined(workload.Goal))
        {
            throw ProblemException.Unsuitable($"{field}.goal", "maximize or minimize", $"{workload.Goal}");
        }

        for (int index = 0; index < workload.Layers.Count; index++)
        {
            Require(workload.Layers[index], $"{field}.layers[{index}]");
            RequireOwner(workload.Layers, index, $"{field}.layers[{index}].sharesWith");
        }
    }

    /// <summary>A layer shares with an earlier one that has levels of its own: nothing is looked up twice.</summary>
    private static void RequireOwner(IReadOnlyList<LayerDescription> layers, int index, string field)
    {
        if (layers[index].SharesWith is string owner
            && !layers.Take(index).Any(layer => layer.Name == owner && layer.SharesWith is null))
        {
            throw ProblemException.Unsuitable(field, "the name of an earlier layer that has levels of its own", owner);
        }
    }

    private static void Require(LayerDescription layer, string field)
    {
        RequireName($"{field}.name", layer.Name);
        RequireCount($"{field}.weightShape", layer.WeightShape.Count, MostExtents);
        if (layer.WeightShape.Any(extent => extent < 1))
        {
            throw ProblemException.Unsuitable($"{field}.weightShape", "extents of 1 or more", $"[{string.Join(',', layer.WeightShape)}]");
        }

        if (layer.Macs < 0)
        {
            throw ProblemException.Unsuitable($"{field}.macs", "0 or more", $"{layer.Macs}");
        }
    }

    private static void RequireName(string field, string name)
    {
        if (name.Length is 0 or > LongestName || name.Any(char.IsControl) || string.IsNullOrWhiteSpace(name))
        {
            throw ProblemException.Unsuitable(field, $"1 to {LongestName} printable characters", name.Length > LongestName ? $"{name.Length}" : "others");
        }
    }

    private static void RequireCount(string field, int count, int most)
    {
        if (count < 1 || count > most)
        {
            throw ProblemException.Unsuitable(field, $"1 to {most} entries", $"{count}");
        }
    }
}
