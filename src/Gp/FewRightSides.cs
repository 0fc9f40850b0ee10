using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bitcurve.Gp;

/// <summary>
/// Substitution for so few right-hand sides that reading L is what takes time: 8 rows of L at once, turned in registers, never packed.
/// The chains of multiply-adds are those of <see cref="MatrixTile"/>.
/// </summary>
internal static class FewRightSides
{
    /// <summary>More right-hand sides than these are worth packing L for.</summary>
    public const int Most = 8;

    private const int Group = 4;

    /// <summary>Solves for the columns [start, end), all earlier ones having been taken off.</summary>
    public static void Solve(in MatrixView lower, in MatrixView right, int start, int end)
    {
        for (var row = 0; row < right.Rows; row += Group)
        {
            var count = Math.Min(Group, right.Rows - row);
            for (var column = start; column < end; column += MatrixTile.Columns)
            {
                var width = Math.Min(MatrixTile.Columns, end - column);
                ref var x = ref At(right, row, start);
                for (var half = 0; half < width; half += Group)
                {
                    SubtractFour(
                        ref At(lower, column + half, start), lower.Stride, Math.Min(Group, width - half), column - start, ref x,
                        right.Stride, count, column - start + half);
                }
                TriangularCorner.Solve(
                    ref At(lower, column, column), lower.Stride, width, ref At(right, row, column), right.Stride, count);
            }
        }
    }

    /// <summary>x[r][target + q] -= sum over k below depth of x[r][k] l[q][k], for up to 4 rows q of L and 4 right-hand sides r.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SubtractFour(ref double l, int lStride, int width, int depth, ref double x, int xStride, int count, int target)
    {
        // Short groups repeat their last row; all sums are read before any is written.
        ref var l1 = ref Unsafe.Add(ref l, Math.Min(1, width - 1) * lStride);
        ref var l2 = ref Unsafe.Add(ref l, Math.Min(2, width - 1) * lStride);
        ref var l3 = ref Unsafe.Add(ref l, (width - 1) * lStride);
        ref var x1 = ref Unsafe.Add(ref x, Math.Min(1, count - 1) * xStride);
        ref var x2 = ref Unsafe.Add(ref x, Math.Min(2, count - 1) * xStride);
        ref var x3 = ref Unsafe.Add(ref x, (count - 1) * xStride);
        var s0 = Load(ref Unsafe.Add(ref x, target), width);
        var s1 = Load(ref Unsafe.Add(ref x1, target), width);
        var s2 = Load(ref Unsafe.Add(ref x2, target), width);
        var s3 = Load(ref Unsafe.Add(ref x3, target), width);
        nint k = 0;
        if (Avx.IsSupported)
        {
            for (; k <= depth - 4; k += 4)
            {
                var r0 = -Vector256.LoadUnsafe(ref Unsafe.Add(ref l, k));
                var r1 = -Vector256.LoadUnsafe(ref Unsafe.Add(ref l1, k));
                var r2 = -Vector256.LoadUnsafe(ref Unsafe.Add(ref l2, k));
                var r3 = -Vector256.LoadUnsafe(ref Unsafe.Add(ref l3, k));
                var low01 = Avx.UnpackLow(r0, r1);
                var high01 = Avx.UnpackHigh(r0, r1);
                var low23 = Avx.UnpackLow(r2, r3);
                var high23 = Avx.UnpackHigh(r2, r3);
                Add(Avx.Permute2x128(low01, low23, 0x20), ref x, ref x1, ref x2, ref x3, k, ref s0, ref s1, ref s2, ref s3);
                Add(Avx.Permute2x128(high01, high23, 0x20), ref x, ref x1, ref x2, ref x3, k + 1, ref s0, ref s1, ref s2, ref s3);
                Add(Avx.Permute2x128(low01, low23, 0x31), ref x, ref x1, ref x2, ref x3, k + 2, ref s0, ref s1, ref s2, ref s3);
                Add(Avx.Permute2x128(high01, high23, 0x31), ref x, ref x1, ref x2, ref x3, k + 3, ref s0, ref s1, ref s2, ref s3);
            }
        }
        for (; k < depth; k++)
        {
            var column = -Vector256.Create(Unsafe.Add(ref l, k), Unsafe.Add(ref l1, k), Unsafe.Add(ref l2, k), Unsafe.Add(ref l3, k));
            Add(column, ref x, ref x1, ref x2, ref x3, k, ref s0, ref s1, ref s2, ref s3);
        }
        Store(s0, ref Unsafe.Add(ref x, target), width);
        Store(s1, ref Unsafe.Add(ref x1, target), width);
        Store(s2, ref Unsafe.Add(ref x2, target), width);
        Store(s3, ref Unsafe.Add(ref x3, target), width);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(
        Vector256<double> column, ref double x, ref double x1, ref double x2, ref double x3, nint k,
        ref Vector256<double> s0, ref Vector256<double> s1, ref Vector256<double> s2, ref Vector256<double> s3)
    {
        s0 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref x, k)), column, s0);
        s1 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref x1, k)), column, s1);
        s2 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref x2, k)), column, s2);
        s3 = Vector256.FusedMultiplyAdd(Vector256.Create(Unsafe.Add(ref x3, k)), column, s3);
    }

    private static Vector256<double> Load(ref double entries, int width) => width == Group
        ? Vector256.LoadUnsafe(ref entries)
        : Vector256.Create(entries, Unsafe.Add(ref entries, Math.Min(1, width - 1)), Unsafe.Add(ref entries, width - 1), 0);

    private static void Store(Vector256<double> values, ref double entries, int width)
    {
        if (width == Group)
        {
            values.StoreUnsafe(ref entries);
            return;
        }
        for (var q = 0; q < width; q++)
        {
            Unsafe.Add(ref entries, q) = values[q];
        }
    }

    private static ref double At(in MatrixView view, int row, int column) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(view.Entries), view.Row(row) + column);
}
