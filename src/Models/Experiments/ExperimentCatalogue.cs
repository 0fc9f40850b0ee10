using Bitcurve.Models.Experiments.Occupancy;

namespace Bitcurve.Models.Experiments;

/// <summary>Every experiment there is.</summary>
public static class ExperimentCatalogue
{
    /// <summary>By the order of the documents.</summary>
    public static readonly IReadOnlyList<Experiment> All =
    [
        new ConvolutionVariants(),
        new BitOrder(),
        new OccupancyReconstruction(),
        new OccupancyFrozen(),
        new OccupancyJoint(),
        new OccupancyParallel(),
        new OccupancyHoldOut(),
        new ContextFeatures(),
        new ContextCross(),
        new ContextAblations(),
        new DynamicDensity(),
    ];

    /// <exception cref="ArgumentException">There is no such experiment; the message lists those there are.</exception>
    public static Experiment Find(string name) => All.FirstOrDefault(experiment => experiment.Name == name)
        ?? throw new ArgumentException($"unknown experiment '{name}': expected one of {string.Join(", ", All.Select(experiment => experiment.Name))}");
}
