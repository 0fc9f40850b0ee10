using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Bitcurve.Gp;

/// <summary>
/// The innermost loop of every dense operation: a 6 x 8 tile of C += A B^T, held in registers while the depth runs. Every element is one
/// chain of fused multiply-adds, c = fma(a_k, b_k, c) for k = 0, 1, .., so its bits depend on nothing but its own row and column:
/// neither on where the tile lies, nor on how the depth is cut, nor on the number of threads.
/// </summary>
/// <remarks>12 sums, 2 vectors of B and 1 of A fit the 16 registers of AVX2. Goto and van de Geijn 2008, section 4.</remarks>
internal static class MatrixTile
{
    public const int Rows = 6;
    public const int Columns = 8;

    /// <summary>Adds to the first <paramref name="rows"/> rows and <paramref name="columns"/> columns of a tile.</summary>
    /// <param name="a">First entry of A's first row.</param>
    /// <param name="aStride">Between rows of A.</param>
    /// <param name="rows">1..6.</param>
    /// <param name="panel">8 entries of B for every k.</param>
    /// <param name="depth">How many k.</param>
    /// <param name="c">First entry of the tile of C.</param>
    /// <param name="cStride">Between rows of C.</param>
    /// <param name="columns">1..8.</param>
    public static void Accumulate(ref double a, int aStride, int rows, ref double panel, int depth, ref double c, int cStride, int columns)
    {
        if (columns == Columns)
        {
            AccumulateWhole(ref a, aStride, rows, ref panel, depth, ref c, cStride);
        }
        else
        {
            AccumulateEdge(ref a, aStride, rows, ref panel, depth, ref c, cStride, columns);
        }
    }

    /// <summary>The whole tile on a copy of its entries, because its vectors reach beyond them.</summary>
    private static void AccumulateEdge(
        ref double a, int aStride, int rows, ref double panel, int depth, ref double c, int cStride, int columns)
    {
        Span<double> tile = stackalloc double[Rows * Columns];
        for (var r = 0; r < rows; r++)
        {
            MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref c, r * cStride), columns).CopyTo(tile[(r * Columns)..]);
        }
        AccumulateWhole(ref a, aStride, rows, ref panel, depth, ref MemoryMarshal.GetReference(tile), Columns);
        for (var r = 0; r < rows; r++)
        {
            tile.Slice(r * Columns, columns).CopyTo(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref c, r * cStride), columns));
        }
    }

    // Optimised at the first call: small fits are over before the runtime would replace the slow first version.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AccumulateWhole(ref double a, int aStride, int rows, ref double panel, int depth, ref double c, int cStride)
    {
        // A short tile repeats its last row: all sums are read before any is written, so the same numbers are written more than once.
        var last = rows - 1;
        ref var a1 = ref Unsafe.Add(ref a, Math.Min(1, last) * aStride);
        ref var a2 = ref Unsafe.Add(ref a, Math.Min(2, last) * aStride);
        ref var a3 = ref Unsafe.Add(ref a, Math.Min(3, last) * aStride);
        ref var a4 = ref Unsafe.Add(ref a, Math.Min(4, last) * aStride);
        ref var a5 = ref Unsafe.Add(ref a, last * aStride);
        ref var c1 = ref Unsafe.Add(ref c, Math.Min(1, last) * cStride);
        ref var c2 = ref Unsafe.Add(ref c, Math.Min(2, last) * cStride);
        ref var c3 = ref Unsafe.Add(ref c, Math.Min(3, last) * cStride);
        ref var c4 = ref Unsafe.Add(ref c, Math.Min(4, last) * cStride);
        ref var c5 = ref Unsafe.Add(ref c, last * cStride);
        Vector256<double> s00 = Vector256.LoadUnsafe(ref c), s01 = Vector256.LoadUnsafe(ref c, 4);
        Vector256<double> s10 = Vector256.LoadUnsafe(ref c1), s11 = Vector256.LoadUnsafe(ref c1, 4);
        Vector256<double> s20 = Vector256.LoadUnsafe(ref c2), s21 = Vector256.LoadUnsafe(ref c2, 4);
        Vector256<double> s30 = Vector256.LoadUnsafe(ref c3), s31 = Vector256.LoadUnsafe(ref c3, 4);
        Vector256<double> s40 = Vector256.LoadUnsafe(ref c4), s41 = Vector256.LoadUnsafe(ref c4, 4);
        Vector256<double> s50 = Vector256.LoadUnsafe(ref c5), s51 = Vector256.LoadUnsafe(ref c5, 4);
        for (nint k = 0; k < depth; k++)
        {
            var b0 = Vector256.LoadUnsafe(ref panel);
            var b1 = Vector256.LoadUnsafe(ref panel, 4);
            var x = Vector256.Create(Unsafe.Add(ref a, k));
            s00 = Vector256.FusedMultiplyAdd(x, b0, s00);
            s01 = Vector256.FusedMultiplyAdd(x, b1, s01);
            x = Vector256.Create(Unsafe.Add(ref a1, k));
            s10 = Vector256.FusedMultiplyAdd(x, b0, s10);
            s11 = Vector256.FusedMultiplyAdd(x, b1, s11);
            x = Vector256.Create(Unsafe.Add(ref a2, k));
            s20 = Vector256.FusedMultiplyAdd(x, b0, s20);
            s21 = Vector256.FusedMultiplyAdd(x, b1, s21);
            x = Vector256.Create(Unsafe.Add(ref a3, k));
            s30 = Vector256.FusedMultiplyAdd(x, b0, s30);
            s31 = Vector256.FusedMultiplyAdd(x, b1, s31);
            x = Vector256.Create(Unsafe.Add(ref a4, k));
            s40 = Vector256.FusedMultiplyAdd(x, b0, s40);
            s41 = Vector256.FusedMultiplyAdd(x, b1, s41);
            x = Vector256.Create(Unsafe.Add(ref a5, k));
            s50 = Vector256.FusedMultiplyAdd(x, b0, s50);
            s51 = Vector256.FusedMultiplyAdd(x, b1, s51);
            panel = ref Unsafe.Add(ref panel, Columns);
        }
        s00.StoreUnsafe(ref c);
        s01.StoreUnsafe(ref c, 4);
        s10.StoreUnsafe(ref c1);
        s11.StoreUnsafe(ref c1, 4);
        s20.StoreUnsafe(ref c2);
        s21.StoreUnsafe(ref c2, 4);
        s30.StoreUnsafe(ref c3);
        s31.StoreUnsafe(ref c3, 4);
        s40.StoreUnsafe(ref c4);
        s41.StoreUnsafe(ref c4, 4);
        s50.StoreUnsafe(ref c5);
        s51.StoreUnsafe(ref c5, 4);
    }
}
