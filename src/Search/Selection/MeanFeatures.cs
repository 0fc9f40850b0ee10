using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Features of a mean function whose coefficients are marginalised. <c>none</c>: a constant per task, estimated. <c>bits</c>: a constant,
/// the mean quantisation step 2^-(b - 1) and the mean bit-width over the layers (method.md "What a prototype taught us"): far from data the
/// model then expects fewer bits to cost accuracy instead of returning to the average.
/// </summary>
public sealed class MeanFeatures
{
    public static readonly IReadOnlyList<string> Names = ["bits", "none"];

    private readonly CurveSpace space;

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public MeanFeatures(string name, CurveSpace space)
    {
        this.space = space;
        Count = name switch
        {
            "none" => 0,
            "bits" => 3,
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
        return [1, 2 * bits.Average(b => Math.Pow(2, 1 - b)), (2.0 * bits.Average() / space.MaximumBits) - 1];
    }
}
