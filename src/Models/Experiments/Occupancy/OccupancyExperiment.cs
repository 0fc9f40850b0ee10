using Bitcurve.Models.Data;
using Bitcurve.Models.Workloads;

namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>A table of the thesis's chapter 5: each row is one training, measured on the test shapes.</summary>
public abstract class OccupancyExperiment : Experiment
{
    private protected const string Iou = "IoU";
    private protected const string Chamfer = "Chamfer-L1";
    private protected const string PartIou = "mIoU";
    private protected const string Accuracy = "accuracy";

    public override IReadOnlyList<string> Columns => [.. Figures.Select(figure => figure == Chamfer ? $"{figure} ↓" : $"{figure} ↑")];

    /// <summary>The measured figures' names, one per column.</summary>
    private protected abstract IReadOnlyList<string> Figures { get; }

    /// <summary>Label, training and the thesis's own figures of each row.</summary>
    private protected abstract IReadOnlyList<(string Label, OccupancyStage Stage, IReadOnlyList<double?>? Published)> Table { get; }

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale) =>
        [.. Table.Select(row => new ExperimentRow(row.Label, stages => Measure(row.Stage, stages), row.Published))];

    private IReadOnlyList<double?> Measure(OccupancyStage stage, ExperimentStages stages)
    {
        using var run = stage.Trained(stages);
        var measured = run.EvaluateAll(Split.Test).ToDictionary(entry => entry.Name, entry => entry.Value);
        return [.. Figures.Select(figure => measured.TryGetValue(figure, out var value) ? value : (double?)null)];
    }
}
