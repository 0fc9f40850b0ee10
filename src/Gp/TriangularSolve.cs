using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Bitcurve.Gp;

/// <summary>
/// Substitution with a lower triangular L stored row-major; right-hand sides are rows. Every x_j is one chain of multiply-adds over the
/// earlier columns, so that neither batching nor threads change a bit of a result.
/// </summary>
internal static class TriangularSolve
{
    /// <summary>Columns of L that are solved panel by panel, without a matrix product.</summary>
    public const int Block = 40;

    /// <summary>Fewest right-hand sides worth a part of their own: each part packs L again.</summary>
    private const int LeastRowsOfPart = 48;

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
        var lower = new MatrixView(factor, 0, stride, size, size);
        LowerRows(lower, new MatrixView(rows, offset, rowStride, count, size), first, size);
    }

    /// <summary>
    /// Solves for the columns [start, end) of all right-hand sides, from which all earlier columns have been taken off (or are zero).
    /// </summary>
    internal static void LowerRows(in MatrixView lower, in MatrixView right, int start, int end)
    {
        var parts = ComputeThreads.PartsOf(0.5 * right.Rows * (end - start) * (end - start), right.Rows / LeastRowsOfPart);
        if (parts == 1)
        {
            LowerColumns(lower, right, start, end);
            return;
        }
        Fork(parts, lower, right, start, end);
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

    private static void LowerColumns(in MatrixView lower, in MatrixView right, int start, int end)
    {
        if (right.Rows <= FewRightSides.Most)
        {
            FewRightSides.Solve(lower, right, start, end);
            return;
        }
        if (end - start <= Block)
        {
            SolveBlock(lower, right, start, end);
            return;
        }
        var step = Step(end - start);
        for (var column = start; column < end; column += step)
        {
            var next = Math.Min(column + step, end);
            if (column > start)
            {
                MatrixProduct.Accumulate(
                    -1, right.ColumnRange(start, column), lower.RowRange(column, next).ColumnRange(start, column), 1,
                    right.ColumnRange(column, next));
            }
            LowerColumns(lower, right, column, next);
        }
    }

    /// <summary>How many of so many columns are solved before the rest: what a product packs at once, or about half.</summary>
    private static int Step(int columns) => columns > MatrixPanel.Breadth
        ? MatrixPanel.Breadth
        : (columns + (2 * MatrixTile.Columns) - 1) / (2 * MatrixTile.Columns) * MatrixTile.Columns;

    private static void SolveBlock(in MatrixView lower, in MatrixView right, int start, int end)
    {
        for (var column = start; column < end; column += MatrixTile.Columns)
        {
            var width = Math.Min(MatrixTile.Columns, end - column);
            SubtractColumns(lower, column, width, start, right, 0, right.Rows);
            SolveCorner(lower, column, width, right, 0, right.Rows);
        }
    }

    /// <summary>
    /// Takes columns [start, column) of L off the columns [column, column + width) of right-hand sides [first, end).
    /// </summary>
    internal static void SubtractColumns(
        in MatrixView lower, int column, int width, int start, in MatrixView right, int first, int end, bool triangular = false)
    {
        var depth = column - start;
        if (depth == 0)
        {
            return;
        }
        var panel = MatrixPanel.Buffer;
        MatrixPanel.Pack(-1, lower.Entries, lower.Row(column) + start, lower.Stride, width, depth, panel);
        for (var row = first; row < end; row += MatrixTile.Rows)
        {
            // A row of the identity stays zero before its own column.
            var skip = triangular ? Math.Max(0, row - start) : 0;
            if (skip < depth)
            {
                MatrixTile.Accumulate(
                    ref At(right, row, start + skip), right.Stride, Math.Min(MatrixTile.Rows, end - row),
                    ref panel[skip * MatrixTile.Columns], depth - skip, ref At(right, row, column), right.Stride, width);
            }
        }
    }

    /// <summary>Solves right-hand sides [first, end) with the triangle at <paramref name="column"/>.</summary>
    internal static void SolveCorner(in MatrixView lower, int column, int width, in MatrixView right, int first, int end)
    {
        if (first < end)
        {
            TriangularCorner.Solve(
                ref At(lower, column, column), lower.Stride, width, ref At(right, first, column), right.Stride, end - first);
        }
    }

    private static void Fork(int parts, MatrixView lower, MatrixView right, int start, int end) =>
        ComputeThreads.ForEach(parts, part => LowerColumns(
            lower, right.RowRange(right.Rows * part / parts, right.Rows * (part + 1) / parts), start, end));

    private static ref double At(in MatrixView view, int row, int column) =>
        ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(view.Entries), view.Row(row) + column);
}
