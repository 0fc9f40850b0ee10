using Bitcurve.Models.Training;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Bench.Tabulation;

/// <summary>What the rows of a table have in common; kept next to it.</summary>
/// <param name="Workload">NETWORK/DATA.</param>
/// <param name="WorkloadHash">Content hash of network, images and recipes.</param>
/// <param name="Space">E.g. <c>bezier:2</c>.</param>
/// <param name="FineTuneImages">Images that one epoch of fine-tuning sees.</param>
/// <param name="Epochs">Where both splits were evaluated.</param>
/// <param name="BaselineValidationPercent">FP32 accuracy, validation split.</param>
/// <param name="BaselineTestPercent">FP32 accuracy, test split; null where it is not known.</param>
/// <param name="Layers">Quantised layers in module order.</param>
public sealed record TableFacts(
    string Workload,
    string WorkloadHash,
    string Space,
    int FineTuneImages,
    IReadOnlyList<int> Epochs,
    double BaselineValidationPercent,
    double? BaselineTestPercent,
    IReadOnlyList<QuantizedLayer> Layers)
{
    public static TableFacts Of(TabulatedWorkload trainings, CurveSpace space) => new(
        trainings.Workload.Name,
        trainings.Workload.ContentHash,
        space.ToString(),
        trainings.FineTuneImages,
        TabulatedWorkload.Epochs,
        Math.Round(100 * trainings.BaselineAccuracy.Validation, 3),
        Math.Round(100 * trainings.BaselineAccuracy.Test, 3),
        trainings.Workload.Layers);
}
