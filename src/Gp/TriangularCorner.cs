using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bitcurve.Gp;

/// <summary>
/// Substitution with a triangle of at most 8 rows, for many right-hand sides that are rows: what remains of a solve once
/// <see cref="MatrixTile"/> has taken off all earlier columns. The same chains of multiply-adds as there.
/// </summary>
internal static class TriangularCorner
{
    /// <summary>Right-hand sides that are solved at once: two vectors, so that one's latency hides the other's.</summary>
    private const int Group = 8;

    /// <summary>Solves L x = b in place for columns [0, width) of the rows.</summary>
    /// <param name="factor">First entry of the triangle of L.</param>
    /// <param name="stride">Between rows of L.</param>
    /// <param name="width">1..8.</param>
    /// <param name="rows">First entry of the first right-hand side.</param>
    /// <param name="rowStride">Between right-hand sides.</param>
    /// <param name="count">How many.</param>
    public static void Solve(ref double factor, int stride, int width, ref double rows, int rowStride, int count)
    {
        Span<double> inverses = stackalloc double[MatrixTile.Columns];
        Span<Vector256<double>> solved = stackalloc Vector256<double>[2 * MatrixTile.Columns];
        ref var inverse = ref MemoryMarshal.GetReference(inverses);
        ref var x = ref MemoryMarshal.GetReference(solved);
        for (var j = 0; j < width; j++)
        {
            Unsafe.Add(ref inverse, j) = 1 / Unsafe.Add(ref factor, (j * stride) + j);
        }
        for (var row = 0; row < count; row += Group)
        {
            var left = Math.Min(Group, count - row);
            if (left > Group / 2)
            {
                SolveEight(ref factor, stride, width, ref inverse, ref x, ref Unsafe.Add(ref rows, row * rowStride), rowStride, left);
            }
            else
            {
                SolveFour(ref factor, stride, width, ref inverse, ref x, ref Unsafe.Add(ref rows, row * rowStride), rowStride, left);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveEight(
        ref double factor, int stride, int width, ref double inverse, ref Vector256<double> x, ref double rows, int rowStride, int count)
    {
        ref var other = ref Unsafe.Add(ref rows, 4 * rowStride);
        ref var y = ref Unsafe.Add(ref x, MatrixTile.Columns);
        Gather(ref rows, rowStride, 4, width, ref x);
        Gather(ref other, rowStride, count - 4, width, ref y);
        for (nint j = 0; j < width; j++)
        {
            ref var l = ref Unsafe.Add(ref factor, j * stride);
            var value = Unsafe.Add(ref x, j);
            var second = Unsafe.Add(ref y, j);
            for (nint k = 0; k < j; k++)
            {
                var entry = -Vector256.Create(Unsafe.Add(ref l, k));
                value = Vector256.FusedMultiplyAdd(Unsafe.Add(ref x, k), entry, value);
                second = Vector256.FusedMultiplyAdd(Unsafe.Add(ref y, k), entry, second);
            }
            Unsafe.Add(ref x, j) = value * Unsafe.Add(ref inverse, j);
            Unsafe.Add(ref y, j) = second * Unsafe.Add(ref inverse, j);
        }
        Scatter(ref x, ref rows, rowStride, 4, width);
        Scatter(ref y, ref other, rowStride, count - 4, width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SolveFour(
        ref double factor, int stride, int width, ref double inverse, ref Vector256<double> x, ref double rows, int rowStride, int count)
    {
        Gather(ref rows, rowStride, count, width, ref x);
        for (nint j = 0; j < width; j++)
        {
            ref var l = ref Unsafe.Add(ref factor, j * stride);
            var value = Unsafe.Add(ref x, j);
            for (nint k = 0; k < j; k++)
            {
                value = Vector256.FusedMultiplyAdd(Unsafe.Add(ref x, k), -Vector256.Create(Unsafe.Add(ref l, k)), value);
            }
            Unsafe.Add(ref x, j) = value * Unsafe.Add(ref inverse, j);
        }
        Scatter(ref x, ref rows, rowStride, count, width);
    }

    /// <summary>x[j] = column j of up to 4 rows; a short group repeats its last row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gather(ref double rows, int stride, int count, int width, ref Vector256<double> x)
    {
        ref var r1 = ref Unsafe.Add(ref rows, Math.Min(1, count - 1) * stride);
        ref var r2 = ref Unsafe.Add(ref rows, Math.Min(2, count - 1) * stride);
        ref var r3 = ref Unsafe.Add(ref rows, (count - 1) * stride);
        for (nint j = 0; j < width; j++)
        {
            Unsafe.Add(ref x, j) =
                Vector256.Create(Unsafe.Add(ref rows, j), Unsafe.Add(ref r1, j), Unsafe.Add(ref r2, j), Unsafe.Add(ref r3, j));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(ref Vector256<double> x, ref double rows, int stride, int count, int width)
    {
        ref var entries = ref Unsafe.As<Vector256<double>, double>(ref x);
        for (nint r = 0; r < count; r++)
        {
            ref var row = ref Unsafe.Add(ref rows, r * stride);
            for (nint j = 0; j < width; j++)
            {
                Unsafe.Add(ref row, j) = Unsafe.Add(ref entries, (4 * j) + r);
            }
        }
    }
}
