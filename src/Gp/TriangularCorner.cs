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
    /// <summary>Right-hand sides that are solved at once.</summary>
    private const int Group = 4;

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
        for (var j = 0; j < width; j++)
        {
            inverses[j] = 1 / Unsafe.Add(ref factor, (j * stride) + j);
        }
        ref var inverse = ref MemoryMarshal.GetReference(inverses);
        for (var row = 0; row < count; row += Group)
        {
            // A short last group repeats its last row; all are read before any is written.
            var last = Math.Min(Group, count - row) - 1;
            ref var r0 = ref Unsafe.Add(ref rows, row * rowStride);
            ref var r1 = ref Unsafe.Add(ref r0, Math.Min(1, last) * rowStride);
            ref var r2 = ref Unsafe.Add(ref r0, Math.Min(2, last) * rowStride);
            ref var r3 = ref Unsafe.Add(ref r0, last * rowStride);
            SolveGroup(ref factor, stride, width, ref inverse, ref r0, ref r1, ref r2, ref r3);
        }
    }

    private static void SolveGroup(
        ref double factor, int stride, int width, ref double inverse, ref double r0, ref double r1, ref double r2, ref double r3)
    {
        Span<Vector256<double>> solved = stackalloc Vector256<double>[MatrixTile.Columns];
        ref var x = ref MemoryMarshal.GetReference(solved);
        for (nint j = 0; j < width; j++)
        {
            var value = Vector256.Create(Unsafe.Add(ref r0, j), Unsafe.Add(ref r1, j), Unsafe.Add(ref r2, j), Unsafe.Add(ref r3, j));
            ref var l = ref Unsafe.Add(ref factor, j * stride);
            for (nint k = 0; k < j; k++)
            {
                value = Vector256.FusedMultiplyAdd(-Unsafe.Add(ref x, k), Vector256.Create(Unsafe.Add(ref l, k)), value);
            }
            Unsafe.Add(ref x, j) = value * Unsafe.Add(ref inverse, j);
        }
        for (nint j = 0; j < width; j++)
        {
            var value = Unsafe.Add(ref x, j);
            Unsafe.Add(ref r0, j) = value[0];
            Unsafe.Add(ref r1, j) = value[1];
            Unsafe.Add(ref r2, j) = value[2];
            Unsafe.Add(ref r3, j) = value[3];
        }
    }
}
