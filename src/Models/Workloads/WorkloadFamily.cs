using Bitcurve.Models.Training;

namespace Bitcurve.Models.Workloads;

/// <summary>A system of the literature that trains here: one network on every kind of data that it can take.</summary>
public sealed record WorkloadFamily
{
    /// <summary>Left of the slash in a workload's name, e.g. <c>voxnet</c>.</summary>
    public required string Network { get; init; }

    /// <summary>Where it is described, e.g. <c>thesis 3.3.2, Table 3.3</c> or <c>seed 000, Table 1</c>.</summary>
    public required string Source { get; init; }

    /// <summary>What it does, in one sentence.</summary>
    public required string Summary { get; init; }

    public required Metric Metric { get; init; }

    /// <summary>The generated one first: what is used unless another one is named.</summary>
    public required IReadOnlyList<WorkloadData> Data { get; init; }

    /// <summary>Sizes that there are.</summary>
    public IReadOnlyList<WorkloadScale> Scales { get; init; } = [WorkloadScale.Full, WorkloadScale.Small];

    /// <summary>Makes the problem and the recipes; loads nothing yet.</summary>
    public required Func<WorkloadScale, WorkloadDataChoice, WorkloadContent> Open { get; init; }

    /// <summary>The quantisable layers, without data; empty for a system without convolutions.</summary>
    public required Func<WorkloadScale, IReadOnlyList<QuantizedLayer>> Layers { get; init; }
}

/// <summary>A kind of data.</summary>
/// <param name="Name">Right of the slash: <c>solids</c>, or <c>modelnet40</c>, which a colon and a folder follow.</param>
/// <param name="Summary">What it is, in one line.</param>
/// <param name="IsFolder">Whether it is read from a folder of the user's rather than generated.</param>
public sealed record WorkloadData(string Name, string Summary, bool IsFolder = false)
{
    /// <summary>As a user writes it: <c>solids</c>, <c>modelnet40:DIR</c>.</summary>
    public string Text => IsFolder ? $"{Name}:DIR" : Name;
}

/// <summary>A kind of data as a user chose it.</summary>
/// <param name="Name">One of a family's.</param>
/// <param name="Folder">Where it lies; null for generated data.</param>
public sealed record WorkloadDataChoice(string Name, string? Folder = null);

/// <summary>What a workload consists of.</summary>
/// <param name="Problem">Data, network, loss and metric.</param>
/// <param name="Baseline">FP32 training.</param>
/// <param name="FineTuning">Training after quantisation.</param>
public sealed record WorkloadContent(LearningProblem Problem, TrainingRecipe Baseline, TrainingRecipe FineTuning);
