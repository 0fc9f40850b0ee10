using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>What the kernel measures distances in: the curve's parameters (<c>w</c>, the thesis) or its clamped values at the layers (<c>curve</c>).</summary>
public sealed class KernelInput
{
    public static readonly IReadOnlyList<string> Names = ["curve", "w"];

    private readonly CurveSpace space;
    private readonly bool useCurve;

    /// <exception cref="ArgumentException">Unknown name.</exception>
    public KernelInput(string name, CurveSpace space)
    {
        this.space = space;
        useCurve = name switch
        {
            "curve" => true,
            "w" => false,
            _ => throw new ArgumentException($"Kernel input: expected one of {string.Join(", ", Names)}, actual '{name}'."),
        };
    }

    /// <summary>Coordinates per point: n layers or d parameters.</summary>
    public int Dimensions => useCurve ? space.Layers : space.Dimension;

    /// <summary>A point in [0,1]^<see cref="Dimensions"/>.</summary>
    public double[] Of(IReadOnlyList<double> w) => useCurve ? Array.ConvertAll(space.ValuesAt(w), p => Math.Clamp(p, 0, 1)) : [.. w];
}
