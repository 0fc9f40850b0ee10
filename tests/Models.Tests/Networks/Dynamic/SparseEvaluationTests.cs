using Bitcurve.Models.Data;
using Bitcurve.Models.Networks.Dynamic;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Networks.Dynamic;

[Collection(nameof(GlobalGenerator))]
public class SparseEvaluationTests
{
    // Sums of up to 9 x 40 products of numbers near 1, added in another order.
    private const double Tolerance = 1e-5;

    [Theory]
    [InlineData(4, 5, 7, 0.3)]
    [InlineData(4, 5, 7, 0.0)]
    [InlineData(4, 5, 7, 1.0)]
    [InlineData(1, 1, 1, 1.0)]
    [InlineData(3, 1, 9, 0.5)]
    [InlineData(33, 8, 8, 0.1)]
    [InlineData(40, 13, 11, 0.6)]
    public void Sparse_OfRandomMasks_EqualsMaskedDense(int channels, int height, int width, double density)
    {
        foreach (var layers in Bodies(channels))
        {
            using var block = Trained(channels, layers);
            Assert.True(Difference(block, [3, channels, height, width], density) <= Tolerance);
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 5)]
    [InlineData(4, 0)]
    [InlineData(4, 5)]
    [InlineData(2, 3)]
    public void Sparse_OfOneActivePosition_EqualsMaskedDense(int row, int column)
    {
        using var scope = NewDisposeScope();
        using var block = Trained(6, DynamicLayer.Basic(6));
        var values = new float[2 * 5 * 6];
        values[30 + (row * 6) + column] = 1; // in the second image
        var mask = tensor(values, [2, 1, 5, 6]);
        var x = randn([2, 6, 5, 6]);

        Assert.True(Largest(block.Sparse(x, mask) - block.MaskedDense(x, mask)) <= Tolerance);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(8)]
    public void Sparse_WithQuantisedWeightsAndActivations_EqualsMaskedDense(int bits)
    {
        using var scope = NewDisposeScope();
        using var block = Trained(40, DynamicLayer.Basic(40));
        foreach (var (_, layer) in block.Convolutions)
        {
            layer.QuantizedWeight = DsConv.Quantize(layer.Weight, bits, QuantizerOptions.Default);
            layer.ActivationBits = bits;
        }

        // One layer's rounding may fall the other way where sums differ in the last bit, so the second layer sees the first one's as a test of its own.
        var difference = Difference(block, [2, 40, 9, 6], 0.3, out var plain);
        Assert.True(difference <= Tolerance, $"{difference}");
        foreach (var (_, layer) in block.Convolutions)
        {
            layer.QuantizedWeight = null;
            layer.ActivationBits = null;
        }

        Assert.True(plain > 1e-3, "quantisation changed nothing");
    }

    [Fact]
    public void Sparse_WhereNothingIsActive_IsTheRectifiedInput()
    {
        using var scope = NewDisposeScope();
        using var block = Trained(3, DynamicLayer.Basic(3));
        var x = randn([2, 3, 4, 4]);

        Assert.Equal(0, Largest(block.Sparse(x, zeros([2, 1, 4, 4])) - x.relu()));
    }

    [Fact]
    public void Forward_InEvaluation_IsTheSameByBothWaysAndEveryTime()
    {
        using var scope = NewDisposeScope();
        using var block = Trained(8, DynamicLayer.Basic(8));
        var x = randn([2, 8, 10, 10]);
        var (sparse, mask) = block.Evaluate(x);
        var again = block.Evaluate(x);
        block.Inference = DynamicInference.MaskedDense;

        Assert.InRange(mask.mean().item<float>(), 0.05, 0.95);
        Assert.Equal(0, Largest(again.Output - sparse));
        Assert.Equal(0, Largest(again.Mask - mask));
        Assert.True(Largest(block.call(x) - sparse) <= Tolerance);
    }

    [Fact]
    public void Sparse_InTraining_IsRefused()
    {
        using var scope = NewDisposeScope();
        using var block = new DynamicResidualBlock(2, DynamicLayer.Basic(2));

        var error = Assert.Throws<InvalidOperationException>(() => block.Sparse(zeros([1, 2, 3, 3]), zeros([1, 1, 3, 3])));
        Assert.Equal("sparse inference: expected a block in evaluation mode, actual: in training mode", error.Message);
    }

    [Fact]
    public void Constructor_LayersThatMakeNoBlock_AreRefused()
    {
        Assert.Equal("dynamic block: expected a last layer of 4 outputs, actual 5 (Parameter 'layers')", Message([new(5, 3)]));
        Assert.Equal("dynamic block: expected a last layer of 4 outputs, actual no layer (Parameter 'layers')", Message([]));
        Assert.Equal("dynamic block: expected kernels of 1 or 3, actual 5 (Parameter 'layers')", Message([new(4, 5)]));

        static string Message(IReadOnlyList<DynamicLayer> layers) => Assert.Throws<ArgumentException>(() => new DynamicResidualBlock(4, layers)).Message;
    }

    private static IEnumerable<IReadOnlyList<DynamicLayer>> Bodies(int channels) =>
        [DynamicLayer.Basic(channels), DynamicLayer.Bottleneck(channels, 2), [new(channels, 3), new(5, 3), new(channels, 3)]];

    // Batch norm with statistics, weights and offsets of its own; in evaluation mode.
    private static DynamicResidualBlock Trained(int channels, IReadOnlyList<DynamicLayer> layers)
    {
        manual_seed(1);
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var block = new DynamicResidualBlock(channels, layers);
        foreach (var (name, tensor) in block.state_dict().Where(entry => entry.Key.StartsWith("bn", StringComparison.Ordinal) && entry.Value.dtype == ScalarType.Float32))
        {
            tensor.uniform_(name.EndsWith("var", StringComparison.Ordinal) || name.EndsWith("weight", StringComparison.Ordinal) ? 0.5 : -0.5, 1.5);
        }

        block.eval();
        return block;
    }

    private static double Difference(DynamicResidualBlock block, long[] shape, double density) => Difference(block, shape, density, out _);

    private static double Difference(DynamicResidualBlock block, long[] shape, double density, out double toFp32)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var random = new KeyedRandom(3, shape[1], shape[3]);
        var mask = tensor([.. Enumerable.Range(0, (int)(shape[0] * shape[2] * shape[3])).Select(_ => random.NextBool(density) ? 1f : 0)], [shape[0], 1, shape[2], shape[3]]);
        var x = randn(shape);
        var dense = block.MaskedDense(x, mask);
        var kept = block.Convolutions.Select(c => (c.Layer, c.Layer.QuantizedWeight, c.Layer.ActivationBits)).ToList();
        var sparse = block.Sparse(x, mask);
        kept.ForEach(k => (k.Layer.QuantizedWeight, k.Layer.ActivationBits) = (null, null));
        toFp32 = Largest(block.MaskedDense(x, mask) - dense);
        kept.ForEach(k => (k.Layer.QuantizedWeight, k.Layer.ActivationBits) = (k.QuantizedWeight, k.ActivationBits));
        return Largest(sparse - dense);
    }

    private static double Largest(Tensor x) => x.abs().max().item<float>();
}
