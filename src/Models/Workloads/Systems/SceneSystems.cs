using Bitcurve.Models.Data.Formats;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Data.Solids;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Scenes;

namespace Bitcurve.Models.Workloads.Systems;

/// <summary>Scenes as unsigned distance fields with classes: RangeUDF on rooms, with thesis ch. 6's ways to train it.</summary>
internal static class SceneSystems
{
    private const string RoomsA = "rooms-a";
    private const string RoomsB = "rooms-b";

    // l (thesis 6.4.2).
    private const int ContextChannels = 4;

    // A quarter of the points at each of four scales: 512, 128, 32, 8.
    private static readonly PointSampling SmallSampling = new([1, 4, 4, 4], [6, 6, 6, 6]);

    internal static IEnumerable<WorkloadFamily> Families =>
    [
        new()
        {
            Network = "rangeudf",
            Source = "thesis ch. 6, Tables 1-3",
            Summary = "reconstructs and segments rooms from sparse points, by unsigned distances and classes at any place",
            Metric = SceneProblem.MeanIoU,
            Data =
            [
                new(RoomsA, "procedural offices: floor, walls and furniture with labels"),
                new(RoomsB, "procedural living rooms: the same classes, other furniture and sizes"),
                new("scannet", "ScanNet's labelled scans (scannetv2_train.txt, SCAN/SCAN_vh_clean_2.labels.ply)", IsFolder: true),
            ],
            Open = (scale, data) =>
            {
                var recipe = Recipe(scale);
                return new(Problem(Scenes(scale, data), scale, SceneTask.Joint), recipe, recipe with { Epochs = Math.Max(1, recipe.Epochs / 4) });
            },
            Layers = _ => [],
        },
    ];

    /// <summary>One of the two sets of rooms.</summary>
    internal static SceneSet Rooms(WorkloadScale scale, RoomStyle style)
    {
        var options = scale == WorkloadScale.Full
            ? RoomsOptions.Full with { Style = style }
            : RoomsOptions.Small with { Style = style, PointCount = 512, SurfaceCount = 8192, QueryCount = 4096 };
        return new RoomScenes(() => RoomsDataset.Load(options), Bitcurve.Models.Data.Solids.Rooms.LabelNames);
    }

    /// <summary>Learning of one kind, with the published network or a small one.</summary>
    /// <param name="scenes">Data.</param>
    /// <param name="scale">Size of the network, and of what is measured.</param>
    /// <param name="task">What to learn.</param>
    /// <param name="context">Adds context to encodings; null for nothing.</param>
    internal static SceneProblem Problem(SceneSet scenes, WorkloadScale scale, SceneTask task, ContextDescription? context = null)
    {
        var isFull = scale == WorkloadScale.Full;
        var network = isFull ? new RangeUdfDescription() : Small;
        return new(scenes, new()
        {
            Task = task,
            Network = network with
            {
                Classes = task == SceneTask.Geometry ? 0 : scenes.ClassNames.Count,
                Context = context,
                WeighsTasks = task == SceneTask.Joint,
            },
            QueriesPerScene = isFull ? 50_000 : 512,
            Delta = isFull ? 0.005f : 0.02f,
            SurfacePoints = isFull ? 20_000 : 4096,
            ReconstructedScenes = isFull ? int.MaxValue : 8,
        });
    }

    /// <summary>The contextualising module: five scales as in thesis 6.3.2, or as many narrower ones as the small encoder has.</summary>
    internal static PointTransformerDescription Context(WorkloadScale scale, int channels = ContextChannels) => scale == WorkloadScale.Full
        ? PointTransformerDescription.Context(outputs: channels)
        : Small.Encoder with { Inputs = Small.Encoder.Outputs, Outputs = channels };

    /// <summary>Adam at 1e-3 (thesis 6.4.2); small trainings let the rate fall, since they end long before it has settled.</summary>
    internal static TrainingRecipe Recipe(WorkloadScale scale) => scale == WorkloadScale.Full
        ? new(500, 12, new LearningRateSchedule.Constant(1e-3), false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam }
        : new(10, 4, new LearningRateSchedule.WarmUpCosine(1.5e-3, 6e-3, 1.5e-4), false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    private static RangeUdfDescription Small => new()
    {
        Encoder = new() { Inputs = 3, Outputs = 16, Widths = [16, 16, 32, 64], Blocks = [1, 1, 1, 1], Sampling = SmallSampling },
        DistanceWidths = [64, 32],
        SemanticWidths = [32],
        Dropout = 0,
    };

    private static SceneSet Scenes(WorkloadScale scale, WorkloadDataChoice data) => data switch
    {
        { Folder: { } folder } => new RoomScenes(() => ScanNet.LoadRooms(folder, ScanNetPoints(scale)), ScanNetClasses.Names),
        { Name: RoomsB } => Rooms(scale, RoomStyle.Living),
        _ => Rooms(scale, RoomStyle.Office),
    };

    private static ScanNetOptions ScanNetPoints(WorkloadScale scale) =>
        scale == WorkloadScale.Full ? new() : new() { PointCount = 512, QueryCount = 4096, SurfaceCount = 20_000 };
}
