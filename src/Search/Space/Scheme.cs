using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Space;

/// <summary>What a network is made of, layer by layer: the levels of a space together with the layers that it leaves alone.</summary>
/// <param name="Bits">Bit-width per layer of the workload, 0 for FP32; empty for FP32 everywhere.</param>
/// <param name="Harmonics">Harmonics per axis per layer of the workload, its k for one that keeps its kernel; empty for no series.</param>
public sealed record Scheme(IReadOnlyList<int> Bits, IReadOnlyList<int> Harmonics)
{
    /// <param name="space">Says what the levels are.</param>
    /// <param name="levels">As the space gives them; the empty vector stands for FP32.</param>
    /// <param name="layers">All layers of the workload.</param>
    /// <param name="skipped">Names of those that the space leaves out; null for none.</param>
    /// <exception cref="ArgumentException">Another number of levels than the space has.</exception>
    public static Scheme Of(CurveSpace space, BitVector levels, IReadOnlyList<LayerDescription> layers, IReadOnlyList<string>? skipped = null)
    {
        if (levels.IsEmpty)
        {
            return new Scheme([], []);
        }

        if (levels.Count != space.Entries)
        {
            throw new ArgumentException($"Levels: expected one per layer and curve ({space.Entries}), actual {levels.Count}.", nameof(levels));
        }

        int[] entries = levels.ToArray();
        return new Scheme(
            space.HasBits ? Spread(entries[..space.Layers], layers, skipped, _ => 0) : [],
            space.HasHarmonics ? Spread(entries[^space.Layers..], layers, skipped, layer => layer.KernelExtent) : []);
    }

    private static int[] Spread(
        int[] searched, IReadOnlyList<LayerDescription> layers, IReadOnlyList<string>? skipped, Func<LayerDescription, int> leftAlone)
    {
        if (skipped is null)
        {
            return searched;
        }

        int next = 0;
        return [.. layers.Select(layer => skipped.Contains(layer.Name) ? leftAlone(layer) : searched[next++])];
    }
}
