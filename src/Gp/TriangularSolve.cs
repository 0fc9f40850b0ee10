namespace Bitcurve.Gp;

/// <summary>
/// Substitution with a lower triangular L stored row-major; right-hand sides are rows, so that every inner product runs over contiguous
/// memory.
/// </summary>
internal static class TriangularSolve
{
    /// <summary>
    /// Solves L x = b in place for many b, each a row; x is right in columns [first, size). O(count size^2).
    /// </summary>
    /// <param name="factor">L, row j at j * <paramref name="stride"/>.</param>
    /// <param name="stride">Columns of L.</param>
    /// <param name="first">Columns before it are known to be zero in every b.</param>
    /// <param name="size">Rows of L to solve with.</param>
    /// <param name="rows">The right-hand sides; may be the array of L itself (other rows).</param>
    /// <param name="offset">Where the first right-hand side starts.</param>
    /// <param name="rowStride">Distance between right-hand sides.</param>
    /// <param name="count">How many.</param>
    public static void LowerRows(double[] factor, int stride, int first, int size, double[] rows, int offset, int rowStride, int count)
    {
        Span<int> group = stackalloc int[RowProducts.Right];
        for (var row = 0; row < count; row += RowProducts.Right)
        {
            for (var q = 0; q < RowProducts.Right; q++)
            {
                // A short last group repeats its last row: the same numbers are then written more than once.
                group[q] = offset + (Math.Min(row + q, count - 1) * rowStride);
            }
            SolveGroup(factor, stride, first, size, rows, group);
        }
    }

    /// <summary>Solves L^T x = b in place. O(size^2).</summary>
    public static void Upper(double[] factor, int stride, int size, Span<double> x)
    {
        for (var j = size - 1; j >= 0; j--)
        {
            x[j] /= factor[(j * stride) + j];
            RowProducts.AddScaled(-x[j], factor.AsSpan(j * stride, j), x);
        }
    }

    private static void SolveGroup(double[] factor, int stride, int first, int size, double[] rows, ReadOnlySpan<int> group)
    {
        Span<double> sums = stackalloc double[RowProducts.Left * RowProducts.Right];
        for (var j = first; j < size; j += RowProducts.Left)
        {
            var single = j + 1 == size;
            var upper = j * stride;
            var lower = single ? upper : upper + stride;
            RowProducts.Tile(factor, upper, lower, rows, group, first, j, sums);
            Subtract(rows, group, j, sums, 1 / factor[upper + j], single ? 0 : factor[lower + j], single ? 0 : 1 / factor[lower + j + 1],
                single);
        }
    }

    /// <summary>Two columns at once: x_j first, then x_(j+1), which also depends on x_j.</summary>
    private static void Subtract(
        double[] rows, ReadOnlySpan<int> group, int j, ReadOnlySpan<double> sums,
        double inverse, double below, double nextInverse, bool single)
    {
        Span<double> solved = stackalloc double[RowProducts.Left * RowProducts.Right];
        for (var q = 0; q < RowProducts.Right; q++)
        {
            solved[q] = (rows[group[q] + j] - sums[q]) * inverse;
            solved[RowProducts.Right + q] =
                single ? 0 : (rows[group[q] + j + 1] - sums[RowProducts.Right + q] - (below * solved[q])) * nextInverse;
        }
        // Written only after all were read, because rows of a short group coincide.
        for (var q = 0; q < RowProducts.Right; q++)
        {
            rows[group[q] + j] = solved[q];
            if (!single)
            {
                rows[group[q] + j + 1] = solved[RowProducts.Right + q];
            }
        }
    }
}
