namespace Bitcurve.Gp;

/// <summary>
/// (L L^T)^-1 from L: the inverse V^T of L, then V V^T, each only where it is not zero; together two thirds of n^3 multiplications and
/// additions. Golub and Van Loan 2013, sections 3.1 and 4.2.
/// </summary>
internal static class SymmetricInverse
{
    /// <summary>Columns of L^-T that are computed panel by panel; all earlier ones come in by one matrix product.</summary>
    private const int Block = 64;

    private static readonly Func<int, int> Diagonal = row => row;

    /// <summary>Writes the lower triangle of the inverse. O(n^3); allocates nothing on one thread.</summary>
    /// <param name="factor">L, row-major n x n; only its lower triangle is read.</param>
    /// <param name="size">n.</param>
    /// <param name="inverseFactor">n x n entries; receives L^-T: row i is column i of L^-1, zero before i.</param>
    /// <param name="inverse">n x n entries; what lies above the diagonal is left with values of no meaning.</param>
    /// <exception cref="ArgumentException">When an array has fewer than n x n entries.</exception>
    public static void LowerTriangle(double[] factor, int size, double[] inverseFactor, double[] inverse)
    {
        var view = new MatrixView(inverseFactor, 0, size, size, size);
        InvertFactor(new MatrixView(factor, 0, size, size, size), view);
        MatrixProduct.Accumulate(1, view, view, 0, new MatrixView(inverse, 0, size, size, size), lowerOnly: true, Diagonal);
    }

    /// <summary>Writes L^-T, row by row: L x = e_i. O(n^3).</summary>
    /// <param name="factor">L, row-major n x n; only its lower triangle is read.</param>
    /// <param name="size">n.</param>
    /// <param name="inverseFactor">n x n entries; row i is column i of L^-1, zero before i.</param>
    public static void InvertFactor(double[] factor, int size, double[] inverseFactor) =>
        InvertFactor(new MatrixView(factor, 0, size, size, size), new MatrixView(inverseFactor, 0, size, size, size));

    private static void InvertFactor(in MatrixView lower, in MatrixView result)
    {
        var size = lower.Rows;
        var parts = ComputeThreads.PartsOf(Math.Pow(size, 3) / 6, size / Block);
        if (parts == 1)
        {
            InvertRows(lower, result, 0, size);
            return;
        }
        Fork(parts, lower, result);
    }

    private static void Fork(int parts, MatrixView lower, MatrixView result) =>
        ComputeThreads.ForEach(parts, part => InvertRows(
            lower, result, Bound(part, parts, lower.Rows), Bound(part + 1, parts, lower.Rows)));

    /// <summary>Row i costs (n - i)^2: parts of equal work.</summary>
    private static int Bound(int part, int parts, int size) =>
        part == parts ? size : (int)(size * (1 - Math.Cbrt(1 - ((double)part / parts))));

    private static void InvertRows(in MatrixView lower, in MatrixView result, int first, int end)
    {
        for (var i = first; i < end; i++)
        {
            var row = result.Entries.AsSpan(result.Row(i), result.Columns);
            row.Clear();
            row[i] = 1;
        }
        for (var column = first; column < lower.Rows; column += Block)
        {
            InvertBlock(lower, result, first, end, column, Math.Min(column + Block, lower.Rows));
        }
    }

    /// <summary>The columns [column, columnEnd) of rows [first, end).</summary>
    private static void InvertBlock(in MatrixView lower, in MatrixView result, int first, int end, int column, int columnEnd)
    {
        var above = Math.Min(end, column);
        if (above > first)
        {
            var rows = result.RowRange(0, above);
            MatrixProduct.AccumulateRows(
                -1, rows.ColumnRange(0, column), lower.RowRange(column, columnEnd).ColumnRange(0, column), 1,
                rows.ColumnRange(column, columnEnd), first, above, lowerOnly: false, Diagonal);
        }
        for (var panel = column; panel < columnEnd; panel += MatrixTile.Columns)
        {
            var width = Math.Min(MatrixTile.Columns, columnEnd - panel);
            TriangularSolve.SubtractColumns(lower, panel, width, column, result, first, Math.Min(end, panel), triangular: true);
            TriangularSolve.SolveCorner(lower, panel, width, result, first, Math.Min(end, panel + width));
        }
    }
}
