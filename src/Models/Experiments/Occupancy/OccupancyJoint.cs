namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>Tasks learned together, one decoder for occupancy and parts, against each alone.</summary>
public sealed class OccupancyJoint : OccupancyExperiment
{
    public override string Name => "onet-joint";

    public override string Source => "thesis ch. 5, Table 6, baselines and joint decoder";

    public override string Summary => "What learning tasks together costs each of them when one decoder tells occupancy and parts";

    private protected override IReadOnlyList<string> Figures => [Iou, Chamfer, PartIou, Accuracy];

    private protected override IReadOnlyList<(string Label, OccupancyStage Stage, IReadOnlyList<double?>? Published)> Table =>
    [
        ("ONet baseline", OccupancyStage.Baseline, [0.69, 0.010, null, null]),
        ("Classification baseline", OccupancyStage.ClassificationBaseline, [null, null, null, 0.95]),
        ("Segmentation baseline", OccupancyStage.SegmentationBaseline, [null, null, 0.53, null]),
        ("Joint Segmentation & ONet", OccupancyStage.JointSegmentation, [0.70, 0.0098, 0.50, null]),
        ("Joint Segmentation & Classification & ONet", OccupancyStage.JointAll, [0.72, 0.0086, 0.50, 0.95]),
    ];
}
