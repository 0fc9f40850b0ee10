using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using Bitcurve.Models.Quantization;
using static TorchSharp.torch;

namespace Bitcurve.Models.Packed;

/// <summary>A convolution's section (see <see cref="PackedLayer"/>): from weights to bytes and back.</summary>
internal static class PackedWeights
{
    // Integers unpacked at a time: they stay in the fastest cache until they are scaled.
    private const int PartValues = 8192;

    // Eight rows are a whole number of bytes at every bit-width.
    private const int RowGroup = 8;

    /// <summary>The section of a layer's present weights.</summary>
    /// <param name="layer">For messages.</param>
    /// <param name="weight">O x C x kernel extents, single precision.</param>
    /// <param name="bits">1..8, or 0 for FP32.</param>
    /// <param name="options">Block size and rounding.</param>
    /// <exception cref="ArgumentException">A block's multiplier is not finite in 16 bits: the weights are not finite, or too large.</exception>
    public static byte[] Encode(string layer, Tensor weight, int bits, QuantizerOptions options)
    {
        using var scope = NewDisposeScope();
        using var recording = no_grad();
        var shape = weight.shape;
        var section = new byte[PackedSize.Layer(shape, bits, options)];
        if (bits == 0)
        {
            var last = weight.permute([0, .. Enumerable.Range(2, shape.Length - 2), 1]); // O x kernel x C
            LittleEndian.Write(last.data<float>().ToArray(), section);
            return section;
        }

        var (integers, multipliers) = DsConv.Encode(weight, bits, options); // R x G x B and R x G x 1
        var real = integers.view(integers.shape[0], -1).narrow(1, 0, shape[1]).contiguous(); // R x C: the padding of a last block is left out
        var packedBytes = (int)BitPacking.Bytes(real.numel(), bits);
        BitPacking.Pack(real.to_type(ScalarType.Int8).data<sbyte>().ToArray(), bits, section.AsSpan(0, packedBytes));
        WriteMultipliers(layer, multipliers.data<float>().ToArray(), options.Multipliers, section.AsSpan(packedBytes));
        return section;
    }

    /// <summary>The values xi q (or the FP32 weights) of a section.</summary>
    /// <param name="section">As <see cref="Encode"/> wrote it.</param>
    /// <param name="channels">C.</param>
    /// <param name="bits">1..8, or 0 for FP32.</param>
    /// <param name="options">Block size and multipliers.</param>
    /// <param name="values">Receives O x kernel positions x C.</param>
    public static void Decode(ReadOnlySpan<byte> section, int channels, int bits, QuantizerOptions options, Span<float> values)
    {
        if (bits == 0)
        {
            LittleEndian.Read(section, values);
            return;
        }

        var packedBytes = (int)BitPacking.Bytes(values.Length, bits);
        var packed = section[..packedBytes];
        var multipliers = section[packedBytes..];
        var part = RowGroup * channels * Math.Max(1, PartValues / (RowGroup * channels));
        var integers = new sbyte[Math.Min(part, values.Length)];
        while (values.Length > 0)
        {
            var count = Math.Min(part, values.Length);
            var bytes = (int)BitPacking.Bytes(count, bits);
            BitPacking.Unpack(packed[..bytes], bits, integers.AsSpan(0, count));
            var used = Scale(integers.AsSpan(0, count), multipliers, channels, options, values[..count]);
            packed = packed[bytes..];
            multipliers = multipliers[used..];
            values = values[count..];
        }
    }

    /// <summary>Index of the first multiplier in the section that is not finite, or -1.</summary>
    public static int FirstBadMultiplier(ReadOnlySpan<byte> multipliers, MultiplierPrecision precision)
    {
        var size = PackedSize.MultiplierBytes(precision);
        for (var k = 0; k < multipliers.Length / size; k++)
        {
            if (!float.IsFinite(Read(multipliers[(k * size)..], precision)))
            {
                return k;
            }
        }

        return -1;
    }

    // Whole rows of integers; returns the bytes of multipliers that they took.
    private static int Scale(ReadOnlySpan<sbyte> integers, ReadOnlySpan<byte> multipliers, int channels, QuantizerOptions options, Span<float> values)
    {
        var (used, blockSize, size) = (0, options.BlockSize, PackedSize.MultiplierBytes(options.Multipliers));
        for (var row = 0; row < integers.Length; row += channels)
        {
            for (var first = 0; first < channels; first += blockSize)
            {
                var block = Math.Min(blockSize, channels - first);
                var multiplier = Read(multipliers[used..], options.Multipliers);
                Scale(integers.Slice(row + first, block), multiplier, values.Slice(row + first, block));
                used += size;
            }
        }

        return used;
    }

    private static void Scale(ReadOnlySpan<sbyte> integers, float multiplier, Span<float> values)
    {
        while (integers.Length >= Vector128<sbyte>.Count)
        {
            // 16 integers widen to four vectors of four.
            var (low, high) = Vector128.Widen(Vector128.Create(integers));
            var (a, b) = Vector128.Widen(low);
            var (c, d) = Vector128.Widen(high);
            (Vector128.ConvertToSingle(a) * multiplier).CopyTo(values);
            (Vector128.ConvertToSingle(b) * multiplier).CopyTo(values[4..]);
            (Vector128.ConvertToSingle(c) * multiplier).CopyTo(values[8..]);
            (Vector128.ConvertToSingle(d) * multiplier).CopyTo(values[12..]);
            integers = integers[Vector128<sbyte>.Count..];
            values = values[Vector128<sbyte>.Count..];
        }

        for (var k = 0; k < integers.Length; k++)
        {
            values[k] = integers[k] * multiplier;
        }
    }

    private static float Read(ReadOnlySpan<byte> multiplier, MultiplierPrecision precision) => precision == MultiplierPrecision.Fp32
        ? BinaryPrimitives.ReadSingleLittleEndian(multiplier)
        : (float)BinaryPrimitives.ReadHalfLittleEndian(multiplier);

    private static void WriteMultipliers(string layer, float[] multipliers, MultiplierPrecision precision, Span<byte> target)
    {
        var size = PackedSize.MultiplierBytes(precision);
        for (var k = 0; k < multipliers.Length; k++)
        {
            if (!float.IsFinite(multipliers[k]))
            {
                throw new ArgumentException($"layer '{layer}': expected weights whose block multipliers are finite in {8 * size} bits, got {multipliers[k]} in block {k}");
            }

            if (precision == MultiplierPrecision.Fp32)
            {
                BinaryPrimitives.WriteSingleLittleEndian(target[(k * size)..], multipliers[k]);
            }
            else
            {
                BinaryPrimitives.WriteHalfLittleEndian(target[(k * size)..], (Half)multipliers[k]); // already rounded to 16 bits: exact
            }
        }
    }
}
