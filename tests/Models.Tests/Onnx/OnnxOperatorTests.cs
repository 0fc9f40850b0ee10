using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using Bitcurve.Models.Series;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Onnx;

/// <summary>Every kind of block, computed by ONNX Runtime, against the network's own modules.</summary>
[Collection(nameof(GlobalGenerator))]
public class OnnxOperatorTests
{
    // Without quantisation only the order of sums differs.
    private const double Tolerance = 2e-5;

    // Between them: option A and projections, bottlenecks, branches, biases, depthwise convolutions, layer norm, layer scale, GELU.
    [Theory]
    [InlineData("resnet20", 32)]
    [InlineData("resnet18", 40)]
    [InlineData("googlenet", 8)]
    [InlineData("mobilenet-v1-cifar", 16)]
    [InlineData("convnext-t", 32)]
    [InlineData("vgg11", 32)]
    public void Run_InFullPrecision_GivesTheSameLogits(string name, int extent)
    {
        OnnxCase.RequireRuntime();
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(6);
        using var network = new BlueprintNetwork(NetworkCatalogue.Describe(name, classes: 7, [3, extent, extent]));
        RandomStatistics(network);
        var bits = new int[network.Convolutions.Count];
        var images = randn([3, 3, extent, extent]);

        var expected = OnnxCase.Compute(network, bits, images);
        var actual = OnnxCase.Run(OnnxCase.Export(network, bits), images);

        Assert.Equal(21, actual.Length);
        Assert.True(expected.Max(Math.Abs) > 0.01, "the logits are too small to compare");
        Assert.InRange(OnnxCase.LargestDifference(expected, actual) / expected.Max(Math.Abs), 0, Tolerance);
    }

    // Without rounded activations, weights of every kind can be compared as closely: blocks that leave a rest, and layers left in FP32.
    [Theory]
    [InlineData("87654321", 32, WeightRounding.Nearest, MultiplierPrecision.Fp16, null)]
    [InlineData("12345678", 12, WeightRounding.Floor, MultiplierPrecision.Fp32, null)]
    [InlineData("80402001", 16, WeightRounding.Nearest, MultiplierPrecision.Fp16, null)]
    [InlineData("00000000", 32, WeightRounding.Nearest, MultiplierPrecision.Fp16, "2,3x2,3,1,2x3,3,2,2")]
    [InlineData("87604321", 32, WeightRounding.Nearest, MultiplierPrecision.Fp16, "2,3x2,3,1,2x3,3,2,2")]
    public void Run_WithCompressedWeights_GivesTheSameLogits(string digits, int blockSize, WeightRounding rounding, MultiplierPrecision multipliers, string? harmonics)
    {
        OnnxCase.RequireRuntime();
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(9);
        using var network = NetworkCatalogue.Create("vgg8", 10, harmonics is null ? null : SeriesScheme.Parse(SeriesKind.Cosine, harmonics));
        RandomStatistics(network);
        int[] bits = [.. digits.Select(digit => digit - '0')];
        var options = new QuantizerOptions(blockSize, rounding, QuantizeActivations: false, multipliers);
        var images = randn([4, 3, 32, 32]);

        var expected = OnnxCase.Compute(network, bits, images, options);
        var actual = OnnxCase.Run(OnnxCase.Export(network, bits, options: options), images);

        Assert.True(expected.Max(Math.Abs) > 0.01, "the logits are too small to compare");
        Assert.InRange(OnnxCase.LargestDifference(expected, actual) / expected.Max(Math.Abs), 0, Tolerance);
    }

    // Two convolutions that change nothing: the first hides the image, the second's input is rounded.
    [Theory]
    [InlineData(5, 1)]
    [InlineData(32, 2)]
    [InlineData(48, 3)]
    [InlineData(64, 4)]
    [InlineData(70, 7)]
    [InlineData(96, 8)]
    public void Run_BlockFloatingPoint_IsExactlyOurs(int channels, int bits)
    {
        OnnxCase.RequireRuntime();
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        using var network = new BlueprintNetwork(new Blueprint(
            "identity",
            Block.Chain(Block.Conv2d(channels, kernel: 1).As("first"), Block.Conv2d(channels, kernel: 1).As("second"), new GlobalAverage()),
            [channels, 1, 1]));
        foreach (var (_, layer) in network.Convolutions)
        {
            layer.Weight.copy_(Identity(channels));
        }

        var x = Extremes(channels);

        var expected = BlockFloatingPoint.Quantize(x, bits).data<float>().ToArray();
        var actual = OnnxCase.Run(OnnxCase.Export(network, [0, bits]), x);

        Assert.Equal(expected, actual);
        Assert.True(expected.Distinct().Count() > 20, "the values say nothing");
    }

    // Magnitudes of 2^-126 to 2^126; powers of two and their neighbours as the largest of a block; whole blocks of zeros.
    private static Tensor Extremes(int channels)
    {
        var random = new Random(7);
        var values = new float[600 * channels];
        for (var n = 0; n < 600; n++)
        {
            var power = MathF.ScaleB(1, random.Next(-126, 127));
            var largest = (n % 4) switch { 0 => power, 1 => MathF.BitIncrement(power), 2 => MathF.BitDecrement(power), _ => n % 8 == 3 ? 0 : power * 1.37f };
            for (var c = 0; c < channels; c++)
            {
                values[(n * channels) + c] = c % 32 == n % Math.Min(32, channels) ? largest : largest * (float)((2 * random.NextDouble()) - 1);
            }
        }

        return tensor(values, [600, channels, 1, 1]);
    }

    private static Tensor Identity(int channels)
    {
        var values = new float[channels * channels];
        for (var c = 0; c < channels; c++)
        {
            values[c * (channels + 1)] = 1;
        }

        return tensor(values, [channels, channels, 1, 1]);
    }

    // Those of a new network are 0 and 1, which would hide which is which.
    private static void RandomStatistics(BlueprintNetwork network)
    {
        foreach (var (name, value) in network.state_dict())
        {
            if (name.EndsWith("running_mean", StringComparison.Ordinal))
            {
                value.uniform_(-0.1, 0.1);
            }
            else if (name.EndsWith("running_var", StringComparison.Ordinal) || name.EndsWith("layer_scale", StringComparison.Ordinal))
            {
                value.uniform_(0.1, 0.5);
            }
        }
    }
}
