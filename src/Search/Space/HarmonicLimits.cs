using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Space;

/// <summary>How many harmonics per axis each layer of a network may have: 1..k, k the largest extent of its kernel.</summary>
/// <param name="Lowest">1, or k where the layer is left alone; one entry per layer.</param>
/// <param name="Highest">k; one entry per layer.</param>
public sealed record HarmonicLimits(BitVector Lowest, BitVector Highest)
{
    /// <summary>The largest k among the layers that have a choice, 1 where none has.</summary>
    public int MostSearched => Enumerable.Range(0, Highest.Count).Where(layer => Lowest[layer] < Highest[layer])
        .Select(layer => Highest[layer]).DefaultIfEmpty(1).Max();

    /// <exception cref="ArgumentException">A kernel is larger than 8 along an axis, or no layer has a choice; the message names the layer.</exception>
    public static HarmonicLimits Of(IReadOnlyList<LayerDescription> layers)
    {
        if (layers.FirstOrDefault(layer => layer.KernelExtent > BitVector.MaximumBits) is LayerDescription large)
        {
            throw new ArgumentException(
                $"Harmonics: expected kernels of at most {BitVector.MaximumBits} along an axis, actual {large.KernelExtent} in {large.Name}.", nameof(layers));
        }

        var limits = new HarmonicLimits(
            new BitVector([.. layers.Select(layer => layer.KeepsKernel ? layer.KernelExtent : 1)]),
            new BitVector([.. layers.Select(layer => layer.KernelExtent)]));
        return limits.MostSearched > 1
            ? limits
            : throw new ArgumentException("Harmonics: expected at least one layer with a kernel larger than 1 to compress, actual none.", nameof(layers));
    }
}
