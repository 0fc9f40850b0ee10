using Bitcurve.Models.Quantization;
using Bitcurve.Models.Training;

namespace Bitcurve.Models.Experiments;

/// <summary>Bit-widths that run along a line from the first layer to the last.</summary>
/// <param name="First">Of the first layer.</param>
/// <param name="Last">Of the last layer.</param>
public sealed record LinearBits(int First, int Last)
{
    // The least difference of first and last that makes an order.
    private const int LeastSlope = 2;

    /// <summary>One entry per layer; a layer that shares takes the bits of the one that it shares with.</summary>
    public IReadOnlyList<int> Over(IReadOnlyList<QuantizedLayer> layers)
    {
        var own = layers.Where(layer => layer.SharesWith is null).Select(layer => layer.Name).ToList();
        var bits = own.Select((name, k) => (name, Bits: (int)Math.Floor(First + ((Last - First) * (own.Count == 1 ? 0 : k / (own.Count - 1.0))) + 0.5)))
            .ToDictionary(entry => entry.name, entry => entry.Bits);
        return [.. layers.Select(layer => bits[layer.SharesWith ?? layer.Name])];
    }

    /// <summary>Mean bits of a weight.</summary>
    public double PerWeight(IReadOnlyList<QuantizedLayer> layers) =>
        layers.Zip(Over(layers), (layer, bits) => Weights(layer) * bits).Sum() / (double)layers.Sum(Weights);

    /// <summary>
    /// The falling and the rising line whose memory is most alike; among pairs alike within a hundredth of a bit, the one nearest to
    /// <paramref name="target"/>.
    /// </summary>
    /// <param name="layers">Of the network.</param>
    /// <param name="target">Mean bits of a weight, about.</param>
    public static (LinearBits Falling, LinearBits Rising) OfEqualMemory(IReadOnlyList<QuantizedLayer> layers, double target)
    {
        var widths = Enumerable.Range(BitRange.Min, BitRange.Max);
        var lines = (from first in widths from last in widths where Math.Abs(first - last) >= LeastSlope select new LinearBits(first, last))
            .Select(line => (Line: line, Memory: line.PerWeight(layers)))
            .Where(entry => Math.Abs(entry.Memory - target) <= 1)
            .ToList();
        var pairs = from falling in lines.Where(entry => entry.Line.First > entry.Line.Last)
                    from rising in lines.Where(entry => entry.Line.First < entry.Line.Last)
                    select (falling, rising, Difference: Math.Round(Math.Abs(falling.Memory - rising.Memory), 2), Distance: Math.Abs(falling.Memory - target));
        var best = pairs.OrderBy(pair => pair.Difference).ThenBy(pair => pair.Distance).First();
        return (best.falling.Line, best.rising.Line);
    }

    public override string ToString() => $"{First} to {Last}";

    private static long Weights(QuantizedLayer layer) => layer.WeightShape.Aggregate(1L, (product, extent) => product * extent);
}
