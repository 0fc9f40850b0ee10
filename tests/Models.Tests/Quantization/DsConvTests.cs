using Bitcurve.Models.Data;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Quantization;

public class DsConvTests
{
    [Fact]
    public void Encode_TwoBitsByHand_MapsTheExtremumToMinusTwo()
    {
        using var scope = NewDisposeScope();

        // Step = 0.8 / -2 = -0.4: 0.8 -> -2, -0.4 -> 1, 0.1 -> -0.25 -> 0, -0.7 -> 1.75 -> 2 -> clamped to 1.
        var (integers, multipliers) = DsConv.Encode(tensor([0.8f, -0.4f, 0.1f, -0.7f], [1, 4, 1, 1]), 2, QuantizerOptions.Default);

        Assert.Equal([-2f, 1f, 0f, 1f], integers.data<float>().ToArray());

        // xi = (0.8 x -2 - 0.4 - 0.7) / (4 + 1 + 1) = -0.45, to 16 bits.
        Assert.Equal((float)(Half)(-0.45f), multipliers.data<float>()[0]);
    }

    [Fact]
    public void Encode_OneBit_HasOnlyMinusOneAndZero()
    {
        using var scope = NewDisposeScope();
        var (integers, _) = DsConv.Encode(tensor([0.8f, 0.5f, 0.3f, -0.9f], [1, 4, 1, 1]), 1, QuantizerOptions.Default);

        // Extremum -0.9: step 0.9, so 0.8 / 0.9 rounds to 1 and is clamped to 0.
        Assert.Equal([0f, 0f, 0f, -1f], integers.data<float>().ToArray());
    }

    [Fact]
    public void Encode_Floor_RoundsDown()
    {
        using var scope = NewDisposeScope();
        var (integers, _) = DsConv.Encode(tensor([0.8f, -0.4f, 0.1f, -0.7f], [1, 4, 1, 1]), 2, new QuantizerOptions(Rounding: WeightRounding.Floor));

        // Scaled: -2, 1, -0.25, 1.75.
        Assert.Equal([-2f, 1f, -1f, 1f], integers.data<float>().ToArray());
    }

    [Fact]
    public void Quantize_ZeroBlock_GivesZeroNeverNaN()
    {
        using var scope = NewDisposeScope();
        for (var bits = 1; bits <= 8; bits++)
        {
            Assert.All(DsConv.Quantize(zeros([2, 3, 3, 3]), bits, QuantizerOptions.Default).data<float>(), v => Assert.Equal(0f, v));
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(9)]
    public void Quantize_ImpossibleBits_SaysRangeAndValue(int bits)
    {
        using var scope = NewDisposeScope();
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => DsConv.Quantize(ones([1, 1, 1, 1]), bits, QuantizerOptions.Default));

        Assert.Contains($"expected 1 to 8 bits, got {bits}", error.Message);
    }

    // Shapes around the block boundaries: shorter than a block, exact, with a rest, 1x1 and 3D kernels.
    [Theory]
    [InlineData(4, 3, 3, 3)]
    [InlineData(5, 32, 3, 3)]
    [InlineData(3, 40, 3, 3)]
    [InlineData(6, 96, 1, 1)]
    [InlineData(2, 33, 2, 2)]
    public void Quantize_AnyShape_EqualsTheBlockByBlockDefinition(int outputs, int inputs, int height, int width)
    {
        var random = new KeyedRandom(11, outputs, inputs);
        var values = new float[outputs * inputs * height * width];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = (float)random.NextNormal();
        }

        for (var bits = 1; bits <= 8; bits++)
        {
            using var scope = NewDisposeScope();
            var expected = ByDefinition(values, outputs, inputs, height * width, bits);
            var plain = tensor(values, [outputs, inputs, height, width]);
            var channelsInnermost = plain.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);

