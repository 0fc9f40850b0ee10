namespace Bitcurve.Models.Experiments.Occupancy;

/// <summary>Reconstruction alone, with the smaller and the larger of the noises that the thesis names.</summary>
public sealed class OccupancyReconstruction : OccupancyExperiment
{
    public override string Name => "onet-reconstruction";

    public override string Source => "thesis ch. 5, Table 6, first row; noise as 5.4.1 and 5.4.2 have it";

    public override string Summary => "How well an occupancy network reconstructs shapes from 300 noisy points";

    private protected override IReadOnlyList<string> Figures => [Iou, Chamfer];

    private protected override IReadOnlyList<(string Label, OccupancyStage Stage, IReadOnlyList<double?>? Published)> Table =>
    [
        ("ONet baseline", OccupancyStage.Baseline, [0.69, 0.010]),
        ("ONet baseline, noise 0.05", OccupancyStage.LargerNoise, null),
    ];
}
