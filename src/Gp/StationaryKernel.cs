using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>The kernels by name, for options and snapshots.</summary>
public enum KernelKind
{
    SquaredExponential,
    Matern52,
}

/// <summary>
/// A covariance of unit variance that depends on r^2 = sum_k ((x_k - x'_k) / lengthscale_k)^2 only (one lengthscale per dimension).
/// Rasmussen and Williams 2006, section 4.2. Stateless: one instance serves all threads.
/// </summary>
public abstract class StationaryKernel
{
    public abstract KernelKind Kind { get; }

    public static StationaryKernel Of(KernelKind kind) => kind switch
    {
        KernelKind.SquaredExponential => SquaredExponential.Instance,
        KernelKind.Matern52 => Matern52.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "Expected SquaredExponential or Matern52."),
    };

    /// <summary>
    /// k and its slope q at each r^2, elementwise; q is defined by dk/d lengthscale_k = q (x_k - x'_k)^2 / lengthscale_k^3.
    /// </summary>
    /// <param name="squaredDistance">Any number of r^2 &gt;= 0.</param>
    /// <param name="value">As many; may be the same memory as <paramref name="squaredDistance"/>.</param>
    /// <param name="slope">As many, or empty when not wanted.</param>
    public abstract void Evaluate(ReadOnlySpan<double> squaredDistance, Span<double> value, Span<double> slope);

    /// <summary>k(x, x') in [0, 1].</summary>
    public double Covariance(ReadOnlySpan<double> x, ReadOnlySpan<double> other, ReadOnlySpan<double> lengthscale)
    {
        Span<double> value = [SquaredDistance(x, other, lengthscale)];
        Evaluate(value, value, []);
        return value[0];
    }

    /// <summary>dk(x, x')/d lengthscale, d entries.</summary>
    public double[] LengthscaleDerivative(ReadOnlySpan<double> x, ReadOnlySpan<double> other, ReadOnlySpan<double> lengthscale)
    {
        Span<double> value = [SquaredDistance(x, other, lengthscale)];
        Span<double> slope = [0];
        Evaluate(value, value, slope);
        var derivative = new double[x.Length];
        for (var k = 0; k < x.Length; k++)
        {
            derivative[k] = slope[0] * Math.Pow(x[k] - other[k], 2) / Math.Pow(lengthscale[k], 3);
        }
        return derivative;
    }

    /// <summary>
    /// r^2 from point <paramref name="index"/> of <paramref name="from"/> to the first points of <paramref name="to"/>, as many as the
    /// result has room for.
    /// </summary>
    internal static void SquaredDistances(Points from, int index, Points to, ReadOnlySpan<double> lengthscale, Span<double> result)
    {
        result.Clear();
        for (var k = 0; k < lengthscale.Length; k++)
        {
            AddSquared(from[index, k], 1 / lengthscale[k], to.Coordinate(k)[..result.Length], result);
        }
    }

    private static void AddSquared(double origin, double inverseLengthscale, ReadOnlySpan<double> coordinates, Span<double> result)
    {
        var i = 0;
        var origins = new Vector<double>(origin);
        for (; i <= result.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            var difference = (new Vector<double>(coordinates[i..]) - origins) * inverseLengthscale;
            (new Vector<double>(result[i..]) + (difference * difference)).CopyTo(result[i..]);
        }
        for (; i < result.Length; i++)
        {
            var difference = (coordinates[i] - origin) * inverseLengthscale;
            result[i] += difference * difference;
        }
    }

    private static double SquaredDistance(ReadOnlySpan<double> x, ReadOnlySpan<double> other, ReadOnlySpan<double> lengthscale)
    {
        if (x.Length != lengthscale.Length || other.Length != lengthscale.Length)
        {
            throw new ArgumentException(
                $"Expected points of {lengthscale.Length} dimensions, one per lengthscale, got {x.Length} and {other.Length}.");
        }
        var sum = 0.0;
        for (var k = 0; k < x.Length; k++)
        {
            sum += Math.Pow((x[k] - other[k]) / lengthscale[k], 2);
        }
        return sum;
    }
}
