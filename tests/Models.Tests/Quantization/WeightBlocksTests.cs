using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Quantization;

/// <summary>The block-by-block quantiser of the CPU against the tensor operations that other devices run.</summary>
public class WeightBlocksTests
{
    // Blocks that fill their vectors, that do not, that are short at the end, of one channel; the last is large enough for two threads.
    [Theory]
    [InlineData(32, 7, 32, 3, 3)]
    [InlineData(32, 5, 3, 3, 3)]
    [InlineData(32, 5, 48, 3, 3)]
    [InlineData(32, 64, 1, 3, 3)]
    [InlineData(16, 6, 33, 2, 2)]
    [InlineData(20, 6, 50, 1, 1)]
    [InlineData(1, 6, 5, 1, 1)]
    [InlineData(100, 6, 64, 1, 1)]
    [InlineData(32, 128, 128, 3, 3)]
    public void Encode_EqualsTheTensorOperations(int blockSize, params int[] shape)
    {
        using var scope = NewDisposeScope();
        var weight = randn([.. shape.Select(extent => (long)extent)]);
        var channelsInnermost = weight.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2);
        foreach (var rounding in Enum.GetValues<WeightRounding>())
        {
            for (var bits = 1; bits <= 8; bits++)
            {
                var options = new QuantizerOptions(blockSize, rounding);
                var (expected, expectedMultipliers) = DsConvTensors.Encode(weight, bits, options);
                var (integers, multipliers) = DsConv.Encode(weight, bits, options);

                Assert.Equal(expected.shape, integers.shape);
                Assert.Equal(expectedMultipliers.shape, multipliers.shape);
                Assert.Equal(expected.data<float>().ToArray(), integers.data<float>().ToArray());
                AssertSameMultipliers(expectedMultipliers.data<float>().ToArray(), multipliers.data<float>().ToArray());
                Assert.Equal(
                    DsConv.Quantize(weight, bits, options).data<float>().ToArray(), DsConv.Quantize(channelsInnermost, bits, options).data<float>().ToArray());
            }
        }
    }

    [Fact]
    public void Quantize_EqualsTheTensorOperationsInValuesShapeAndLayout()
    {
        using var scope = NewDisposeScope();
        foreach (var shape in (long[][])[[8, 64, 3, 3], [8, 40, 1, 1], [4, 33, 3, 3, 3], [4, 40, 5], [1, 1, 1, 1]])
        {
            var weight = randn(shape);
            var (expected, actual) = (DsConvTensors.Quantize(weight, 4, QuantizerOptions.Default), DsConv.Quantize(weight, 4, QuantizerOptions.Default));
            var (integers, multipliers) = DsConv.Encode(weight, 4, QuantizerOptions.Default);
            var last = integers.mul(multipliers).view(integers.shape[0], -1).narrow(1, 0, shape[1]).reshape([shape[0], .. shape[2..], shape[1]]);

            Assert.Equal(expected.shape, actual.shape);
            Assert.Equal(expected.stride(), actual.stride());
            AssertSameMultipliers(expected.data<float>().ToArray(), actual.data<float>().ToArray());
            Assert.Equal(
                last.permute([0, shape.Length - 1, .. Enumerable.Range(1, shape.Length - 2)]).data<float>().ToArray(), actual.data<float>().ToArray());
        }
    }

    // Multipliers below 2^-14 are 16-bit floats with fewer digits, and 0 below those.
    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-5)]
    [InlineData(1e-7)]
    [InlineData(1e-30)]
    [InlineData(1e4)]
    [InlineData(65519)]
    public void Encode_SmallAndLargeWeights_HaveSixteenBitMultipliers(double scale)
    {
        using var scope = NewDisposeScope();
        var weight = randn([16, 32, 3, 3]).mul((float)scale);
        var (_, expected) = DsConvTensors.Encode(weight, 1, QuantizerOptions.Default);
        var multipliers = DsConv.Encode(weight, 1, QuantizerOptions.Default).Multipliers.data<float>().ToArray();

        AssertSameMultipliers(expected.data<float>().ToArray(), multipliers);
        Assert.All(multipliers, multiplier => Assert.Equal((float)(Half)multiplier, multiplier));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Quantize_WeightThatIsNoNumber_MakesItsBlockNoNumbers(float value)
    {
        using var scope = NewDisposeScope();
        for (var place = 0; place < 40; place++)
        {
            var values = new float[80];
            values.AsSpan().Fill(0.5f);
            values[40 + place] = value;
            var quantized = DsConv.Quantize(tensor(values, [2, 40, 1, 1]), 4, QuantizerOptions.Default).data<float>().ToArray();

            Assert.All(quantized[..40], v => Assert.True(float.IsFinite(v)));
            Assert.Contains(place < 32 ? quantized[40..72] : quantized[72..], v => !float.IsFinite(v));
        }
    }

    // The multiplier is a quotient rounded to 16 bits. Sums in another order differ by some 2^-24, so almost all are equal, and the rest are neighbours.
    private static void AssertSameMultipliers(float[] expected, float[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        var different = 0;
        for (var k = 0; k < expected.Length; k++)
        {
            if (expected[k] != actual[k])
            {
                different++;
                Assert.InRange(Math.Abs(expected[k] - actual[k]), 0, Math.Max(Math.Abs(expected[k]) / 1024, 6e-8f));
            }
        }

        Assert.InRange(different, 0, Math.Max(2, expected.Length / 200));
    }
}
