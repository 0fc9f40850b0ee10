using Bitcurve.Models.Architecture;
using Bitcurve.Models.Data;
using Bitcurve.Models.Data.Volumes;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Tests.Training.DistanceFields;
using Bitcurve.Models.Training;
using Bitcurve.Models.Training.Volumes;
using Bitcurve.Models.Weights;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Training.Volumes;

/// <summary>Each problem on an instance of seconds: learnt in FP32, then with quantised convolutions.</summary>
[Collection(nameof(GlobalGenerator))]
public class LearningTests
{
    private static readonly Normalization Bytes = new([0], [1.0 / 255]);

    public static TheoryData<string, int, double, double> Problems => new()
    {
        { "classes", 12, 0.01, 0.2 },
        { "columns", 15, 0.01, 0.2 },
        { "views", 15, 0.01, 0.2 },

        // Squared distances in the cube: that of the pooled surfaces is about 0.02.
        { "distances", 40, 0.003, 0.01 },
    };

    [Theory]
    [MemberData(nameof(Problems))]
    public void Training_OfATinyInstance_BeatsTheTrivialAnswerInFp32AndQuantised(string name, int epochs, double rate, double margin)
    {
        var problem = Problem(name);
        var sign = problem.Metric.Goal == MetricGoal.Maximize ? 1 : -1;
        var recipe = new TrainingRecipe(epochs, 8, new LearningRateSchedule.Constant(rate), false, 0, Augmentation.Shapes with { ShiftPixels = 0 }) { Optimizer = OptimizerKind.Adam };
        using var weights = new MemoryStream();
        double trivial;
        using (var run = TrainingRun.FromScratch(problem, recipe, 1, CPU))
        {
            while (run.Epochs < recipe.Epochs)
            {
                run.TrainEpoch(null, default);
            }

            trivial = run.Session.Trivial(Split.Validation);
            var learnt = run.Evaluate(Split.Validation);
            Assert.True(sign * (learnt - trivial) > margin, $"{name}: trained {learnt}, trivial {trivial}");
            run.Save(weights);
        }

        using var quantized = TrainingRun.FineTuning(problem, recipe, [4, 4], QuantizerOptions.Default, 1, CPU);
        weights.Position = 0;
        using (var file = SafetensorsFile.Open(weights))
        {
            quantized.LoadWeights(file, name);
        }

        Assert.True(double.IsFinite(quantized.EvaluateRecalibrated(Split.Validation)));
        var first = quantized.Network.Convolutions[0].Layer;
        var before = first.Weight.contiguous().data<float>().ToArray();
        Assert.True(double.IsFinite(quantized.TrainEpoch(null, default)));
        Assert.NotEqual(before, first.Weight.contiguous().data<float>().ToArray());
        var tuned = quantized.Evaluate(Split.Validation);
        Assert.True(sign * (tuned - trivial) > margin / 2, $"{name}: quantised {tuned}, trivial {trivial}");
    }

    private static LearningProblem Problem(string name) => name switch
    {
        "classes" => SmallVolumes.Classification(),
        "columns" => Columns(),
        "views" => Views(),
        _ => SmallSpheres.Problem(),
    };

    // 1 x 3 x 3 x 3 voxels; a voxel of the centre column is of class 1 where it is filled; the uppermost has no class.
    private static ColumnSegmentation Columns()
    {
        static LabelledColumns Of(Split split, int count)
        {
            List<byte[]> grids = [.. Enumerable.Range(0, count).Select(index => (byte[])[.. Enumerable.Range(0, 27).Select(k => (byte)new KeyedRandom(2, (long)split, index, k).NextInt(2))])];
            return new(new MemorySamples("columns", grids, [1, 3, 3, 3]), [.. grids.Select(grid => new[] { grid[4], grid[13], LabelledColumns.Unlabelled })], ["free", "filled"]);
        }

        var network = Block.Chain(
            Block.Conv3d(8, kernel: 3, padding: 1, hasBias: true).As("first"),
            new Relu(),
            Block.Conv3d(8, kernel: 1, hasBias: true).As("second"),
            new Relu(),
            new Flatten(),
            new FullyConnected(6).As("classifier"),
            new Reshape([2, 3]));
        return new(() => new(Of(Split.Train, 64), Of(Split.Validation, 20), Of(Split.Test, 20), 32), data => new Blueprint("columns", network, data.Samples.Shape), Bytes);
    }

    // A bright quarter of a 4 x 4 image tells which of four columns of 2 x 2 x 2 voxels is filled.
    private static ViewReconstruction Views()
    {
        static ViewsOfVoxels Of(Split split, int count)
        {
            var random = new KeyedRandom(3, (long)split);
            List<int> quarters = [.. Enumerable.Range(0, count).Select(_ => random.NextInt(4))];
            return new(
                new MemorySamples("images", [.. quarters.Select(quarter => (byte[])[.. Enumerable.Range(0, 16).Select(k => (byte)(random.NextInt(2) + ((k / 8 * 2) + (k % 4 / 2) == quarter ? 2 : 0)))])], [1, 4, 4]),
                new MemorySamples("voxels", [.. quarters.Select(quarter => (byte[])[.. Enumerable.Range(0, 8).Select(k => (byte)(k % 4 == quarter ? 1 : 0))])], [1, 2, 2, 2]));
        }

        var network = Block.Chain(
            Block.Conv2d(8, kernel: 3, padding: 1, hasBias: true).As("first"),
            new Relu(),
            Block.Conv2d(8, kernel: 2, stride: 2, hasBias: true).As("second"),
            new Relu(),
            new Flatten(),
            new FullyConnected(8).As("decoder"),
            new Reshape([1, 2, 2, 2]));
        return new(() => new(Of(Split.Train, 64), Of(Split.Validation, 20), Of(Split.Test, 20), 32), data => new Blueprint("views", network, data.Images.Shape), Bytes);
    }
}
