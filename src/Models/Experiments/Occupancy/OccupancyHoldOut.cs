namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>A head learned on encodings that never saw its task.</summary>
public sealed class OccupancyHoldOut : OccupancyExperiment
{
    public override string Name => "onet-holdout";

    public override string Source => "thesis ch. 5, Table 8";

    public override string Summary => "Whether one semantic task in an encoder's training helps another one that is learned later, with the encoder frozen";

    private protected override IReadOnlyList<string> Figures => [Iou, PartIou, Accuracy];

    private protected override IReadOnlyList<(string Label, OccupancyStage Stage, IReadOnlyList<double?>? Published)> Table =>
    [
        ("Classification w/ ONet encoder", OccupancyStage.FrozenClassification, [null, null, 0.89]),
        ("Segmentation w/ ONet encoder", OccupancyStage.FrozenSegmentation, [null, 0.48, null]),
        ("Multi Task w/ Seg & ONet encoder", OccupancyStage.HeldOutClassification, [0.70, 0.53, 0.95]),
        ("Multi Task w/ Classification & ONet encoder", OccupancyStage.HeldOutSegmentation, [0.70, 0.53, 0.96]),
    ];
}
