using System.Text.Json.Serialization;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Space;

/// <summary>Family of curves that turns a few parameters into one level per layer.</summary>
public enum CurveKind
{
    Bezier,
    Chebyshev,
}

/// <summary>
/// The space that a search explores: curve parameters w in [0,1]^d, and the levels that they give a network of n layers. Levels are
/// bit-widths, harmonics, or both, each on a curve of its own (<see cref="CurveSubject"/>).
/// </summary>
/// <param name="Kind">The family of curves.</param>
/// <param name="Dimension">Parameters d of one curve, 1..8, and at most 8 for two curves together; the thesis uses 2..4.</param>
/// <param name="Layers">Number of searched layers n, at least 1.</param>
/// <param name="MinimumBits">Lowest level, at least 1.</param>
/// <param name="MaximumBits">Highest level, at most 8 in a search; for harmonics alone the largest k of a layer that has a choice.</param>
/// <param name="Amplitude">Only read by <see cref="CurveKind.Chebyshev"/>.</param>
/// <param name="Subject">What the levels are.</param>
/// <param name="LowestHarmonics"><see cref="HarmonicLimits.Lowest"/>, n entries; null where harmonics are not searched.</param>
/// <param name="HighestHarmonics"><see cref="HarmonicLimits.Highest"/>, n entries; null where harmonics are not searched.</param>
/// <exception cref="ArgumentException">A value is out of its range; the message names expected and actual.</exception>
public sealed partial record CurveSpace(
    CurveKind Kind,
    int Dimension,
    int Layers,
    int MinimumBits = 1,
    int MaximumBits = BitVector.MaximumBits,
    CurveAmplitude Amplitude = CurveAmplitude.Full,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] CurveSubject Subject = CurveSubject.Bits,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] BitVector? LowestHarmonics = null,
    BitVector? HighestHarmonics = null)
{
    /// <summary>Parameters of all curves together.</summary>
    public const int MaximumDimension = 8;

    public int Dimension { get; init; } = Dimension >= 1 && Dimension <= MostParameters(Subject)
        ? Dimension
        : throw new ArgumentException($"Curve dimension: expected 1..{MostParameters(Subject)}, actual {Dimension}.", nameof(Dimension));

    public int Layers { get; init; } = Layers >= 1
        ? Layers
        : throw new ArgumentException($"Layers: expected at least 1, actual {Layers}.", nameof(Layers));

    public int MaximumBits { get; init; } = MinimumBits >= 1 && MaximumBits >= MinimumBits
        ? MaximumBits
        : throw new ArgumentException(
            $"Range of bits: expected 1 <= minimum <= maximum, actual {MinimumBits}..{MaximumBits}.", nameof(MaximumBits));

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public BitVector? HighestHarmonics { get; init; } =
        (HighestHarmonics?.Count ?? 0) == (Subject == CurveSubject.Bits ? 0 : Layers) && LowestHarmonics?.Count == HighestHarmonics?.Count
        ? HighestHarmonics
        : throw new ArgumentException(
            $"Limits of harmonics: expected one per layer where harmonics are searched ({(Subject == CurveSubject.Bits ? 0 : Layers)}), "
            + $"actual {LowestHarmonics?.Count ?? 0} and {HighestHarmonics?.Count ?? 0}.",
            nameof(HighestHarmonics));

    public bool HasBits => Subject != CurveSubject.Harmonics;

    public bool HasHarmonics => Subject != CurveSubject.Bits;

    /// <summary>Curves, one for each subject: 1 or 2.</summary>
    public int Curves => Subject == CurveSubject.Both ? 2 : 1;

    /// <summary>Parameters of all curves, bits first: the length of w.</summary>
    public int Parameters => Curves * Dimension;

    /// <summary>Levels of all curves, bits first: n or 2 n.</summary>
    public int Entries => Curves * Layers;

    /// <summary>A space of harmonics, alone or beside bit-widths, for the kernels of some layers.</summary>
    /// <exception cref="ArgumentException">A value is out of its range, or the kernels leave nothing to search.</exception>
    public static CurveSpace OfHarmonics(CurveSpace bits, CurveSubject subject, IReadOnlyList<LayerDescription> layers)
    {
        HarmonicLimits limits = HarmonicLimits.Of(layers);
        bool alone = subject == CurveSubject.Harmonics;
        return new CurveSpace(
            bits.Kind,
            bits.Dimension,
            layers.Count,
            alone ? 1 : bits.MinimumBits,
            alone ? limits.MostSearched : bits.MaximumBits,
            bits.Amplitude,
            subject,
            limits.Lowest,
            limits.Highest);
    }

    /// <summary>The curves' heights at each layer, before clamping and rounding; n or 2 n values.</summary>
    /// <param name="w">Curve parameters in [0,1], as many as <see cref="Parameters"/>.</param>
    /// <exception cref="ArgumentException">w has another length, or an entry outside [0,1].</exception>
    public double[] ValuesAt(IReadOnlyList<double> w)
    {
        RequireParameters(w);
        return Curves == 1 ? CurveAt(w) : [.. CurveAt([.. w.Take(Dimension)]), .. CurveAt([.. w.Skip(Dimension)])];
    }

    /// <summary>
    /// Levels per layer and curve: round-half-up(clamp((max - min + 1) p + min, min, max)), for 1..8 that is clamp(8 p + 1, 1, 8), for the
    /// harmonics of a kernel of extent k clamp(k p + 1, 1, k).
    /// </summary>
    /// <exception cref="ArgumentException">w has another length, or an entry outside [0,1].</exception>
    public int[] LevelsAt(IReadOnlyList<double> w)
    {
        double[] values = ValuesAt(w);
        var levels = new int[values.Length];
        for (int entry = 0; entry < values.Length; entry++)
        {
            (int lowest, int highest) = Range(entry);
            levels[entry] = (int)Math.Floor(Math.Clamp(((highest - lowest + 1) * values[entry]) + lowest, lowest, highest) + 0.5);
        }

        return levels;
    }

    /// <summary><see cref="LevelsAt"/> as a network's name.</summary>
    /// <exception cref="ArgumentException">As <see cref="LevelsAt"/>, or a level above 8.</exception>
    public BitVector BitsAt(IReadOnlyList<double> w) => new(LevelsAt(w));

    /// <summary>Lowest and highest level of an entry of a level vector.</summary>
    public (int Lowest, int Highest) Range(int entry)
    {
        int layer = entry % Layers;
        return HasBits && entry < Layers ? (MinimumBits, MaximumBits) : (LowestHarmonics!.Value[layer], HighestHarmonics!.Value[layer]);
    }

    /// <summary>Whether an entry of a level vector can have more than one level.</summary>
    public bool HasChoice(int entry)
    {
        (int lowest, int highest) = Range(entry);
        return lowest < highest;
    }

    private double[] CurveAt(IReadOnlyList<double> w)
    {
        var values = new double[Layers];
        for (int layer = 0; layer < Layers; layer++)
        {
            double t = Layers == 1 ? 0 : layer / (double)(Layers - 1);
            values[layer] = Kind == CurveKind.Bezier ? BezierCurve.ValueAt(w, t) : ChebyshevCurve.ValueAt(w, t, Amplitude);
        }

        return values;
    }

    private static int MostParameters(CurveSubject subject) => subject == CurveSubject.Both ? MaximumDimension / 2 : MaximumDimension;

    private void RequireParameters(IReadOnlyList<double> w)
    {
        if (w.Count != Parameters)
        {
            throw new ArgumentException($"Curve parameters: expected {Parameters} values, actual {w.Count}.", nameof(w));
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
