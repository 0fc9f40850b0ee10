using Bitcurve.Models.Architecture;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Quantization;

/// <summary>Quantised convolutions over three axes against loops written from networks.md: blocks of 32 channels at one position.</summary>
[Collection(nameof(GlobalGenerator))]
public class VolumeQuantizationTests
{
    private const int Samples = 2;
    private const int Channels = 40; // a block of 32 and one of 8
    private const int Outputs = 3;
    private static readonly int[] Grid = [3, 4, 2];
    private static readonly int[] Kernel = [2, 3, 1];

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void QuantizedNetwork_OverThreeAxes_ComputesTheLoops(int bits)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        manual_seed(11);
        using var network = new BlueprintNetwork(new Blueprint(
            "two",
            Block.Chain(Block.Conv3d(Channels, kernel: 1).As("first"), new Convolution(Outputs, Kernel, [1, 1, 1], [0, 0, 0]).As("second")),
            [Channels, .. Grid]));
        var first = network.Convolutions[0].Layer.Weight;
        first.copy_(Identity());
        var (x, weights) = (randn([Samples, Channels, .. Grid.Select(extent => (long)extent)]), network.Convolutions[1].Layer.Weight.data<float>().ToArray());
        using var quantized = new QuantizedNetwork(network, [0, bits], QuantizerOptions.Default);
        quantized.Requantize(forTraining: false);

        var actual = network.call(x).data<float>().ToArray();

        var expected = Convolve(Activations(x.data<float>().ToArray(), bits), Weights(weights, bits));
        Assert.Equal(expected.Length, actual.Length);
        Assert.True(expected.Max(Math.Abs) > 0.1, "the values say nothing");
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    // O x C x kernel. The largest magnitude of a block maps to -2^(b-1); the multiplier minimises the squared error and is a 16-bit float.
    private static double[] Weights(float[] weights, int bits)
    {
        var (positions, result, low) = (Kernel[0] * Kernel[1] * Kernel[2], new double[weights.Length], -Math.Pow(2, bits - 1));
        for (var o = 0; o < Outputs; o++)
        {
            for (var p = 0; p < positions; p++)
            {
                for (var start = 0; start < Channels; start += 32)
                {
                    int[] block = [.. Enumerable.Range(start, Math.Min(32, Channels - start)).Select(c => (((o * Channels) + c) * positions) + p)];
                    var largest = block.Select(k => weights[k]).MaxBy(Math.Abs);
                    var q = block.Select(k => Math.Clamp(Math.Round(weights[k] / (largest / low), MidpointRounding.ToEven), low, -low - 1)).ToList();
                    var multiplier = (double)(Half)(block.Zip(q).Sum(pair => weights[pair.First] * pair.Second) / q.Sum(value => value * value));
                    foreach (var (k, value) in block.Zip(q))
                    {
                        result[k] = multiplier * value;
                    }
                }
            }
        }

        return result;
    }

    // N x C x positions. The block's exponent is that of its largest magnitude; values become multiples of 2^(E - m + 1).
    private static double[] Activations(float[] x, int bits)
    {
        var (positions, result) = (Grid[0] * Grid[1] * Grid[2], new double[x.Length]);
        for (var n = 0; n < Samples; n++)
        {
            for (var p = 0; p < positions; p++)
            {
                for (var start = 0; start < Channels; start += 32)
                {
                    int[] block = [.. Enumerable.Range(start, Math.Min(32, Channels - start)).Select(c => (((n * Channels) + c) * positions) + p)];
                    var step = Math.ScaleB(1, Math.ILogB(block.Max(k => Math.Abs(x[k]))) - bits + 1);
                    var limit = Math.Pow(2, bits) - 1;
                    foreach (var k in block)
                    {
                        result[k] = Math.Clamp(Math.Round(x[k] / step, MidpointRounding.ToEven), -limit, limit) * step;
                    }
                }
            }
        }

        return result;
    }

    private static float[] Convolve(double[] x, double[] weights)
    {
        int[] result = [.. Grid.Zip(Kernel, (grid, kernel) => grid - kernel + 1)];
        List<float> sums = [];
        foreach (var (n, o) in Pairs(Samples, Outputs))
        {
            foreach (var (z, y, a) in Positions(result))
            {
                var sum = 0.0;
                for (var c = 0; c < Channels; c++)
                {
                    foreach (var (i, j, k) in Positions(Kernel))
                    {
                        sum += x[At(Grid, (n * Channels) + c, z + i, y + j, a + k)] * weights[At(Kernel, (o * Channels) + c, i, j, k)];
                    }
                }

                sums.Add((float)sum);
            }
        }

        return [.. sums];
    }

    private static int At(int[] extents, int row, int z, int y, int x) => (((((row * extents[0]) + z) * extents[1]) + y) * extents[2]) + x;

    private static IEnumerable<(int, int)> Pairs(int a, int b) => Enumerable.Range(0, a * b).Select(k => (k / b, k % b));

    private static IEnumerable<(int, int, int)> Positions(int[] extents) =>
        from z in Enumerable.Range(0, extents[0])
        from y in Enumerable.Range(0, extents[1])
        from x in Enumerable.Range(0, extents[2])
        select (z, y, x);

    private static Tensor Identity()
    {
        var values = new float[Channels * Channels];
        for (var c = 0; c < Channels; c++)
        {
            values[c * (Channels + 1)] = 1;
        }

        return tensor(values, [Channels, Channels, 1, 1, 1]);
    }
}
