using System.Text.Json.Serialization;

namespace Bitcurve.Workers.Contracts;

/// <summary>One layer whose bit-width the search may choose.</summary>
/// <param name="Name">Module path in the network, e.g. <c>layer1.0.conv1</c>.</param>
/// <param name="WeightShape">Out-channels, in-channels per group, then the kernel's extents.</param>
/// <param name="Macs">Multiply-accumulates of one forward pass for one sample.</param>
/// <param name="KeepsKernel">Whether series compression leaves this layer alone although its kernel is larger than 1.</param>
/// <param name="SharesWith">Name of the earlier layer whose levels this one takes, e.g. a shortcut those of its block; null for levels of its own.</param>
public sealed record LayerDescription(
    string Name,
    IReadOnlyList<int> WeightShape,
    long Macs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool KeepsKernel = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] string? SharesWith = null)
{
    /// <summary>k: the largest extent of the kernel along an axis, 1 for a layer without one.</summary>
    public int KernelExtent => WeightShape.Skip(2).DefaultIfEmpty(1).Max();

    /// <summary>Number of weights: the product of <see cref="WeightShape"/>.</summary>
    public long WeightCount => WeightShape.Aggregate(1L, (product, extent) => product * extent);
}

/// <summary>
/// What a worker says it can train. The server knows a network only through this record: it needs no tensor library.
/// </summary>
/// <param name="Name">Network and data, e.g. <c>vgg8/shapes32</c>.</param>
/// <param name="ContentHash">SHA-256 (hex) of everything that determines the FP32 baseline except the seed: network, data, recipe.</param>
/// <param name="Metric">Name of the figure that measurements carry, e.g. <c>accuracy</c> or <c>Chamfer distance</c>.</param>
/// <param name="Layers">Quantised layers in module order; the search's bit vectors have one entry for each that has levels of its own.</param>
/// <param name="BaselineEpochs">Epochs of the FP32 training from scratch.</param>
/// <param name="Goal">Which end of the metric's range is the good one.</param>
/// <param name="MetricIsFraction">Whether the metric lies in [0,1] and is told in per cent; otherwise it may be any finite number.</param>
public sealed record WorkloadDescription(
    string Name,
    string ContentHash,
    string Metric,
    IReadOnlyList<LayerDescription> Layers,
    int BaselineEpochs,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] MetricGoal Goal = MetricGoal.Maximize,
    bool MetricIsFraction = true)
{
    // Two properties may not have one name in JSON, not even where one of them is never written.
    /// <summary>Whether the metric lies in [0,1] and is told in per cent; otherwise it may be any finite number.</summary>
    [JsonIgnore, JsonPropertyName("fraction")]
    public bool MetricIsFraction { get; init; } = MetricIsFraction;

    /// <summary><see cref="MetricIsFraction"/> as it is written: left out where it is true, so that searches of fractions are stored as they always were.</summary>
    [JsonPropertyName("metricIsFraction"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? WrittenFraction { get => MetricIsFraction ? null : false; init => MetricIsFraction = value ?? true; }
}

/// <summary>What a worker announces when it joins.</summary>
/// <param name="WorkerId">Chosen by the worker, stable over its restarts.</param>
/// <param name="DeviceKind">Decides which learned seconds per epoch apply, e.g. <c>cpu</c> or <c>NVIDIA H200</c>.</param>
/// <param name="Workloads">Everything this worker can train.</param>
public sealed record WorkerRegistration(string WorkerId, string DeviceKind, IReadOnlyList<WorkloadDescription> Workloads);
