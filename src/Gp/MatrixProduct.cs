using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bitcurve.Gp;

/// <summary>
/// C = beta C + alpha A B^T for row-major rectangles, cut into pieces that fit the caches (Goto and van de Geijn 2008), on as many
/// threads as <see cref="ComputeThreads"/> allows. Every element is one chain of fused multiply-adds over the depth in ascending order
/// that starts from beta c: its bits depend neither on its neighbours nor on the number of threads.
/// </summary>
internal static class MatrixProduct
{
    /// <summary>Fewest rows of C worth a part of their own: each part packs B again.</summary>
    private const int LeastRowsOfPart = 48;

    /// <summary>Writes C.</summary>
    /// <param name="alpha">Factor of the product.</param>
    /// <param name="a">rows x depth.</param>
    /// <param name="b">columns x depth.</param>
    /// <param name="beta">Factor of what C holds; with 0, C is not read.</param>
    /// <param name="c">rows x columns; may share its array with A and B, not its entries.</param>
    /// <param name="lowerOnly">Only j &lt;= i is wanted; what lies above is left with values of no meaning.</param>
    /// <param name="start">The first column that can be other than zero in a row of A, not falling from one row to the next; 0 when
    /// null.</param>
    /// <exception cref="ArgumentException">When the shapes don't fit.</exception>
    public static void Accumulate(
        double alpha, in MatrixView a, in MatrixView b, double beta, in MatrixView c, bool lowerOnly = false, Func<int, int>? start = null)
    {
        if (a.Rows != c.Rows || b.Rows != c.Columns || a.Columns != b.Columns)
        {
            throw new ArgumentException(
                $"Expected A rows x depth, B columns x depth and C rows x columns, got {a.Rows} x {a.Columns}, {b.Rows} x {b.Columns} and "
                + $"{c.Rows} x {c.Columns}.", nameof(c));
        }
        var work = (double)c.Rows * c.Columns * a.Columns;
        var parts = ComputeThreads.PartsOf(work, c.Rows / LeastRowsOfPart);
        if (parts == 1)
        {
            AccumulateRows(alpha, a, b, beta, c, 0, c.Rows, lowerOnly, start);
            return;
        }
        Fork(parts, alpha, a, b, beta, c, lowerOnly, start);
    }

    private static void Fork(
        int parts, double alpha, MatrixView a, MatrixView b, double beta, MatrixView c, bool lowerOnly, Func<int, int>? start) =>
        ComputeThreads.ForEach(parts, part => AccumulateRows(
            alpha, a, b, beta, c, Bound(part, parts, c.Rows, lowerOnly), Bound(part + 1, parts, c.Rows, lowerOnly), lowerOnly, start));

    /// <summary>Where a part begins: equal numbers of rows, or, of a triangle, about equal areas.</summary>
    private static int Bound(int part, int parts, int rows, bool triangle)
    {
        var share = (double)part / parts;
        return part == parts ? rows : (int)(rows * (triangle ? Math.Sqrt(share) : share)) / MatrixTile.Rows * MatrixTile.Rows;
    }

    /// <summary>The rows [first, end) of C on the calling thread.</summary>
    internal static void AccumulateRows(
        double alpha, in MatrixView a, in MatrixView b, double beta, in MatrixView c, int first, int end, bool lowerOnly,
        Func<int, int>? start)
    {
        if (first >= end)
        {
            return;
        }
        Scale(beta, c, first, end);
        var columns = lowerOnly ? Math.Min(end, c.Columns) : c.Columns;
        for (var k = start?.Invoke(first) ?? 0; k < a.Columns; k += MatrixPanel.Depth)
        {
            var depth = Math.Min(MatrixPanel.Depth, a.Columns - k);
            for (var j = 0; j < columns; j += MatrixPanel.Breadth)
            {
                var breadth = Math.Min(MatrixPanel.Breadth, columns - j);
                MatrixPanel.Pack(alpha, b.Entries, b.Row(j) + k, b.Stride, breadth, depth, MatrixPanel.Buffer);
                for (var i = first; i < end; i += MatrixTile.Rows)
                {
                    var rows = Math.Min(MatrixTile.Rows, end - i);
                    var skip = Math.Max(0, (start?.Invoke(i) ?? 0) - k);
                    if (skip < depth)
                    {
                        AccumulateTiles(a, c, i, rows, j, lowerOnly ? Math.Min(breadth, i + rows - j) : breadth, k, depth, skip);
                    }
                }
            }
        }
    }

    /// <summary>Up to 6 rows times all packed panels.</summary>
    private static void AccumulateTiles(
        in MatrixView a, in MatrixView c, int i, int rows, int j, int breadth, int k, int depth, int skip)
    {
        ref var left = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(a.Entries), a.Row(i) + k + skip);
        ref var target = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(c.Entries), c.Row(i) + j);
        ref var packed = ref MemoryMarshal.GetArrayDataReference(MatrixPanel.Buffer);
        for (var column = 0; column < breadth; column += MatrixTile.Columns)
        {
            // A panel of 8 rows of B takes 8 entries per column; they follow one another.
            ref var panel = ref Unsafe.Add(ref packed, (column * depth) + (skip * MatrixTile.Columns));
            MatrixTile.Accumulate(
                ref left, a.Stride, rows, ref panel, depth - skip, ref Unsafe.Add(ref target, column), c.Stride,
                Math.Min(MatrixTile.Columns, breadth - column));
        }
    }

    private static void Scale(double beta, in MatrixView c, int first, int end)
    {
        if (beta == 1)
        {
            return;
        }
        for (var i = first; i < end; i++)
        {
            var row = c.Entries.AsSpan(c.Row(i), c.Columns);
            if (beta == 0)
            {
                row.Clear();
                continue;
            }
            for (var j = 0; j < row.Length; j++)
            {
                row[j] *= beta;
            }
        }
    }
}
