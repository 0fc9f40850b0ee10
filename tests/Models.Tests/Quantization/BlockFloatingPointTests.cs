using Bitcurve.Models.Data;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Tests.Quantization;

public class BlockFloatingPointTests
{
    [Fact]
    public void Quantize_OneBitByHand_KeepsMultiplesOfTheExponent()
    {
        using var scope = NewDisposeScope();

        // max 3 -> E = 1, step 2^(1-1+1) = 2, limit 1: 3 -> 1.5 -> 2 -> clamped 1 -> 2; 1 -> 0.5 -> 0 (even); -1.1 -> -1 -> -2.
        var q = BlockFloatingPoint.Quantize(tensor([3f, 1f, -1.1f, 0.4f], [1, 4, 1, 1]), 1);

        Assert.Equal([2f, 0f, -2f, 0f], q.data<float>().ToArray());
    }

    [Fact]
    public void Quantize_ThreeBitsByHand_RoundsHalvesToEvenAndClamps()
    {
        using var scope = NewDisposeScope();

        // max 7.9 -> E = 2, step 2^(2-3+1) = 1, limit 7: 7.9 -> 8 -> clamped 7.
        var q = BlockFloatingPoint.Quantize(tensor([7.9f, 2.5f, 3.5f, -0.6f], [1, 4, 1, 1]), 3);

        Assert.Equal([7f, 2f, 4f, -1f], q.data<float>().ToArray());
    }

    [Theory]
    [InlineData(1f)]
    [InlineData(0.99999994f)] // the float just below a power of two: log2 in single precision would round up to it
    [InlineData(1024f)]
    [InlineData(1.17549435e-20f)]
    public void Quantize_EightBitsOfOneValue_KeepsItWithinHalfAStep(float value)
    {
        using var scope = NewDisposeScope();
        var step = MathF.ScaleB(1, (int)MathF.Floor((float)Math.Log2((double)value)) - 7);

        Assert.InRange(BlockFloatingPoint.Quantize(tensor([value], [1, 1, 1, 1]), 8).data<float>()[0], value - step, value + (step / 2));
    }

    [Fact]
    public void Quantize_ZeroBlock_StaysZero()
    {
        using var scope = NewDisposeScope();

        Assert.All(BlockFloatingPoint.Quantize(zeros([2, 64, 3, 3]), 4).data<float>(), v => Assert.Equal(0f, v));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(4, 32)]
    [InlineData(2, 40)]
    [InlineData(8, 96)]
    public void Quantize_AnyChannels_EqualsTheDefinition(int bits, int channels)
    {
        var random = new KeyedRandom(12, bits, channels);
        var values = new float[2 * channels * 9];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = (float)random.NextNormal();
        }

        using var scope = NewDisposeScope();
        var actual = BlockFloatingPoint.Quantize(tensor(values, [2, channels, 3, 3]), bits).contiguous().data<float>().ToArray();

        Assert.Equal(ByDefinition(values, channels, 9, bits), actual);
    }

    [Fact]
    public void Quantize_Twice_ChangesNothingMore()
    {
        using var scope = NewDisposeScope();
        manual_seed(8);
        var once = BlockFloatingPoint.Quantize(randn([2, 64, 4, 4]), 5);

        Assert.Equal(once.data<float>().ToArray(), BlockFloatingPoint.Quantize(once, 5).data<float>().ToArray());
    }

    [Fact]
    public void Quantize_Backward_PassesTheGradientUnchanged()
    {
        using var scope = NewDisposeScope();
        manual_seed(9);
        var x = randn([2, 40, 3, 3]).with_requires_grad();
        var weights = randn([2, 40, 3, 3]);

        (BlockFloatingPoint.Quantize(x, 1) * weights).sum().backward();

        Assert.Equal(weights.data<float>().ToArray(), x.grad!.data<float>().ToArray());
    }

    [Fact]
    public void Quantize_Input_IsNotChanged()
    {
        using var scope = NewDisposeScope();
        manual_seed(10);
        var x = randn([1, 32, 2, 2]);
        var before = x.data<float>().ToArray();
        BlockFloatingPoint.Quantize(x, 1);

        Assert.Equal(before, x.data<float>().ToArray());
    }

    private static float[] ByDefinition(float[] x, int channels, int positions, int bits)
    {
        var result = new float[x.Length];
        var limit = (1 << bits) - 1;
        for (var n = 0; n < x.Length / (channels * positions); n++)
        {
            for (var p = 0; p < positions; p++)
            {
                for (var first = 0; first < channels; first += 32)
                {
                    var block = Enumerable.Range(first, Math.Min(32, channels - first)).Select(c => (((n * channels) + c) * positions) + p).ToArray();
                    var exponent = (int)Math.Floor(Math.Log2(block.Max(k => Math.Abs((double)x[k]))));
                    var step = Math.ScaleB(1, exponent - bits + 1);
                    foreach (var k in block)
                    {
                        result[k] = (float)(Math.Clamp(Math.Round(x[k] / step, MidpointRounding.ToEven), -limit, limit) * step);
                    }
                }
            }
        }

        return result;
    }
}
