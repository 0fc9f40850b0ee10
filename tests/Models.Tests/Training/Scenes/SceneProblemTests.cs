using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Scenes;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Networks.RangeUdf;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Scenes;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Scenes;

[Collection(nameof(GlobalGenerator))]
public class SceneProblemTests
{
    private static readonly PointSampling Sampling = new([1, 4, 4], [8, 8, 8]);

    private static readonly TrainingRecipe Recipe = new(20, 4, new LearningRateSchedule.Constant(2e-3), false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    [Theory]
    [InlineData(SceneTask.FrozenSemantics, new[] { "encoder.", "distance_interpolation.", "distance_head." })]
    [InlineData(SceneTask.UnfrozenSemantics, new[] { "distance_interpolation.", "distance_head." })]
    public void TrainEpoch_OfSemantics_LeavesFrozenPartsAsTheyAre(SceneTask task, string[] frozen)
    {
        var problem = Problem(task, new CornerScenes(4), task == SceneTask.FrozenSemantics);
        using var run = TrainingRun.FromScratch(problem, Recipe, 1, CPU);
        var before = Copy(run);

        run.TrainEpoch(null, default);

        var after = Copy(run);
        Assert.All(after.Keys.Where(name => frozen.Any(part => name.StartsWith(part, StringComparison.Ordinal))), name => Assert.Equal(before[name], after[name]));
        var moved = after.Keys.Where(name => !before[name].SequenceEqual(after[name])).ToList();
        Assert.Contains(moved, name => name.StartsWith("semantic_head.", StringComparison.Ordinal));
        Assert.Equal(task == SceneTask.FrozenSemantics, moved.Any(name => name.StartsWith("context.", StringComparison.Ordinal)));
        Assert.Equal(task == SceneTask.UnfrozenSemantics, moved.Any(name => name.StartsWith("encoder.", StringComparison.Ordinal)));
    }

    [Fact]
    public void TrainEpoch_Jointly_LearnsDistancesAndClasses()
    {
        var scenes = new CornerScenes(24);
        var problem = Problem(SceneTask.Joint, scenes, withContext: false);
        using var run = TrainingRun.FromScratch(problem, Recipe, 1, CPU);

        for (var epoch = 0; epoch < Recipe.Epochs; epoch++)
        {
            run.TrainEpoch(null, default);
        }

        var figures = run.EvaluateAll(Split.Validation).ToDictionary(figure => figure.Name, figure => figure.Value);
        Assert.Equal("mIoU", run.EvaluateAll(Split.Validation)[0].Name);
        Assert.True(figures["mIoU"] > run.Session.Trivial(Split.Validation) + 0.2, $"mIoU {figures["mIoU"]}");
        Assert.True(figures["F1"] > 0.4, $"F1 {figures["F1"]}");
        Assert.InRange(figures["mF1"], 0.2, figures["F1 at twice"]);
        Assert.Equal("scenes", Assert.Single(run.Pictures()).Name);
    }

    [Fact]
    public void Trivial_OfSemantics_IsTheFloorEverywhere()
    {
        var problem = Problem(SceneTask.FrozenSemantics, new CornerScenes(4), withContext: false);
        using var network = (RangeUdfNetwork)problem.CreateNetwork();
        using var session = problem.Open(network, CPU);

        // About two thirds of the surface is floor; the shelf's IoU is 0.
        Assert.Equal(1.0 / 3, session.Trivial(Split.Validation), 0.03);
    }

    [Fact]
    public void CreateNetwork_WithoutClasses_HasNoSemanticHead()
    {
        var problem = Problem(SceneTask.Geometry, new CornerScenes(4), withContext: false);
        using var network = problem.CreateNetwork();

        Assert.DoesNotContain(network.named_parameters(), entry => entry.name.StartsWith("semantic", StringComparison.Ordinal));
        Assert.Equal(SceneProblem.SurfaceF1, problem.Metric);
    }

    [Fact]
    public void Problem_WithoutClassesForSemantics_Throws()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new SceneProblem(new CornerScenes(4), Settings(SceneTask.FrozenSemantics, 0, withContext: false)));

        Assert.Contains("expected a network for 2 classes", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Combined_TakesTurnsAndAddsUp()
    {
        var (few, many) = (new CornerScenes(2, queries: 10), new CornerScenes(5, queries: 20));
        var both = new CombinedScenes(few, many);

        Assert.Equal(7, both.Count(Split.Train));
        Assert.Equal([10, 20, 10, 20, 20, 20, 20], Enumerable.Range(0, 7).Select(k => both.Get(Split.Train, k).Queries.Length));
        Assert.Throws<ArgumentOutOfRangeException>(() => both.Get(Split.Train, 7));
    }

    private static SceneProblem Problem(SceneTask task, SceneSet scenes, bool withContext) =>
        new(scenes, Settings(task, task == SceneTask.Geometry ? 0 : 2, withContext));

    private static SceneSettings Settings(SceneTask task, int classes, bool withContext) => new()
    {
        Task = task,
        Network = new RangeUdfDescription
        {
            Encoder = Transformer(3, 16),
            DistanceWidths = [32],
            SemanticWidths = [16],
            Dropout = 0,
            Classes = classes,
            Context = withContext ? ContextDescription.Of(Transformer(16, 4)) : null,
            WeighsTasks = task == SceneTask.Joint,
        },
        QueriesPerScene = 128,
        Delta = 0.05f,
        SurfacePoints = 1024,
    };

    private static PointTransformerDescription Transformer(int inputs, int outputs) =>
        new() { Inputs = inputs, Outputs = outputs, Widths = [16, 16, 16], Blocks = [1, 1, 1], Sampling = Sampling };

    private static Dictionary<string, float[]> Copy(TrainingRun run) => run.Network.state_dict()
        .Where(entry => entry.Value.dtype == ScalarType.Float32)
        .ToDictionary(entry => entry.Key, entry => entry.Value.data<float>().ToArray());
}
