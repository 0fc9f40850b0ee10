namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>Tasks learned together, a decoder for each.</summary>
public sealed class OccupancyParallel : OccupancyExperiment
{
    public override string Name => "onet-parallel";

    public override string Source => "thesis ch. 5, Table 6, parallel decoders; the baselines are in onet-joint";

    public override string Summary => "What learning tasks together costs each of them when occupancy and parts have decoders of their own";

    private protected override IReadOnlyList<string> Figures => [Iou, Chamfer, PartIou, Accuracy];

    private protected override IReadOnlyList<(string Label, OccupancyStage Stage, IReadOnlyList<double?>? Published)> Table =>
    [
        ("Parallel Segmentation & ONet", OccupancyStage.ParallelSegmentation, [0.68, 0.011, 0.53, null]),
        ("Parallel Segmentation & Classification & ONet", OccupancyStage.ParallelAll, [0.70, 0.0095, 0.53, 0.95]),
    ];
}
