using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Dynamic;
using Bitcurve.Models.Networks.Meshes;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Meshes;

[Collection(nameof(GlobalGenerator))]
public class MeshRefinementTests
{
    private static readonly MeshRefineOptions Network = MeshRefineOptions.Small with
    {
        ImageSize = 24,
        Channels = 8,
        RegionSize = 6,
        GraphDimension = 16,
        SphereLevel = 1,
        Blocks = 2,
        Backbone = Block.Chain(
            Block.Conv2d(8, kernel: 3, stride: 2, padding: 1).As("conv1"), new BatchNorm().As("bn1"), new Relu(),
            Block.Conv2d(8, kernel: 3, stride: 2, padding: 1).As("conv2"), new BatchNorm().As("bn2"), new Relu()),
    };

    private static readonly MeshRefinementOptions Options = MeshRefinementOptions.Small with { Network = Network, TrainPoints = 100, EvaluationPoints = 300 };
    private static readonly MeshRefinement Problem = new(Options, () => EllipsoidViews.Of(96, 40));

    private static readonly TrainingRecipe Recipe = new(14, 8, new LearningRateSchedule.WarmUpCosine(1e-4, 5e-3, 1e-5), false, 0, Augmentation.None) { Optimizer = OptimizerKind.Adam };

    [Fact]
    public void Training_OnEllipsoids_BeatsTheMeanShapeAndTheUntouchedSphere()
    {
        using var run = TrainingRun.FromScratch(Problem, Recipe, 1, CPU);
        var before = run.Evaluate(Split.Validation);
        var trivial = run.Session.Trivial(Split.Validation);
        while (run.Epochs < Recipe.Epochs)
        {
            run.TrainEpoch(null, CancellationToken.None);
        }

        // The box gives width and height, so the sphere in it is a good start; its depth is in the picture's brightness.
        var figures = run.EvaluateAll(Split.Validation);
        var text = $"before {before}, trivial {trivial}, after {string.Join(", ", figures)}";
        Assert.True(figures[0].Value > before + 0.03 && figures[0].Value > trivial + 0.1, text);
        Assert.Equal(["F1", "F1 at 2 tau", "Chamfer distance x 1000", "density of block 1", "density of block 2"], figures.Select(f => f.Name));
        Assert.All(figures.Skip(3), density => Assert.InRange(density.Value, 0.1, 0.5)); // around the budget of 0.25

        var network = (MeshRefineNetwork)run.Network;
        network.Inference = DynamicInference.MaskedDense;
        Assert.Equal(figures[0].Value, run.Evaluate(Split.Validation), 0.002); // sparse and masked dense move vertices by rounding only
    }

    [Fact]
    public void Steps_OfASeedAndEpoch_AreAlwaysTheSame()
    {
        Assert.Equal(Loss(1), Loss(1));
        Assert.NotEqual(Loss(1), Loss(2));

        static double Loss(long seed)
        {
            using var run = TrainingRun.FromScratch(Problem, Recipe with { Epochs = 1, BatchSize = 48 }, seed, CPU);
            return run.TrainEpoch(null, CancellationToken.None);
        }
    }

    [Fact]
    public void TrainEpoch_AfterTheFirst_LeavesNoTensorsBehind()
    {
        using var run = TrainingRun.FromScratch(Problem, Recipe with { BatchSize = 48 }, 1, CPU);
        run.TrainEpoch(null, CancellationToken.None);
        run.Evaluate(Split.Validation);
        var live = Tensor.TotalCount;
        run.TrainEpoch(null, CancellationToken.None);
        run.Evaluate(Split.Validation);

        Assert.Equal(live, Tensor.TotalCount);
    }

    [Fact]
    public void Layers_NameTheNetworksConvolutions()
    {
        using var network = Problem.CreateNetwork();

        Assert.Equal(
            ["backbone.conv1", "backbone.conv2", "block1.conv1", "block1.conv2", "block2.conv1", "block2.conv2"], Problem.Layers.Select(l => l.Name));
        Assert.Equal(Problem.Layers.Select(l => l.Name), network.Convolutions.Select(c => c.Name));
        Assert.All(Problem.Layers.Zip(network.Convolutions), pair => Assert.Equal(pair.First.WeightShape.Select(e => (long)e), pair.Second.Layer.Weight.shape));
        Assert.Equal(8 * 8 * 9 * 36, Problem.Layers[^1].Macs);
        Assert.All(network.Convolutions, c => Assert.Same(c.Layer, network.named_modules().Single(m => m.name == c.Name).module));
    }

    [Fact]
    public void FineTuning_WithFewBits_TrainsAndEvaluates()
    {
        using var run = TrainingRun.FineTuning(Problem, Recipe with { BatchSize = 24 }, [4, 4, 4, 4, 4, 4], QuantizerOptions.Default, 1, CPU);

        Assert.True(double.IsFinite(run.TrainEpoch(null, CancellationToken.None)));
        Assert.InRange(run.Evaluate(Split.Validation), 0, 1);
        run.RecalibrateBatchNorm();
    }

    [Fact]
    public void Full_Network_HasThePublishedPartsAndRefines()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = new MeshRefineNetwork(MeshRefineOptions.Full);
        network.eval();
        var prediction = network.Refine(zeros([1, 3, 137, 137]), [new(-0.5f, -0.5f, 0.5f, 0.5f)], new ViewCamera(2, 2.5f));

        Assert.Equal(3, prediction.Stages.Count);
        Assert.Equal([2562, 1, 3], prediction.Stages[^1].shape);
        Assert.Equal(3, prediction.Densities.Count);
        Assert.Equal(network.Convolutions.Select(c => c.Name), MeshRefineNetwork.Layers(MeshRefineOptions.Full).Select(l => l.Name));
        Assert.Equal("block3.conv2", network.Convolutions[^1].Name);
    }

    [Fact]
    public void CreateNetwork_WithSeries_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => Problem.CreateNetwork(SeriesScheme.Parse(SeriesKind.Cosine, "2,2")));
        Assert.StartsWith("mesh-refine: expected kernels as they are", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CreateNetwork_WithABackboneOfOtherChannels_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new MeshRefineNetwork(Network with { Channels = 9 }));
        Assert.Equal("backbone: expected a map of 9 channels, actual 8x6x6", error.Message);
    }
}
