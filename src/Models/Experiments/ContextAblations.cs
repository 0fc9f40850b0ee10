using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Training.Scenes;
using Bitcurve.Models.Workloads;
using Bitcurve.Models.Workloads.Systems;

namespace Bitcurve.Models.Experiments;

/// <summary>Which parts of the contextualising module matter.</summary>
internal sealed class ContextAblations : Experiment
{
    private const string GeometryStage = "geometry-a";

    public override string Name => "context-ablations";

    public override string Source => "thesis ch. 6, Table 3 (2D-3D-S there, rooms-a here)";

    public override string Summary => "Does the module need neighbours, scales, blocks, channels, and how few context channels do?";

    public override IReadOnlyList<string> Columns => ["mF1-δ ↑", "mF1-2δ ↑"];

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale)
    {
        var own = SceneSystems.Context(scale);
        return
        [
            Row("MLP context module", "mlp", ContextDescription.Perceptron(own.Outputs, own.Widths[0], own.Widths[^1], own.Widths[0]), [0.490, 0.568]),
            Row("Shallower network", "shallow", ContextDescription.Of(Shallower(own, scale)), [0.644, 0.745]),
            Row("More blocks", "blocks", ContextDescription.Of(MoreBlocks(own)), [0.669, 0.768]),
            Row("More channels", "channels", ContextDescription.Of(MoreChannels(own, scale)), [0.662, 0.763]),
            Row("More blocks & channels", "blocks-channels", ContextDescription.Of(MoreBlocks(MoreChannels(own, scale))), [0.664, 0.765]),
            Row("l = 2", "l2", ContextDescription.Of(SceneSystems.Context(scale, channels: 2)), [0.606, 0.706]),
            Row("l = 1", "l1", ContextDescription.Of(SceneSystems.Context(scale, channels: 1)), [0.566, 0.662]),
            Row("Ours", "context", ContextDescription.Of(own), [0.664, 0.763]),
        ];
    }

    // Three of five scales there; of the small module's four, two.
    private static PointTransformerDescription Shallower(PointTransformerDescription own, WorkloadScale scale)
    {
        var scales = scale == WorkloadScale.Full ? 3 : 2;
        return own with { Widths = [.. own.Widths.Take(scales)], Blocks = [.. own.Blocks.Take(scales)], Sampling = own.Sampling.Finest(scales) };
    }

    private static PointTransformerDescription MoreBlocks(PointTransformerDescription own) =>
        own with { Blocks = [.. PointTransformerDescription.Published.Blocks.Take(own.Blocks.Count)] };

    private static PointTransformerDescription MoreChannels(PointTransformerDescription own, WorkloadScale scale) =>
        own with { Widths = scale == WorkloadScale.Full ? PointTransformerDescription.Published.Widths : [.. own.Widths.Select((_, k) => own.Widths[0] << k)] };

    private static ExperimentRow Row(string label, string stage, ContextDescription context, IReadOnlyList<double?> published) => new(
        label,
        stages =>
        {
            var rooms = SceneSystems.Rooms(stages.Scale, RoomStyle.Office);
            return SceneStages.Figures(
                SceneStages.Semantics(stages, stage, rooms, SceneTask.FrozenSemantics, context, GeometryStage, rooms), "mF1", "mF1 at twice");
        },
        published);
}
