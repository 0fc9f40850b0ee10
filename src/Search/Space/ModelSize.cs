using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Space;

/// <summary>What a network costs to store and to run, known exactly before any training (thesis ch. 3 and 4).</summary>
/// <param name="WeightBits">sum(coefficients x bits), bits; without harmonics every weight is a coefficient, and FP32 counts 32 bits.</param>
/// <param name="DsconvBits"><paramref name="WeightBits"/> plus one multiplier per block of the quantised layers, bits.</param>
/// <param name="BitOperations">
/// sum(MACs x b x b) for one sample: weights and activations of a layer both have its b bits. Harmonics change nothing here: a series is
/// expanded to the full kernel before the convolution.
/// </param>
public sealed record ModelSize(long WeightBits, long DsconvBits, long BitOperations)
{
    /// <summary>Bits of one stored block multiplier (a half-precision float).</summary>
    public const int MultiplierBits = 16;

    /// <summary>Bits of a weight or coefficient that is not quantised.</summary>
    public const int Fp32Bits = 32;

    /// <summary><see cref="DsconvBits"/> in bytes, rounded up.</summary>
    public long MemoryBytes => (DsconvBits + 7) / 8;

    /// <param name="layers">The network's quantised layers, n in total.</param>
    /// <param name="bits">One width per layer, n entries.</param>
    /// <param name="blockSize">Input channels that share one multiplier, at least 1.</param>
    /// <exception cref="ArgumentException">Another number of bits than layers, or a block size below 1.</exception>
    public static ModelSize Of(IReadOnlyList<LayerDescription> layers, BitVector bits, int blockSize = 32)
    {
        RequireCount("Bits", bits.Count, layers.Count);
        return Of(layers, new Scheme(bits.ToArray(), []), blockSize);
    }

    /// <param name="layers">The network's layers, n in total.</param>
    /// <param name="scheme">Bits and harmonics, n entries each, or none.</param>
    /// <param name="blockSize">Input channels that share one multiplier, at least 1.</param>
    /// <param name="multiplierBits">Bits of one multiplier.</param>
    /// <exception cref="ArgumentException">Another number of entries than layers, or a block size below 1.</exception>
    public static ModelSize Of(IReadOnlyList<LayerDescription> layers, Scheme scheme, int blockSize, int multiplierBits = MultiplierBits)
    {
        RequireCount("Bits", scheme.Bits.Count, scheme.Bits.Count == 0 ? 0 : layers.Count);
        RequireCount("Harmonics", scheme.Harmonics.Count, scheme.Harmonics.Count == 0 ? 0 : layers.Count);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        long weightBits = 0;
        long blocks = 0;
        long bitOperations = 0;
        for (int index = 0; index < layers.Count; index++)
        {
            LayerDescription layer = layers[index];
            int bits = scheme.Bits.Count == 0 ? 0 : scheme.Bits[index];
            int stored = bits == 0 ? Fp32Bits : bits;
            long positions = Positions(layer, scheme.Harmonics.Count == 0 ? int.MaxValue : scheme.Harmonics[index]);
            weightBits += layer.WeightShape[0] * (long)layer.WeightShape[1] * positions * stored;
            blocks += bits == 0 ? 0 : Blocks(layer, positions, blockSize);
            bitOperations += layer.Macs * stored * stored;
        }

        return new ModelSize(weightBits, weightBits + (multiplierBits * blocks), bitOperations);
    }

    /// <summary>Kernel positions, or as many coefficients as h harmonics per axis need: no axis has more than its extent.</summary>
    private static long Positions(LayerDescription layer, int harmonics) =>
        layer.WeightShape.Skip(2).Aggregate(1L, (product, extent) => product * Math.Min(extent, harmonics));

    /// <summary>out x ceil(in per group / block size) x positions; the last block of a row may be shorter.</summary>
    private static long Blocks(LayerDescription layer, long positions, int blockSize)
    {
        long channelBlocks = (layer.WeightShape[1] + blockSize - 1) / blockSize;
        return layer.WeightShape[0] * channelBlocks * positions;
    }

    private static void RequireCount(string what, int actual, int expected)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"{what}: expected one entry per layer ({expected}), actual {actual}.");
        }
    }
}
