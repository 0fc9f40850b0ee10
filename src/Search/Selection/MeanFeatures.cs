using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Features of a mean function whose coefficients are marginalised. <c>none</c>: a constant per task, estimated. <c>bits</c>: a constant,
/// the mean quantisation step 2^-(b - 1) and the mean bit-width over the layers (method.md "What a prototype taught us"): far from data the
/// model then expects fewer bits to cost accuracy instead of returning to the average.
/// </summary>
public sealed class MeanFeatures
{
    public static readonly IReadOnlyList<string> Names = ["bits", "bits-depth", "none"];

    private readonly CurveSpace space;

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public MeanFeatures(string name, CurveSpace space)
    {
        this.space = space;
        Count = name switch
        {
            "none" => 0,
            "bits" => 3,
            "bits-depth" => 5,
            _ => throw new ArgumentException($"Mean: expected one of {string.Join(", ", Names)}, actual '{name}'."),
        };
    }

    /// <summary>p.</summary>
    public int Count { get; }

    /// <summary>p values of order one.</summary>
    public double[] Of(IReadOnlyList<double> w)
    {
        if (Count == 0)
        {
            return [];
        }

        var bits = space.BitsAt(w).ToArray();
        double[] steps = [.. bits.Select(b => Math.Pow(2, 1 - b))];
        double[] features = [1, 2 * steps.Average(), (2.0 * bits.Average() / space.MaximumBits) - 1];
        return Count == 3 ? features : [.. features, 4 * DepthMoment(steps), 2 * DepthMoment([.. bits.Select(b => b / (double)space.MaximumBits)])];
    }

    // Mean of value times depth in [-1, 1]: positive when it sits in late layers.
    private static double DepthMoment(double[] values) => values.Length == 1
        ? 0
        : values.Select((value, layer) => value * ((2.0 * layer / (values.Length - 1)) - 1)).Average();
}
