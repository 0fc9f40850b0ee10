using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>k = exp(-r^2 / 2), slope q = k. Rasmussen and Williams 2006, equation 4.9.</summary>
public sealed class SquaredExponential : StationaryKernel
{
    public static readonly SquaredExponential Instance = new();

    public override KernelKind Kind => KernelKind.SquaredExponential;

    public override void Evaluate(ReadOnlySpan<double> squaredDistance, Span<double> value, Span<double> slope)
    {
        var i = 0;
        for (; i <= squaredDistance.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            Vector.Exp(new Vector<double>(squaredDistance[i..]) * -0.5).CopyTo(value[i..]);
        }
        for (; i < squaredDistance.Length; i++)
        {
            value[i] = Math.Exp(-0.5 * squaredDistance[i]);
        }
        if (!slope.IsEmpty)
        {
            value[..squaredDistance.Length].CopyTo(slope);
        }
    }
}
