using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Space;

/// <summary>What a network costs to store and to run at given bit-widths, known exactly before any training (thesis ch. 3).</summary>
/// <param name="WeightBits">sum(weights x bits), bits.</param>
/// <param name="DsconvBits"><paramref name="WeightBits"/> plus 16 bits per block multiplier, bits.</param>
/// <param name="BitOperations">sum(MACs x b x b) for one sample: weights and activations of a layer both have its b bits.</param>
public sealed record ModelSize(long WeightBits, long DsconvBits, long BitOperations)
{
    /// <summary>Bits of one stored block multiplier (a half-precision float).</summary>
    public const int MultiplierBits = 16;

    /// <summary><see cref="DsconvBits"/> in bytes, rounded up.</summary>
    public long MemoryBytes => (DsconvBits + 7) / 8;

    /// <param name="layers">The network's quantised layers, n in total.</param>
    /// <param name="bits">One width per layer, n entries.</param>
    /// <param name="blockSize">Input channels that share one multiplier, at least 1.</param>
    /// <exception cref="ArgumentException">Another number of bits than layers, or a block size below 1.</exception>
    public static ModelSize Of(IReadOnlyList<LayerDescription> layers, BitVector bits, int blockSize = 32)
    {
        if (bits.Count != layers.Count)
        {
            throw new ArgumentException($"Bits: expected one entry per layer ({layers.Count}), actual {bits.Count}.", nameof(bits));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(blockSize, 1);
        long weightBits = 0;
        long blocks = 0;
        long bitOperations = 0;
        for (int layer = 0; layer < layers.Count; layer++)
        {
            weightBits += layers[layer].WeightCount * bits[layer];
            blocks += Blocks(layers[layer], blockSize);
            bitOperations += layers[layer].Macs * bits[layer] * bits[layer];
        }

        return new ModelSize(weightBits, weightBits + (MultiplierBits * blocks), bitOperations);
    }

    /// <summary>out x ceil(in per group / block size) x kernel positions; the last block of a row may be shorter.</summary>
    private static long Blocks(LayerDescription layer, int blockSize)
    {
        long channelBlocks = (layer.WeightShape[1] + blockSize - 1) / blockSize;
        return layer.WeightShape.Skip(2).Aggregate(layer.WeightShape[0] * channelBlocks, (product, extent) => product * extent);
    }
}
