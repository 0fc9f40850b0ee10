using Bitcurve.Search.Space;

namespace Bitcurve.Search.Choosing;

/// <summary>Accuracy less a charge for bits (thesis 3.3): the single figure that the thesis maximises.</summary>
public static class EffectiveAccuracy
{
    /// <summary>E(a, b) = a - (sum b - 4 n) / k; a network of 4 bits everywhere keeps its accuracy.</summary>
    /// <param name="accuracy">a, a fraction in [0,1], or any metric's score.</param>
    /// <param name="bits">b, one width per layer (n entries).</param>
    /// <param name="bitsPerAccuracy">k > 0, bits per unit of accuracy.</param>
    public static double Of(double accuracy, BitVector bits, double bitsPerAccuracy = 1000) =>
        accuracy - ((bits.Sum - (4.0 * bits.Count)) / bitsPerAccuracy);

    /// <summary>The same for any metric, in its own unit: a charge of 1 is one unit of its scale, in the bad direction.</summary>
    public static double Of(double value, MetricScale scale, BitVector bits, double bitsPerAccuracy = 1000) =>
        scale.Value(Of(scale.Score(value), bits, bitsPerAccuracy));
}
