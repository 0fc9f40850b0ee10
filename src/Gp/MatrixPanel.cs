using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Bitcurve.Gp;

/// <summary>
/// Rows of B laid out as <see cref="MatrixTile"/> reads them: panels of 8 rows, in which the 8 entries of one column lie together.
/// </summary>
internal static class MatrixPanel
{
    /// <summary>Columns and rows of B that are packed at once: 240 KB, half of a second-level cache.</summary>
    public const int Depth = 192;
    public const int Breadth = 160;

    [ThreadStatic]
    private static double[]? _buffer;

    /// <summary>Room for <see cref="Depth"/> x <see cref="Breadth"/> entries, of the calling thread; one user at a time.</summary>
    public static double[] Buffer => _buffer ??= GC.AllocateUninitializedArray<double>(Depth * Breadth);

    /// <summary>Packs factor * (rows [0, count) of B, columns [0, depth)); of a last panel of fewer rows, the rest repeats a row.</summary>
    public static void Pack(double factor, double[] b, int offset, int stride, int count, int depth, double[] buffer)
    {
        for (var row = 0; row < count; row += MatrixTile.Columns)
        {
            var last = Math.Min(MatrixTile.Columns, count - row) - 1;
            for (var half = 0; half < MatrixTile.Columns; half += 4)
            {
                var first = offset + ((row + Math.Min(half, last)) * stride);
                PackFour(
                    factor, b, first, offset + ((row + Math.Min(half + 1, last)) * stride),
                    offset + ((row + Math.Min(half + 2, last)) * stride), offset + ((row + Math.Min(half + 3, last)) * stride),
                    depth, ref buffer[(row * depth) + half]);
            }
        }
    }

    /// <summary>target[8 k + q] = factor * b[row_q + k] for q in 0..3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void PackFour(double factor, double[] b, int row0, int row1, int row2, int row3, int depth, ref double target)
    {
        ref var start = ref MemoryMarshal.GetArrayDataReference(b);
        ref var b0 = ref Unsafe.Add(ref start, row0);
        ref var b1 = ref Unsafe.Add(ref start, row1);
        ref var b2 = ref Unsafe.Add(ref start, row2);
        ref var b3 = ref Unsafe.Add(ref start, row3);
        nint k = 0;
        if (Avx.IsSupported)
        {
            var scale = Vector256.Create(factor);
            for (; k <= depth - 4; k += 4)
            {
                var x0 = Vector256.LoadUnsafe(ref Unsafe.Add(ref b0, k)) * scale;
                var x1 = Vector256.LoadUnsafe(ref Unsafe.Add(ref b1, k)) * scale;
                var x2 = Vector256.LoadUnsafe(ref Unsafe.Add(ref b2, k)) * scale;
                var x3 = Vector256.LoadUnsafe(ref Unsafe.Add(ref b3, k)) * scale;
                var low01 = Avx.UnpackLow(x0, x1);
                var high01 = Avx.UnpackHigh(x0, x1);
                var low23 = Avx.UnpackLow(x2, x3);
                var high23 = Avx.UnpackHigh(x2, x3);
                Avx.Permute2x128(low01, low23, 0x20).StoreUnsafe(ref target);
                Avx.Permute2x128(high01, high23, 0x20).StoreUnsafe(ref target, 8);
                Avx.Permute2x128(low01, low23, 0x31).StoreUnsafe(ref target, 16);
                Avx.Permute2x128(high01, high23, 0x31).StoreUnsafe(ref target, 24);
                target = ref Unsafe.Add(ref target, 4 * MatrixTile.Columns);
            }
        }
        for (; k < depth; k++)
        {
            target = factor * Unsafe.Add(ref b0, k);
            Unsafe.Add(ref target, 1) = factor * Unsafe.Add(ref b1, k);
            Unsafe.Add(ref target, 2) = factor * Unsafe.Add(ref b2, k);
            Unsafe.Add(ref target, 3) = factor * Unsafe.Add(ref b3, k);
            target = ref Unsafe.Add(ref target, MatrixTile.Columns);
        }
    }
}
