using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>
/// k = (1 + s + s^2 / 3) exp(-s) with s = sqrt(5) r, slope q = 5/3 (1 + s) exp(-s). Rasmussen and Williams 2006, equation 4.17.
/// </summary>
public sealed class Matern52 : StationaryKernel
{
    public static readonly Matern52 Instance = new();

    public override KernelKind Kind => KernelKind.Matern52;

    public override void Evaluate(ReadOnlySpan<double> squaredDistance, Span<double> value, Span<double> slope)
    {
        var i = 0;
        for (; i <= squaredDistance.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var s = Vector.SquareRoot(new Vector<double>(squaredDistance[i..]) * 5.0);
            var decay = Vector.Exp(-s);
            ((Vector<double>.One + s + (s * s * (1.0 / 3.0))) * decay).CopyTo(value[i..]);
            if (!slope.IsEmpty)
            {
                ((Vector<double>.One + s) * decay * (5.0 / 3.0)).CopyTo(slope[i..]);
            }
        }
        for (; i < squaredDistance.Length; i++)
        {
            var s = Math.Sqrt(5 * squaredDistance[i]);
            var decay = Math.Exp(-s);
            value[i] = (1 + s + (s * s / 3)) * decay;
            if (!slope.IsEmpty)
            {
                slope[i] = 5.0 / 3.0 * (1 + s) * decay;
            }
        }
    }
}