            // The multiplier is a 16-bit float: two summation orders may round to neighbours (relative 2^-10).
            AssertClose(expected, DsConv.Quantize(plain, bits, QuantizerOptions.Default).contiguous().data<float>().ToArray(), 1e-3f);
            AssertClose(expected, DsConv.Quantize(channelsInnermost, bits, QuantizerOptions.Default).contiguous().data<float>().ToArray(), 1e-3f);
        }
    }

    [Fact]
    public void Quantize_MoreBits_NeverFitsWorseOnAverage()
    {
        using var scope = NewDisposeScope();
        manual_seed(5);
        var weight = randn([16, 64, 3, 3]);
        var previous = double.PositiveInfinity;
        for (var bits = 1; bits <= 8; bits++)
        {
            var error = (weight - DsConv.Quantize(weight, bits, QuantizerOptions.Default)).mul(1).abs().mean().item<float>();
            Assert.True(error < previous, $"{bits} bits: mean error {error}, with one bit less {previous}");
            previous = error;
        }
    }

    [Fact]
    public void Encode_ThreeDimensionalKernel_UsesTheSameBlocks()
    {
        using var scope = NewDisposeScope();
        manual_seed(6);
        var weight = randn([2, 40, 3, 3, 3]);
        var (integers, multipliers) = DsConv.Encode(weight, 3, QuantizerOptions.Default);

        Assert.Equal([2L * 27, 2, 32], integers.shape);
        Assert.Equal([2L * 27, 2, 1], multipliers.shape);
        Assert.Equal(weight.shape, DsConv.Quantize(weight, 3, QuantizerOptions.Default).shape);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Quantize_SinglePrecisionMultipliers_AreTheLeastSquaresOnes(int bits)
    {
        using var scope = NewDisposeScope();
        var weight = randn([8, 64, 3, 3]);
        var options = new QuantizerOptions(Multipliers: MultiplierPrecision.Fp32);

        var error = SquaredError(weight, bits, options);
        var rounded = SquaredError(weight, bits, QuantizerOptions.Default);
        var (_, multipliers) = DsConv.Encode(weight, bits, options);

        Assert.True(error < rounded, $"{error} against {rounded}");
        Assert.Contains(multipliers.data<float>().ToArray(), multiplier => (float)(Half)multiplier != multiplier);
    }

    private static double SquaredError(Tensor weight, int bits, QuantizerOptions options)
    {
        var difference = (weight - DsConv.Quantize(weight, bits, options)).to_type(ScalarType.Float64);
        return (difference * difference).sum().item<double>();
    }

    private static float[] ByDefinition(float[] weight, int outputs, int inputs, int positions, int bits)
    {
        var result = new float[weight.Length];
        var (low, high) = (-(1 << (bits - 1)), (1 << (bits - 1)) - 1);
        for (var o = 0; o < outputs; o++)
        {
            for (var p = 0; p < positions; p++)
            {
                for (var first = 0; first < inputs; first += 32)
                {
                    var block = Enumerable.Range(first, Math.Min(32, inputs - first)).Select(c => (((o * inputs) + c) * positions) + p).ToArray();
                    var extremum = block.Select(k => weight[k]).MaxBy(Math.Abs);
                    var q = block.Select(k => (double)Math.Clamp(MathF.Round(weight[k] / (extremum / low), MidpointRounding.ToEven), low, high)).ToArray();
                    var xi = (float)(Half)(float)(block.Select((k, j) => weight[k] * q[j]).Sum() / Math.Max(1, q.Sum(v => v * v)));
                    for (var j = 0; j < block.Length; j++)
                    {
                        result[block[j]] = xi * (float)q[j];
                    }
                }
            }
        }

        return result;
    }

    private static void AssertClose(float[] expected, float[] actual, float relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.True(Math.Abs(expected[k] - actual[k]) <= relative * Math.Abs(expected[k]), $"element {k}: expected {expected[k]}, actual {actual[k]}");
        }
    }
}
