using Bitcurve.Models.Networks.Occupancy;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Occupancy;
using Bitcurve.Models.Workloads.Systems;

namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>One training of the thesis's chapter 5: which heads there are, which of them learn, and what they start from.</summary>
/// <param name="Name">Part of a file's name.</param>
/// <param name="Tasks">The heads.</param>
internal sealed record OccupancyStage(string Name, OccupancyTasks Tasks)
{
    private const OccupancyTasks Reconstruction = OccupancyTasks.Reconstruction;
    private const OccupancyTasks Classification = OccupancyTasks.Classification;
    private const OccupancyTasks Segmentation = OccupancyTasks.Segmentation;

    internal static readonly OccupancyStage Baseline = new("reconstruction", Reconstruction);
    internal static readonly OccupancyStage LargerNoise = new("reconstruction-noise", Reconstruction) { Noise = OccupancyOptions.LargerNoise };
    internal static readonly OccupancyStage ClassificationBaseline = new("classification", Classification);
    internal static readonly OccupancyStage SegmentationBaseline = new("segmentation", Segmentation);
    internal static readonly OccupancyStage FrozenClassification = new("frozen-classification", Classification) { Encoder = Baseline };
    internal static readonly OccupancyStage FrozenSegmentation = new("frozen-segmentation", Segmentation) { Encoder = Baseline };
    internal static readonly OccupancyStage WithClassification = new("with-classification", Reconstruction | Classification);
    internal static readonly OccupancyStage JointSegmentation = new("joint-segmentation", Reconstruction | Segmentation) { HasJointDecoder = true };
    internal static readonly OccupancyStage JointAll = new("joint-all", Reconstruction | Classification | Segmentation) { HasJointDecoder = true };
    internal static readonly OccupancyStage ParallelSegmentation = new("parallel-segmentation", Reconstruction | Segmentation);
    internal static readonly OccupancyStage ParallelAll = new("parallel-all", Reconstruction | Classification | Segmentation);

    internal static readonly OccupancyStage HeldOutClassification =
        new("held-out-classification", Reconstruction | Classification | Segmentation) { Encoder = ParallelSegmentation };

    internal static readonly OccupancyStage HeldOutSegmentation =
        new("held-out-segmentation", Reconstruction | Classification | Segmentation) { Encoder = WithClassification };

    /// <summary>Whether one decoder tells occupancy and parts.</summary>
    internal bool HasJointDecoder { get; init; }

    /// <summary>Another stage whose encoder and heads are taken over and keep their weights; only the heads that it lacks learn.</summary>
    internal OccupancyStage? Encoder { get; init; }

    /// <summary>Standard deviation of the points' noise; null for the usual one.</summary>
    internal float? Noise { get; init; }

    /// <summary>The network after this training, which was done before or is done now.</summary>
    /// <returns>The caller's to dispose.</returns>
    internal TrainingRun Trained(ExperimentStages stages)
    {
        Encoder?.Trained(stages).Dispose();
        var options = OccupancySystems.Options(stages.Scale);
        var architecture = OccupancySystems.PointArchitecture(stages.Scale) with { Tasks = Tasks, HasJointDecoder = HasJointDecoder };
        var problem = new OccupancyProblem(OccupancySystems.PartsOf(stages.Scale), architecture, options with { Noise = Noise ?? options.Noise })
        {
            Learned = Encoder is null ? Tasks : Tasks & ~Encoder.Tasks,
            HasFrozenEncoder = Encoder is not null,
        };
        return stages.Train(Name, problem, OccupancySystems.Recipe(stages.Scale), Encoder?.Name);
    }
}
