using Bitcurve.Models.Quantization;

namespace Bitcurve.Models.Packed;

/// <summary>Sizes of what a packed file holds, in bytes, from shapes alone.</summary>
public static class PackedSize
{
    /// <summary>Bytes of one block multiplier.</summary>
    public static int MultiplierBytes(MultiplierPrecision precision) => precision == MultiplierPrecision.Fp32 ? sizeof(float) : sizeof(ushort);

    /// <summary>
    /// A convolution: ceil(weights b / 8) plus a multiplier for each block of at most so many consecutive input channels at one output channel
    /// and kernel position; 0 bits: four bytes for each weight. Of a series the coefficients count as weights.
    /// </summary>
    /// <param name="shape">O x C x kernel extents, C being the channels of one group; all at least 1.</param>
    /// <param name="bits">1..8, or 0 for FP32.</param>
    /// <param name="options">Block size and multipliers.</param>
    /// <exception cref="OverflowException">The bytes are more than 2^63 - 1.</exception>
    public static long Layer(IReadOnlyList<long> shape, int bits, QuantizerOptions options)
    {
        var weights = Count(shape);
        return bits == 0 ? checked(weights * sizeof(float)) : checked(BitPacking.Bytes(weights, bits) + (MultiplierBytes(options.Multipliers) * Blocks(shape, options.BlockSize)));
    }

    /// <summary>Block multipliers of a convolution.</summary>
    public static long Blocks(IReadOnlyList<long> shape, int blockSize)
    {
        var channels = shape[1];
        return Count(shape) / channels * (((channels - 1) / blockSize) + 1);
    }

    /// <summary>Elements of a shape; 1 for a scalar.</summary>
    /// <exception cref="OverflowException">There are more than 2^63 - 1.</exception>
    public static long Count(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, extent) => checked(product * extent));
}
