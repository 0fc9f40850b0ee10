using Bitcurve.Gp;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// What the kernel measures distances in: the curve's parameters (<c>w</c>, the thesis), its clamped values at the layers (<c>curve</c>),
/// or these and the quantisation step 2^-(b - 1) of every layer (<c>curve-noise</c>). Along the layers the lengthscale is smooth: three
/// coefficients for each group of coordinates, not one for each layer.
/// </summary>
public sealed class KernelInput
{
    public static readonly IReadOnlyList<string> Names = ["curve", "curve-noise", "w"];

    // A parabola over depth: first layers, last layers, and those between.
    private const int DepthCoefficients = 3;

    private readonly CurveSpace space;
    private readonly int groups;

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public KernelInput(string name, CurveSpace space)
    {
        this.space = space;
        groups = name switch
        {
            "w" => 0,
            "curve" => 1,
            "curve-noise" => 2,
            _ => throw new ArgumentException($"Kernel input: expected one of {string.Join(", ", Names)}, actual '{name}'."),
        };
    }

    /// <summary>Coordinates per point: d parameters, n layers or 2 n.</summary>
    public int Dimensions => groups == 0 ? space.Dimension : groups * space.Layers;

    /// <summary>Null where every coordinate has its own lengthscale.</summary>
    public LengthscaleBasis? Basis(HyperparameterPriors priors) => groups == 0
        ? null
        : LengthscaleBasis.SmoothOverDepth(
            [.. Enumerable.Repeat(space.Layers, groups)],
            Math.Min(DepthCoefficients, space.Layers),
            // Squared distances add up over the layers: as many lengthscales apart as two parameters would be.
            priors.LengthscaleMedian * Math.Sqrt(Math.Max(1, space.Layers / 2.0)),
            priors.LengthscaleLogDeviation);

    /// <summary>A point in [0,1]^<see cref="Dimensions"/>.</summary>
    public double[] Of(IReadOnlyList<double> w)
    {
        if (groups == 0)
        {
            return [.. w];
        }

        var values = Array.ConvertAll(space.ValuesAt(w), p => Math.Clamp(p, 0, 1));
        return groups == 1 ? values : [.. values, .. QuantizationSteps(w)];
    }

    private IEnumerable<double> QuantizationSteps(IReadOnlyList<double> w) => space.BitsAt(w).ToArray().Select(bits => Math.Pow(2, 1 - bits));
}
