using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Training.Scenes;
using Bitcurve.Models.Workloads;
using Bitcurve.Models.Workloads.Systems;

namespace Bitcurve.Models.Experiments;

/// <summary>Whether encodings learned on some scenes serve to segment others.</summary>
internal sealed class ContextCross : Experiment
{
    public override string Name => "context-cross";

    public override string Source => "thesis ch. 6, Table 2 (ScanNet, 2D-3D-S and all three there; rooms-a, rooms-b and both here)";

    public override string Summary => "Do encodings learned on one set of scenes, or on more of them, carry over to the labels of another?";

    public override IReadOnlyList<string> Columns => ["L1 x 100 ↓", "F1-δ ↑", "mF1-δ ↑", "mIoU ↑"];

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale)
    {
        var a = SceneSystems.Rooms(scale, RoomStyle.Office);
        var b = SceneSystems.Rooms(scale, RoomStyle.Living);
        var both = new CombinedScenes(a, b);
        return
        [
            Row("a", a, "a", a, [0.297, 0.889, 0.639, 0.694]),
            Row("a", a, "b", b, [0.328, 0.861, 0.692, 0.693]),
            Row("b", b, "a", a, [0.357, 0.852, 0.623, 0.690]),
            Row("b", b, "b", b, [0.357, 0.838, 0.684, 0.700]),
            Row("both", both, "a", a, [0.299, 0.887, 0.634, 0.690]),
            Row("both", both, "b", b, [0.325, 0.863, 0.728, 0.729]),
        ];
    }

    private static ExperimentRow Row(string geometry, SceneSet geometryScenes, string labels, SceneSet scenes, IReadOnlyList<double?> published) => new(
        $"Geometry of {geometry}, labels of {labels}",
        stages => SceneStages.Figures(
            SceneStages.Semantics(
                stages,
                $"context-{labels}-from-{geometry}",
                scenes,
                SceneTask.FrozenSemantics,
                ContextDescription.Of(SceneSystems.Context(stages.Scale)),
                $"geometry-{geometry}",
                geometryScenes),
            "Chamfer L1 x 100",
            "F1",
            "mF1",
            "mIoU"),
        published);
}
