using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bitcurve.Gp;

/// <summary>
/// The one hot loop of the library: inner products between rows of row-major arrays. A factorisation, an inverse, a posterior covariance
/// all consist of it. Summation order depends on the range only, never on how rows are grouped, so that batching changes no bit of a
/// result.
/// </summary>
internal static class RowProducts
{
    /// <summary>Rows of the left and right group that are multiplied at once: 2 x 4 sums stay in registers.</summary>
    public const int Left = 2;
    public const int Right = 4;

    /// <summary>sums[4 p + q] = left row p . right row q over columns [start, end), for p in {0, 1} and q in 0..3.</summary>
    /// <param name="left">Array that holds the left rows at offsets <paramref name="left0"/> and <paramref name="left1"/> (which may
    /// coincide).</param>
    /// <param name="left0">Offset of left row 0.</param>
    /// <param name="left1">Offset of left row 1.</param>
    /// <param name="right">Array that holds the right rows.</param>
    /// <param name="offsets">Four offsets of right rows, which may coincide.</param>
    /// <param name="start">First column.</param>
    /// <param name="end">One past the last column.</param>
    /// <param name="sums">Eight sums.</param>
    public static void Tile(double[] left, int left0, int left1, double[] right, ReadOnlySpan<int> offsets, int start, int end,
        Span<double> sums)
    {
        ref var a = ref MemoryMarshal.GetArrayDataReference(left);
        ref var b = ref MemoryMarshal.GetArrayDataReference(right);
        ref var a0 = ref Unsafe.Add(ref a, left0);
        ref var a1 = ref Unsafe.Add(ref a, left1);
        ref var b0 = ref Unsafe.Add(ref b, offsets[0]);
        ref var b1 = ref Unsafe.Add(ref b, offsets[1]);
        ref var b2 = ref Unsafe.Add(ref b, offsets[2]);
        ref var b3 = ref Unsafe.Add(ref b, offsets[3]);
        Vector<double> s00 = default, s01 = default, s02 = default, s03 = default;
        Vector<double> s10 = default, s11 = default, s12 = default, s13 = default;
        var i = start;
        for (; i <= end - Vector<double>.Count; i += Vector<double>.Count)
        {
            var x = Vector.LoadUnsafe(ref a0, (nuint)i);
            var y = Vector.LoadUnsafe(ref a1, (nuint)i);
            var z = Vector.LoadUnsafe(ref b0, (nuint)i);
            s00 = Vector.FusedMultiplyAdd(x, z, s00);
            s10 = Vector.FusedMultiplyAdd(y, z, s10);
            z = Vector.LoadUnsafe(ref b1, (nuint)i);
            s01 = Vector.FusedMultiplyAdd(x, z, s01);
            s11 = Vector.FusedMultiplyAdd(y, z, s11);
            z = Vector.LoadUnsafe(ref b2, (nuint)i);
            s02 = Vector.FusedMultiplyAdd(x, z, s02);
            s12 = Vector.FusedMultiplyAdd(y, z, s12);
            z = Vector.LoadUnsafe(ref b3, (nuint)i);
            s03 = Vector.FusedMultiplyAdd(x, z, s03);
            s13 = Vector.FusedMultiplyAdd(y, z, s13);
        }
        sums[0] = Vector.Sum(s00);
        sums[1] = Vector.Sum(s01);
        sums[2] = Vector.Sum(s02);
        sums[3] = Vector.Sum(s03);
        sums[4] = Vector.Sum(s10);
        sums[5] = Vector.Sum(s11);
        sums[6] = Vector.Sum(s12);
        sums[7] = Vector.Sum(s13);
        for (; i < end; i++)
        {
            var x = Unsafe.Add(ref a0, i);
            var y = Unsafe.Add(ref a1, i);
            sums[0] += x * Unsafe.Add(ref b0, i);
            sums[1] += x * Unsafe.Add(ref b1, i);
            sums[2] += x * Unsafe.Add(ref b2, i);
            sums[3] += x * Unsafe.Add(ref b3, i);
            sums[4] += y * Unsafe.Add(ref b0, i);
            sums[5] += y * Unsafe.Add(ref b1, i);
            sums[6] += y * Unsafe.Add(ref b2, i);
            sums[7] += y * Unsafe.Add(ref b3, i);
        }
    }

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
