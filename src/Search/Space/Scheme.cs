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
            space.HasBits ? Spread(entries[..space.Layers], layers, skipped, _ => 0, (_, level) => level) : [],
            space.HasHarmonics ? Spread(entries[^space.Layers..], layers, skipped, layer => layer.KernelExtent, SharedHarmonics) : []);
    }

    /// <summary>Whether a layer stays as it is: its own name says so, or that of the layer whose levels it takes.</summary>
    public static bool IsLeftAlone(LayerDescription layer, IReadOnlyList<string>? skipped) =>
        skipped is not null && (skipped.Contains(layer.Name) || (layer.SharesWith is string owner && skipped.Contains(owner)));

    /// <summary>A layer that shares levels may have a smaller kernel than the one they are searched for.</summary>
    private static int SharedHarmonics(LayerDescription layer, int level) =>
        layer.KeepsKernel ? layer.KernelExtent : Math.Min(level, layer.KernelExtent);

    private static int[] Spread(
        int[] searched,
        IReadOnlyList<LayerDescription> layers,
        IReadOnlyList<string>? skipped,
        Func<LayerDescription, int> leftAlone,
        Func<LayerDescription, int, int> shared)
    {
        if (searched.Length == layers.Count)
        {
            return searched;
        }

        int next = 0;
        var own = new Dictionary<string, int>();
        var spread = new int[layers.Count];
        for (int index = 0; index < layers.Count; index++)
        {
            LayerDescription layer = layers[index];
            bool isSkipped = IsLeftAlone(layer, skipped);
            spread[index] = layer.SharesWith switch
            {
                _ when isSkipped => leftAlone(layer),
                string owner => shared(layer, own[owner]),
                null => own[layer.Name] = searched[next++],
            };
        }

        return spread;
    }
}
