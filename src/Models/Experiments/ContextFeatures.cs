using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Scenes;
using Bitcurve.Models.Workloads;
using Bitcurve.Models.Workloads.Systems;

namespace Bitcurve.Models.Experiments;

/// <summary>Whether context features make encodings for reconstruction fit for segmentation, without touching them.</summary>
internal sealed class ContextFeatures : Experiment
{
    private const string GeometryStage = "geometry-a";

    public override string Name => "context-features";

    public override string Source => "thesis ch. 6, Table 1a (ScanNet there, rooms-a here)";

    public override string Summary => "Are encodings trained for reconstruction poor for segmentation, and do context features repair that while the reconstruction stays?";

    public override IReadOnlyList<string> Columns => ["L1 x 100 ↓", "F1-δ ↑", "mF1-δ ↑", "mIoU ↑"];

    public override IReadOnlyList<ExperimentRow> Rows(WorkloadScale scale) =>
    [
        new("Baseline", stages => Figures(Joint(stages)), [0.321, 0.861, 0.662, 0.724]),
        new("Geometric only", stages => Figures(SceneStages.Geometry(stages, GeometryStage, Rooms(stages))), [0.302, 0.884, null, null]),
        new("Frozen encoder", stages => Figures(Semantics(stages, "frozen", SceneTask.FrozenSemantics, null)), [0.298, 0.888, 0.280, 0.296]),
        new("Unfrozen encoder", stages => Figures(Semantics(stages, "unfrozen", SceneTask.UnfrozenSemantics, null)), [0.768, 0.506, 0.587, 0.744]),
        new(
            "Context features",
            stages => Figures(Semantics(stages, "context", SceneTask.FrozenSemantics, ContextDescription.Of(SceneSystems.Context(scale)))),
            [0.297, 0.889, 0.640, 0.694]),
    ];

    private static SceneSet Rooms(ExperimentStages stages) => SceneSystems.Rooms(stages.Scale, RoomStyle.Office);

    private static TrainingRun Joint(ExperimentStages stages) =>
        stages.Train("joint", SceneSystems.Problem(Rooms(stages), stages.Scale, SceneTask.Joint), SceneSystems.Recipe(stages.Scale));

    private static TrainingRun Semantics(ExperimentStages stages, string name, SceneTask task, ContextDescription? context) =>
        SceneStages.Semantics(stages, name, Rooms(stages), task, context, GeometryStage, Rooms(stages));

    private static IReadOnlyList<double?> Figures(TrainingRun run) => SceneStages.Figures(run, "Chamfer L1 x 100", "F1", "mF1", "mIoU");
}
