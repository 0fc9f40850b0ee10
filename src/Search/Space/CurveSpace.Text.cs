using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Space;

/// <content>The text form.</content>
public sealed partial record CurveSpace
{
    /// <summary>Reads a space of bit-widths: <c>bezier:2</c> (or <c>bits:bezier:2</c>), <c>chebyshev:4</c>, <c>chebyshev:4:half</c>.</summary>
    /// <exception cref="ArgumentException">Unknown family, a dimension out of its range, or a space of harmonics, which needs kernels.</exception>
    public static CurveSpace Parse(string text, int layers)
    {
        (CurveSubject subject, CurveSpace curve) = Read(text, layers);
        return subject == CurveSubject.Bits
            ? curve
            : throw new ArgumentException($"Space: expected one of bit-widths such as 'bezier:2', actual '{text}'.", nameof(text));
    }

    /// <summary>Reads any space: also <c>harmonics:bezier:2</c> and <c>joint:bezier:2</c>.</summary>
    /// <param name="text">What to read.</param>
    /// <param name="layers">The searched layers.</param>
    /// <param name="minimumBits">Lowest bit-width.</param>
    /// <param name="maximumBits">Highest bit-width.</param>
    /// <exception cref="ArgumentException">Unknown subject or family, a dimension out of its range, or kernels that leave no harmonics to search.</exception>
    public static CurveSpace Parse(
        string text, IReadOnlyList<LayerDescription> layers, int minimumBits = BitVector.MinimumBits, int maximumBits = BitVector.MaximumBits)
    {
        (CurveSubject subject, CurveSpace curve) = Read(text, layers.Count);
        var bits = new CurveSpace(curve.Kind, curve.Dimension, curve.Layers, minimumBits, maximumBits, curve.Amplitude);
        return subject == CurveSubject.Bits ? bits : OfHarmonics(bits, subject, layers);
    }

    /// <summary>The text that <see cref="Parse(string, IReadOnlyList{LayerDescription}, int, int)"/> reads.</summary>
    public override string ToString()
    {
        string subject = Subject switch
        {
            CurveSubject.Harmonics => "harmonics:",
            CurveSubject.Both => "joint:",
            _ => "",
        };
        return $"{subject}{Kind.ToString().ToLowerInvariant()}:{Dimension}{(Amplitude == CurveAmplitude.Half ? ":half" : "")}";
    }

    private static (CurveSubject Subject, CurveSpace Curve) Read(string text, int layers)
    {
        string[] parts = text.Split(':');
        CurveSubject? named = parts[0] switch
        {
            "bits" => CurveSubject.Bits,
            "harmonics" => CurveSubject.Harmonics,
            "joint" => CurveSubject.Both,
            _ => null,
        };
        parts = named is null ? parts : parts[1..];
        CurveSubject subject = named ?? CurveSubject.Bits;
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
        if (!int.TryParse(parts[1], out int dimension) || dimension < 1 || dimension > MostParameters(subject))
        {
            throw new ArgumentException(
                $"Space dimension: expected an integer in 1..{MostParameters(subject)}, actual '{parts[1]}'.", nameof(text));
        }

        if (parts.Length == 3 && kind != CurveKind.Chebyshev)
        {
            throw new ArgumentException($"Space amplitude: expected half only with chebyshev, actual '{text}'.", nameof(text));
        }

        return (subject, new CurveSpace(kind, dimension, layers, Amplitude: parts.Length == 3 ? CurveAmplitude.Half : CurveAmplitude.Full));
    }
}
