namespace Bitcurve.Models.Packed;

/// <summary>Sizes of what a packed file holds, in bytes, from shapes alone.</summary>
public static class PackedSize
{
    /// <summary>Bytes of one 16-bit block multiplier.</summary>
    public const int MultiplierBytes = 2;

    /// <summary>
    /// A convolution: ceil(weights b / 8) plus two bytes for each block of at most <paramref name="blockSize"/> consecutive input channels at one output channel
    /// and kernel position; 0 bits: four bytes for each weight.
    /// </summary>
    /// <param name="shape">O x C x kernel extents, C being the channels of one group; all at least 1.</param>
    /// <param name="bits">1..8, or 0 for FP32.</param>
    /// <param name="blockSize">Channels per block, at least 1.</param>
    /// <exception cref="OverflowException">The bytes are more than 2^63 - 1.</exception>
    public static long Layer(IReadOnlyList<long> shape, int bits, int blockSize)
    {
        var weights = Count(shape);
        return bits == 0 ? checked(weights * sizeof(float)) : checked(BitPacking.Bytes(weights, bits) + (MultiplierBytes * Blocks(shape, blockSize)));
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
