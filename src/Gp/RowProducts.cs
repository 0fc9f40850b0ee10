using System.Numerics;

namespace Bitcurve.Gp;

/// <summary>
/// Loops over one row at a time: inner products, scaled sums, weighted squares. What multiplies whole matrices is
/// <see cref="MatrixProduct"/>. Summation order depends on the length only, so that batching changes no bit of a result.
/// </summary>
internal static class RowProducts
{
    /// <summary>a . b over the length of <paramref name="a"/>.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        var sum = Vector<double>.Zero;
        var i = 0;
        for (; i <= a.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            sum = Vector.FusedMultiplyAdd(new Vector<double>(a[i..]), new Vector<double>(b[i..]), sum);
        }
        var total = Vector.Sum(sum);
        for (; i < a.Length; i++)
        {
            total += a[i] * b[i];
        }
        return total;
    }

    /// <summary>target += factor * source, elementwise over the length of <paramref name="source"/>.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> source, Span<double> target)
    {
        var i = 0;
        for (; i <= source.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (new Vector<double>(target[i..]) + (new Vector<double>(source[i..]) * factor)).CopyTo(target[i..]);
        }
        for (; i < source.Length; i++)
        {
            target[i] += factor * source[i];
        }
    }

    /// <summary>sum_j weight_j (x_j - origin)^2 over the length of <paramref name="weights"/>.</summary>
    public static double WeightedSquares(ReadOnlySpan<double> weights, ReadOnlySpan<double> coordinates, double origin)
    {
        var sums = Vector<double>.Zero;
        var origins = new Vector<double>(origin);
        var j = 0;
        for (; j <= weights.Length - Vector<double>.Count; j += Vector<double>.Count)
        {
            var difference = new Vector<double>(coordinates[j..]) - origins;
            sums += new Vector<double>(weights[j..]) * difference * difference;
        }
        var sum = Vector.Sum(sums);
        for (; j < weights.Length; j++)
        {
            var difference = coordinates[j] - origin;
            sum += weights[j] * difference * difference;
        }
        return sum;
    }
}
