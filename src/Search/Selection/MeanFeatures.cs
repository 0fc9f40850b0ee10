using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Features of a mean function whose coefficients are marginalised. <c>none</c>: a constant per task, estimated. <c>bits</c>: a constant,
/// the mean quantisation step 2^-(b - 1) and the mean bit-width over the layers (method.md "What a prototype taught us"): far from data the
/// model then expects fewer bits to cost accuracy instead of returning to the average. <c>bits-depth</c>: also where along the depth they
/// lie. Harmonics take the place of bits by their <see cref="Coarseness"/> and as fractions of their kernels; with two curves each has its own
/// features beside the constant.
/// </summary>
public sealed class MeanFeatures
{
    public static readonly IReadOnlyList<string> Names = ["bits", "bits-depth", "none"];

    private readonly CurveSpace space;
    private readonly bool seesDepth;

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public MeanFeatures(string name, CurveSpace space)
    {
        this.space = space;
        seesDepth = name == "bits-depth";
        Count = name switch
        {
            "none" => 0,
            "bits" => 1 + (2 * space.Curves),
            "bits-depth" => 1 + (4 * space.Curves),
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

        var levels = space.LevelsAt(w);
        var coarseness = Coarseness.Of(space, levels);
        var relative = levels.Select((level, entry) => Coarseness.Relative(space, entry, level)).ToArray();
        IEnumerable<double> features = [1];
        for (var start = 0; start < levels.Length; start += space.Layers)
        {
            var layers = start..(start + space.Layers);
            features = features.Concat(OfCurve(levels[layers], coarseness[layers], relative[layers], space.HasBits && start == 0));
        }

        return [.. features];
    }

    private double[] OfCurve(int[] levels, double[] coarseness, double[] relative, bool areBits)
    {
        // For bits in the order of operations that decisions of stored searches were made with.
        var mean = areBits ? 2.0 * levels.Average() / space.MaximumBits : 2.0 * relative.Average();
        double[] features = [2 * coarseness.Average(), mean - 1];
        return seesDepth ? [.. features, 4 * DepthMoment(coarseness), 2 * DepthMoment(relative)] : features;
    }

    // Mean of value times depth in [-1, 1]: positive when it sits in late layers.
    private static double DepthMoment(double[] values) => values.Length == 1
        ? 0
        : values.Select((value, layer) => value * ((2.0 * layer / (values.Length - 1)) - 1)).Average();
}
