using Bitcurve.Gp;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// What the kernel measures distances in: the curve's parameters (<c>w</c>, the thesis), its clamped values at the layers (<c>curve</c>),
/// or these and the <see cref="Coarseness"/> of every layer (<c>curve-noise</c>), for each curve of the space. Along the layers the lengthscale
/// is smooth: three coefficients for each group of coordinates, not one for each layer.
/// </summary>
public sealed class KernelInput
{
    public static readonly IReadOnlyList<string> Names = ["curve", "curve-noise", "w"];

    // A parabola over depth: first layers, last layers, and those between.
    private const int DepthCoefficients = 3;

    private readonly CurveSpace space;
    private readonly int groups;
    private readonly bool seesCoarseness;

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public KernelInput(string name, CurveSpace space)
    {
        this.space = space;
        seesCoarseness = name == "curve-noise";
        groups = name switch
        {
            "w" => 0,
            "curve" => space.Curves,
            "curve-noise" => 2 * space.Curves,
            _ => throw new ArgumentException($"Kernel input: expected one of {string.Join(", ", Names)}, actual '{name}'."),
        };
    }

    /// <summary>Coordinates per point: the curves' parameters, or one or two for each layer and curve.</summary>
    public int Dimensions => groups == 0 ? space.Parameters : groups * space.Layers;

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

        // Where a layer has no choice, the curve's height says nothing about the network.
        double[] values = [.. space.ValuesAt(w).Select((p, entry) => space.HasChoice(entry) ? Math.Clamp(p, 0, 1) : 0)];
        return seesCoarseness ? [.. values, .. Coarseness.Of(space, space.LevelsAt(w))] : values;
    }
}
