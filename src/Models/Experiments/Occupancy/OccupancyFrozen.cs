namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>Whether encodings learned for reconstruction alone serve classification.</summary>
public sealed class OccupancyFrozen : OccupancyExperiment
{
    public override string Name => "onet-frozen";

    public override string Source => "thesis ch. 5, Table 2; Table 4 has the same rows on ModelNet40 (0.82, frozen 0.57, joint 0.82)";

    public override string Summary => "Whether a classifier can use encodings that were learned for reconstruction alone";

    private protected override IReadOnlyList<string> Figures => [Iou, Chamfer, Accuracy];

    private protected override IReadOnlyList<(string Label, OccupancyStage Stage, IReadOnlyList<double?>? Published)> Table =>
    [
        ("ONet baseline", OccupancyStage.Baseline, [0.78, 0.0081, null]),
        ("Classification baseline", OccupancyStage.ClassificationBaseline, [null, null, 0.92]),
        ("Classification w/ ONet encoder", OccupancyStage.FrozenClassification, [null, null, 0.80]),
        ("Joint Classification & ONet", OccupancyStage.WithClassification, [0.77, 0.0084, 0.92]),
    ];
}
