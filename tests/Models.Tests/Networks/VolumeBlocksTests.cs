using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks;

/// <summary>What blocks over three axes compute, against values by hand and finite differences.</summary>
[Collection(nameof(GlobalGenerator))]
public class VolumeBlocksTests
{
    // With stride 2 the kernels of neighbouring inputs do not overlap: output (2z + c, 2y + b, 2x + a) is input (z, y, x) times kernel (c, b, a).
    [Fact]
    public void TransposedConvolution_OfStrideTwo_PutsScaledKernelsSideBySide()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([1, 2, 2, 2], new TransposedConvolution(1, [2, 2, 2], [2, 2, 2], [0, 0, 0], HasBias: true).As("up"));
        float[] input = [1, 2, 3, 4, 5, 6, 7, 8];
        float[] kernel = [1, -1, 2, -2, 3, -3, 4, -4];
        Set(network, "up.weight", kernel);
        Set(network, "up.bias", [0.5f]);

        var output = network.call(tensor(input, [1, 1, 2, 2, 2]));

        Assert.Equal([1L, 1L, 4L, 4L, 4L], output.shape);
        Assert.Equal(
            Enumerable.Range(0, 64).Select(k => (input[(k / 32 * 4) + (k / 8 % 2 * 2) + (k / 2 % 2)] * kernel[(k / 16 % 2 * 4) + (k / 4 % 2 * 2) + (k % 2)]) + 0.5f),
            output.data<float>().ToArray());
    }

    // In the plane, with overlap and padding: a row of ones by a kernel of ones, cut off by one position on each side.
    [Fact]
    public void TransposedConvolution_InThePlane_AddsWhatOverlaps()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([1, 1, 3], new TransposedConvolution(1, [1, 3], [1, 1], [0, 1]).As("up"));
        Set(network, "up.weight", [1, 10, 100]);

        // 1 at each of three positions: 1, 11, 111, 110, 100.
        Assert.Equal([11f, 111f, 110f], network.call(ones([1, 1, 1, 3])).data<float>().ToArray());
    }

    [Fact]
    public void MaxPool_OfThreeAxes_TakesTheLargestOfEachCube()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([1, 4, 4, 4], new MaxPool(2, 2));

        var output = network.call(arange(64, ScalarType.Float32).reshape(1, 1, 4, 4, 4));

        Assert.Equal([21f, 23, 29, 31, 53, 55, 61, 63], output.data<float>().ToArray());
    }

    [Fact]
    public void FlattenAndReshape_KeepTheOrder()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([2, 3, 1, 2], Block.Chain(new Flatten(), new Reshape([3, 2, 2])));

        var output = network.call(arange(24, ScalarType.Float32).reshape(2, 2, 3, 1, 2));

        Assert.Equal([2L, 3L, 2L, 2L], output.shape);
        Assert.Equal(Enumerable.Range(0, 24).Select(k => (float)k), output.data<float>().ToArray());
    }

    [Fact]
    public void LeakyRelu_ScalesWhatIsNegative()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([3], new LeakyRelu(0.25));

        Assert.Equal([-0.5f, 0, 2], network.call(tensor([-2f, 0f, 2f], [1, 3])).data<float>().ToArray());
    }

    [Fact]
    public void Dropout_InTrainingOnly_ZeroesAndScalesUp()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([8, 4, 4, 4], new Dropout(0.25));
        manual_seed(5);
        var x = ones([16, 8, 4, 4, 4]);

        network.train();
        var training = network.call(x).data<float>().ToArray();
        network.eval();

        Assert.Equal([0f, 1 / 0.75f], training.Distinct().Order());
        Assert.InRange(training.Average(), 0.95, 1.05); // 8,192 draws: a standard deviation of 0.006
        Assert.All(network.call(x).data<float>().ToArray(), value => Assert.Equal(1, value));
    }

    [Fact]
    public void StochasticDepth_OfThreeAxes_DropsWholeSamples()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([2, 2, 2, 2], new StochasticDepth(0.5));
        manual_seed(6);

        network.train();
        var output = network.call(ones([64, 2, 2, 2, 2])).data<float>().ToArray();

        Assert.Equal([0f, 2f], output.Distinct().Order());
        Assert.All(output.Chunk(16), sample => Assert.Single(sample.Distinct()));
    }

    [Fact]
    public void PadShortcut_OfThreeAxes_SubsamplesAndPadsTheChannels()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([1, 3, 3, 3], new PadShortcut(4, 2));

        var output = network.call(arange(27, ScalarType.Float32).reshape(1, 1, 3, 3, 3));

        Assert.Equal([1L, 4L, 2L, 2L, 2L], output.shape);
        Assert.Equal([.. new float[8], 0, 2, 6, 8, 18, 20, 24, 26, .. new float[16]], output.data<float>().ToArray());
    }

    [Theory]
    [InlineData(new[] { 6 })]
    [InlineData(new[] { 6, 2 })]
    [InlineData(new[] { 6, 2, 3 })]
    [InlineData(new[] { 6, 2, 3, 2 })]
    public void BatchNorm_OfAnyAxes_NormalisesEachChannel(int[] input)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network(input, new BatchNorm().As("norm"));
        manual_seed(7);
        network.train();

        var output = network.call((randn([9, .. input.Select(extent => (long)extent)]) * 3) + 2);

        var axes = Enumerable.Range(0, input.Length + 1).Where(axis => axis != 1).Select(axis => (long)axis).ToArray();
        Assert.All(output.mean(axes).data<float>().ToArray(), mean => Assert.Equal(0, mean, 1e-5));
        Assert.All((output * output).mean(axes).data<float>().ToArray(), square => Assert.Equal(1, square, 1e-4));
    }

    // Norms after linear layers and over grids alike get the plain average of the batches' statistics; dropout must not disturb them.
    [Fact]
    public void Recalibration_OfNormsOfAnyAxes_AveragesOverTheBatches()
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = Network([2, 2, 2, 2], Block.Chain(new BatchNorm().As("grid"), new Dropout(0.5), new GlobalAverage(), new BatchNorm().As("flat")));
        manual_seed(8);
        Tensor[] batches = [randn([5, 2, 2, 2, 2]) + 1, (randn([5, 2, 2, 2, 2]) * 2) - 3];

        BatchNormRecalibration.Run(network, batches.Select(batch => (Action)(() => network.call(batch))));

        var expected = (batches[0].mean([0, 2, 3, 4]) + batches[1].mean([0, 2, 3, 4])) / 2;
        var statistics = network.state_dict();
        Close(expected, statistics["grid.running_mean"]);

        // What arrives at the second norm has mean 0 in each batch; its unbiased variance is averaged.
        Close(zeros([2]), statistics["flat.running_mean"]);
        var variances = batches.Select(batch =>
        {
            var normalised = (batch - batch.mean([0, 2, 3, 4], keepdim: true)) / (((batch * batch).mean([0, 2, 3, 4], keepdim: true) - batch.mean([0, 2, 3, 4], keepdim: true).square()) + 1e-5).sqrt();
            return normalised.mean([2, 3, 4]).square().sum(0) / 4;
        }).ToList();
        Close((variances[0] + variances[1]) / 2, statistics["flat.running_var"]);
    }

    // Every kind of block with weights over three axes, in one tiny network: the derivative along a random direction of each parameter.
    [Fact]
    public void Gradients_OfATinyNetwork_AreThoseOfFiniteDifferences()
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        using var network = Network([2, 4, 4, 4], Block.Chain(
            new Residual(
                Block.Chain(new Convolution(3, [3, 2, 1], [2, 1, 2], [1, 0, 0], HasBias: true).As("conv"), new BatchNorm().As("norm"), new Gelu()),
                new Convolution(3, [1, 2, 2], [2, 1, 2], [0, 0, 0]).As("shortcut")),
            new Flatten(),
            new FullyConnected(6).As("code"),
            new BatchNorm().As("flat"),
            new Gelu(),
            new Reshape([3, 1, 2, 1]),
            new TransposedConvolution(2, [2, 2, 3], [2, 1, 1], [0, 0, 1], HasBias: true).As("up"),
            new LeakyRelu(0.1)));
        network.train();
        var (x, factors) = (randn([8, 2, 4, 4, 4]), randn([8, .. network.Blueprint.Top.Output.Select(extent => (long)extent)]));
        Tensor Loss() => (network.call(x) * factors).sum();

        Loss().backward();

        const double step = 2e-3;
        foreach (var (name, parameter) in network.named_parameters())
        {
            var drawn = randn(parameter.shape);
            var direction = drawn / drawn.square().sum().sqrt();
            var expected = (parameter.grad! * direction).sum().item<float>();
            double Along(double distance)
            {
                using var recording = no_grad();
                parameter.add_(direction * distance);
                var value = (network.call(x) * factors).to_type(ScalarType.Float64).sum().item<double>();
                parameter.add_(direction * -distance);
                return value;
            }

            // Single precision: about 1e-6 of outputs of size 1, divided by the step.
            Assert.True(Math.Abs(expected - ((Along(step) - Along(-step)) / (2 * step))) < 0.02 + (0.01 * Math.Abs(expected)), $"{name}: {expected}");
        }

        Assert.Equal(11, network.named_parameters().Count());
    }

    [Fact]
    public void Place_ReshapeToAnotherCount_SaysExpectedAndActual()
    {
        var error = Assert.Throws<ArgumentException>(() => Placement.Of(new Reshape([2, 3]).As("grid"), [2, 2, 2]));

        Assert.Equal("grid: expected 6 elements for 2x3, actual 8 of 2x2x2", error.Message);
    }

    [Fact]
    public void Place_TransposedConvolution_HasWeightsAndMultiplicationsOfItsInputs()
    {
        var placed = Placement.Of(new TransposedConvolution(4, [2, 3, 1], [2, 1, 3], [0, 1, 0], HasBias: true), [5, 3, 4, 2]);

        Assert.Equal([4, 6, 4, 4], placed.Output);
        Assert.Equal([5, 4, 2, 3, 1], placed.WeightShape);
        Assert.Equal((120, 4, 120 * 24), (placed.WeightCount, placed.BiasCount, placed.Macs));
    }

    private static BlueprintNetwork Network(int[] input, Block block) => new(new Blueprint("tiny", block, input));

    private static void Set(BlueprintNetwork network, string name, float[] values)
    {
        var target = network.state_dict()[name];
        target.copy_(tensor(values, target.shape));
    }

    private static void Close(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.All(expected.data<float>().ToArray().Zip(actual.data<float>().ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }
}
