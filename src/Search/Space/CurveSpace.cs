namespace Bitcurve.Search.Space;

/// <summary>Family of curves that turns a few parameters into one level per layer.</summary>
public enum CurveKind
{
    Bezier,
    Chebyshev,
}

/// <summary>
/// The space that a search explores: curve parameters w in [0,1]^d, and the bit-widths that they give a network of n layers.
/// </summary>
/// <param name="Kind">The family of curves.</param>
/// <param name="Dimension">Number of curve parameters d, 1..8; the thesis uses 2..4.</param>
/// <param name="Layers">Number of quantised layers n, at least 1.</param>
/// <param name="MinimumBits">Lowest level, at least 1.</param>
/// <param name="MaximumBits">Highest level; at most 8 for bit-widths, any for harmonics.</param>
/// <param name="Amplitude">Only read by <see cref="CurveKind.Chebyshev"/>.</param>
/// <exception cref="ArgumentException">A value is out of its range; the message names expected and actual.</exception>
public sealed record CurveSpace(
    CurveKind Kind,
    int Dimension,
    int Layers,
    int MinimumBits = 1,
    int MaximumBits = BitVector.MaximumBits,
    CurveAmplitude Amplitude = CurveAmplitude.Full)
{
    public const int MaximumDimension = 8;

    public int Dimension { get; init; } = Dimension is >= 1 and <= MaximumDimension
        ? Dimension
        : throw new ArgumentException($"Curve dimension: expected 1..{MaximumDimension}, actual {Dimension}.", nameof(Dimension));

    public int Layers { get; init; } = Layers >= 1
        ? Layers
        : throw new ArgumentException($"Layers: expected at least 1, actual {Layers}.", nameof(Layers));

    public int MaximumBits { get; init; } = MinimumBits >= 1 && MaximumBits >= MinimumBits
        ? MaximumBits
        : throw new ArgumentException(
            $"Range of bits: expected 1 <= minimum <= maximum, actual {MinimumBits}..{MaximumBits}.", nameof(MaximumBits));

    /// <summary>Reads <c>bezier:2</c>, <c>chebyshev:4</c> or <c>chebyshev:4:half</c>.</summary>
    /// <exception cref="ArgumentException">Unknown family, or a dimension that is no integer in 1..8.</exception>
    public static CurveSpace Parse(string text, int layers)
    {
        string[] parts = text.Split(':');
        if (parts.Length is < 2 or > 3 || (parts.Length == 3 && parts[2] != "half"))
        {
            throw new ArgumentException($"Space: expected kind:dimension such as 'bezier:2', actual '{text}'.", nameof(text));
        }

        CurveKind kind = parts[0] switch
        {
            "bezier" => CurveKind.Bezier,
            "chebyshev" => CurveKind.Chebyshev,
            _ => throw new ArgumentException($"Space kind: expected bezier or chebyshev, actual '{parts[0]}'.", nameof(text)),
        };
        if (!int.TryParse(parts[1], out int dimension) || dimension is < 1 or > MaximumDimension)
        {
            throw new ArgumentException(
                $"Space dimension: expected an integer in 1..{MaximumDimension}, actual '{parts[1]}'.", nameof(text));
        }

        if (parts.Length == 3 && kind != CurveKind.Chebyshev)
        {
            throw new ArgumentException($"Space amplitude: expected half only with chebyshev, actual '{text}'.", nameof(text));
        }

        return new CurveSpace(kind, dimension, layers, Amplitude: parts.Length == 3 ? CurveAmplitude.Half : CurveAmplitude.Full);
    }

    /// <summary>The text that <see cref="Parse"/> reads.</summary>
    public override string ToString() =>
        $"{Kind.ToString().ToLowerInvariant()}:{Dimension}{(Amplitude == CurveAmplitude.Half ? ":half" : "")}";

    /// <summary>The curve's height at each layer, before clamping and rounding; n values.</summary>
    /// <param name="w">Curve parameters, d values in [0,1].</param>
    /// <exception cref="ArgumentException">w has another length, or an entry outside [0,1].</exception>
    public double[] ValuesAt(IReadOnlyList<double> w)
    {
        RequireParameters(w);
        var values = new double[Layers];
        for (int layer = 0; layer < Layers; layer++)
        {
            double t = Layers == 1 ? 0 : layer / (double)(Layers - 1);
            values[layer] = Kind == CurveKind.Bezier ? BezierCurve.ValueAt(w, t) : ChebyshevCurve.ValueAt(w, t, Amplitude);
        }

        return values;
    }

    /// <summary>Levels per layer: round-half-up(clamp((max - min + 1) p + min, min, max)), for 1..8 that is clamp(8 p + 1, 1, 8).</summary>
    /// <exception cref="ArgumentException">w has another length, or an entry outside [0,1].</exception>
    public int[] LevelsAt(IReadOnlyList<double> w)
    {
        int levels = MaximumBits - MinimumBits + 1;
        return Array.ConvertAll(
            ValuesAt(w),
            value => (int)Math.Floor(Math.Clamp((levels * value) + MinimumBits, MinimumBits, MaximumBits) + 0.5));
    }

    /// <summary><see cref="LevelsAt"/> as bit-widths.</summary>
    /// <exception cref="ArgumentException">As <see cref="LevelsAt"/>, or a level above 8.</exception>
    public BitVector BitsAt(IReadOnlyList<double> w) => new(LevelsAt(w));

    /// <summary>Parameters of the level curve in the middle of a level's range; null when this family cannot reach it.</summary>
    public double[]? UniformParameters(int level)
    {
        double height = (level - MinimumBits) / (double)(MaximumBits - MinimumBits + 1);
        if (Kind == CurveKind.Bezier)
        {
            return [.. Enumerable.Repeat(height, Dimension)];
        }

        double scale = Amplitude == CurveAmplitude.Half ? 0.5 : 1.0;
        double constant = ((((2 * height) - 1) / scale) + 1) / 2;
        return constant is >= 0 and <= 1 ? [constant, .. Enumerable.Repeat(0.5, Dimension - 1)] : null;
    }

    private void RequireParameters(IReadOnlyList<double> w)
    {
        if (w.Count != Dimension)
        {
            throw new ArgumentException($"Curve parameters: expected {Dimension} values, actual {w.Count}.", nameof(w));
        }

        for (int j = 0; j < w.Count; j++)
        {
            if (!(w[j] >= 0 && w[j] <= 1))
            {
                throw new ArgumentException($"Curve parameter {j}: expected a value in [0,1], actual {w[j]}.", nameof(w));
            }
        }
    }
}
