using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using TorchSharp;
using static TorchSharp.torch;

namespace Bitcurve.Models.Quantization;

/// <summary>
/// <see cref="DsConv"/> for CPU tensors, block by block: a block is quantised while it lies in registers and the fastest cache, so that memory is passed over
/// once. Sums run in the order in which libtorch adds a row of up to 32 numbers with eight-lane vectors, on every machine.
/// </summary>
/// <remarks>Equal to <see cref="DsConvTensors"/>, with two freedoms: zeros are positive where that has either sign, and where libtorch adds in another
/// order (other vectors, longer blocks) a multiplier whose exact value lies between two 16-bit floats may round to the other.</remarks>
internal readonly struct WeightBlocks
{
    // Below this many weights threads cost more than they save.
    private const int FewestWeightsPerThread = 1 << 15;

    private const float SmallestNormalHalf = 6.103515625e-05f; // 2^-14
    private const float LargestHalf = 65504;

    private const int Lanes = 8; // of a Vector256<float>

    private readonly int low;
    private readonly int blockSize;
    private readonly bool floor;
    private readonly bool isHalf;

    /// <param name="bits">1..8.</param>
    /// <param name="options">Block size and rounding.</param>
    public WeightBlocks(int bits, QuantizerOptions options) =>
        (low, blockSize, floor, isHalf) =
        (-(1 << (bits - 1)), options.BlockSize, options.Rounding == WeightRounding.Floor, options.Multipliers == MultiplierPrecision.Fp16);

    public static bool CanTake(Tensor weight) => weight.device.type == DeviceType.CPU && weight.dtype == ScalarType.Float32 && weight.numel() > 0;

    /// <summary>xi q.</summary>
    /// <param name="weights">O x kernel x C, contiguous.</param>
    /// <param name="values">Same shape; overwritten.</param>
    public void Quantize(Tensor weights, Tensor values)
    {
        var (self, channels) = (this, (int)weights.shape[^1]);
        OverRows(weights.numel() / channels, channels, (first, count) =>
        {
            var source = Floats(weights).Slice(first * channels, count * channels);
            var target = Floats(values).Slice(first * channels, count * channels);
            var scratch = self.Scratch(channels);
            for (var row = 0; row < source.Length; row += channels)
            {
                for (var channel = 0; channel < channels; channel += self.blockSize)
                {
                    var length = Math.Min(self.blockSize, channels - channel);
                    var block = target.Slice(row + channel, length);
                    Scale(block, self.Block(source.Slice(row + channel, length), block, scratch));
                }
            }
        });
    }

    /// <summary>q and xi.</summary>
    /// <param name="weights">O x kernel x C, contiguous.</param>
    /// <param name="integers">R x G x B, zero; each block's channels are overwritten.</param>
    /// <param name="multipliers">R x G x 1; overwritten.</param>
    public void Encode(Tensor weights, Tensor integers, Tensor multipliers)
    {
        var (self, channels) = (this, (int)weights.shape[^1]);
        var (groups, width) = ((int)integers.shape[1], (int)integers.shape[2]);
        OverRows(weights.numel() / channels, channels, (first, count) =>
        {
            var source = Floats(weights);
            var target = Floats(integers);
            var xi = Floats(multipliers);
            var scratch = self.Scratch(channels);
            for (var k = first * groups; k < (first + count) * groups; k++)
            {
                var channel = k % groups * width;
                var length = Math.Min(width, channels - channel);
                xi[k] = self.Block(source.Slice((k / groups * channels) + channel, length), target.Slice(k * width, length), scratch);
            }
        });
    }

    // Weights and integers of one block that does not fill its vectors.
    private float[] Scratch(int channels) => new float[2 * (Math.Min(blockSize, channels) + Lanes)];

    // Writes a block's integers and returns its multiplier.
    private float Block(ReadOnlySpan<float> weights, Span<float> integers, float[] scratch)
    {
        if (weights.Length % Lanes == 0)
        {
            return Block(ref MemoryMarshal.GetReference(weights), ref MemoryMarshal.GetReference(integers), weights.Length);
        }

        // Zeros behind the last channel change neither extremum nor sums.
        var padded = weights.Length + Lanes - (weights.Length % Lanes);
        var first = scratch.AsSpan(0, padded);
        var second = scratch.AsSpan(scratch.Length / 2, padded);
        first.Clear();
        weights.CopyTo(first);
        var multiplier = Block(ref first[0], ref second[0], padded);
        second[..integers.Length].CopyTo(integers);
        return multiplier;
    }

    // The element of largest magnitude, with its sign, maps to -2^(b-1): the one integer that two's complement has more on the negative side.
    // xi = sum(w q) / sum(q^2) minimises |w - xi q|. A weight that is not a number makes the sum, and so the whole block, not a number.
    private float Block(ref float weights, ref float integers, int length)
    {
        // An all-zero block has no scale; any finite one gives q = 0.
        var scale = Extremum(ref weights, length) * (-1f / -low);
        var step = Vector256.Create(scale == 0 ? 1f : scale);
        var (lowest, highest) = (Vector256.Create((float)low), Vector256.Create((float)(-low - 1)));
        var (energy, correlation) = (Vector256<float>.Zero, Vector256<float>.Zero);
        for (var k = 0; k < length; k += Lanes)
        {
            var weight = Vector256.LoadUnsafe(ref weights, (nuint)k);
            var scaled = weight / step;
            var rounded = floor ? Vector256.Floor(scaled) : Vector256.Round(scaled);
            var integer = Vector256.MinNative(Vector256.MaxNative(rounded, lowest), highest) + Vector256<float>.Zero; // + 0 makes -0 to 0
            energy += integer * integer;
            correlation += weight * integer;
            integer.StoreUnsafe(ref integers, (nuint)k);
        }

        // All integers zero (a zero block; with floor or 1 bit also others): the correlation is 0, so 0 / 1 = 0, never NaN.
        var sum = Vector256.Sum(energy); // whole numbers below 2^24: exact in any order
        var multiplier = InOrder(correlation) / (sum == 0 ? 1f : sum);
        return isHalf ? ToSixteenBits(multiplier) : multiplier;
    }

    private static float Extremum(ref float weights, int length)
    {
        var largest = Vector256.LoadUnsafe(ref weights);
        var smallest = largest;
        for (var k = Lanes; k < length; k += Lanes)
        {
            var weight = Vector256.LoadUnsafe(ref weights, (nuint)k);
            largest = Vector256.MaxNative(largest, weight);
            smallest = Vector256.MinNative(smallest, weight);
        }

        // Both in one reduction: the smallest with its sign turned.
        var (high, low) = (Vector128.MaxNative(largest.GetLower(), largest.GetUpper()), -Vector128.MinNative(smallest.GetLower(), smallest.GetUpper()));
        high = Vector128.MaxNative(high, Vector128.Shuffle(high, Vector128.Create(2, 3, 0, 1)));
        low = Vector128.MaxNative(low, Vector128.Shuffle(low, Vector128.Create(2, 3, 0, 1)));
        var (positive, negative) = (Math.Max(high[0], high[1]), Math.Max(low[0], low[1]));
        return positive >= negative ? positive : -negative;
    }

    // Written out: a loop would take the lanes through memory.
    private static float InOrder(Vector256<float> lanes)
    {
        var (low, high) = (lanes.GetLower(), lanes.GetUpper());
        return low[0] + low[1] + low[2] + low[3] + high[0] + high[1] + high[2] + high[3];
    }

    // To the nearest 16-bit float, ties to even. Where that is a normal number, adding just less than half a unit of the tenth fraction bit
    // (and the last kept bit) to the pattern carries as rounding does; the rest is left to the library.
    private static float ToSixteenBits(float value)
    {
        if (!(Math.Abs(value) is >= SmallestNormalHalf and < LargestHalf))
        {
            return (float)(Half)value;
        }

        var pattern = BitConverter.SingleToUInt32Bits(value);
        return BitConverter.UInt32BitsToSingle((pattern + 0xFFF + ((pattern >> 13) & 1)) & ~0x1FFFu);
    }

    private static void Scale(Span<float> integers, float multiplier)
    {
        var k = 0;
        ref var first = ref MemoryMarshal.GetReference(integers);
        for (; k <= integers.Length - Lanes; k += Lanes)
        {
            (Vector256.LoadUnsafe(ref first, (nuint)k) * multiplier).StoreUnsafe(ref first, (nuint)k);
        }

        for (; k < integers.Length; k++)
        {
            integers[k] *= multiplier;
        }
    }

    // As many threads as libtorch has. Blocks do not depend on one another, so their number changes no result.
    private static void OverRows(long rows, int channels, Action<int, int> work)
    {
        var threads = (int)Math.Clamp(rows * channels / FewestWeightsPerThread, 1, get_num_threads());
        if (threads == 1)
        {
            work(0, (int)rows);
            return;
        }

        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, part =>
        {
            var (first, end) = ((int)(rows * part / threads), (int)(rows * (part + 1) / threads));
            work(first, end - first);
        });
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
