namespace Bitcurve.Gp;

/// <summary>
/// The factorisation itself, on arrays that the caller owns: row-major n x n, only the lower triangle is read and written.
/// </summary>
internal static class CholeskyFactorization
{
    /// <summary>
    /// Fractions of the mean diagonal that are added to the diagonal, in this order, until a factor exists. The last one is the bound:
    /// beyond it the model would silently be another one.
    /// </summary>
    public static readonly IReadOnlyList<double> Jitters = [0, 1e-12, 1e-10, 1e-8, 1e-6];

    /// <summary>A pivot below this fraction of its diagonal entry is rounding error: its root would be noise.</summary>
    private const double SmallestPivot = 1e-15;

    /// <summary>log |A| from its factor.</summary>
    public static double LogDeterminant(double[] factor, int size)
    {
        var sum = 0.0;
        for (var i = 0; i < size; i++)
        {
            sum += Math.Log(factor[(i * size) + i]);
        }
        return 2 * sum;
    }

    /// <summary>
    /// Writes rows [start, size) of L into <paramref name="factor"/>, whose earlier rows are done; returns the jitter that was needed.
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">When none of <see cref="Jitters"/> suffices.</exception>
    public static double Factor(ReadOnlySpan<double> rows, int size, int start, double[] factor)
    {
        foreach (var jitter in Jitters)
        {
            rows.CopyTo(factor.AsSpan(start * size));
            AddToDiagonal(factor, size, start, jitter);
            if (TryFactorInPlace(factor, size, start))
            {
                return jitter;
            }
        }
        throw new NotPositiveDefiniteException(size, Jitters);
    }

    private static void AddToDiagonal(double[] matrix, int size, int start, double jitter)
    {
        var mean = 0.0;
        for (var i = start; i < size; i++)
        {
            mean += matrix[(i * size) + i] / (size - start);
        }
        for (var i = start; i < size; i++)
        {
            matrix[(i * size) + i] += jitter * mean;
        }
    }

    private static bool TryFactorInPlace(double[] matrix, int size, int start)
    {
        if (start == size)
        {
            return true;
        }
        var diagonal = new double[size - start];
        for (var i = start; i < size; i++)
        {
            diagonal[i - start] = matrix[(i * size) + i];
        }
        var whole = new MatrixView(matrix, 0, size, size, size);
        var below = whole.RowRange(start, size);
        TriangularSolve.LowerRows(whole, below, 0, start);
        MatrixProduct.Accumulate(
            -1, below.ColumnRange(0, start), below.ColumnRange(0, start), 1, below.ColumnRange(start, size), lowerOnly: true);
        return TryFactorTriangle(whole, start, size, diagonal);
    }

    /// <summary>Factors the triangle of rows and columns [start, end), from which all earlier columns have been taken off.</summary>
    /// <param name="matrix">The lower triangle.</param>
    /// <param name="start">First row and column.</param>
    /// <param name="end">One past the last.</param>
    /// <param name="diagonal">The diagonal as it was given, from <paramref name="start"/>.</param>
    private static bool TryFactorTriangle(in MatrixView matrix, int start, int end, ReadOnlySpan<double> diagonal)
    {
        if (end - start <= TriangularSolve.Block)
        {
            return TryFactorBlock(matrix, start, end, diagonal);
        }
        var middle = start + ((end - start + (2 * MatrixTile.Columns) - 1) / (2 * MatrixTile.Columns) * MatrixTile.Columns);
        if (!TryFactorTriangle(matrix, start, middle, diagonal))
        {
            return false;
        }
        var left = matrix.RowRange(middle, end);
        TriangularSolve.LowerRows(matrix, left, start, middle);
        left = left.ColumnRange(start, middle);
        MatrixProduct.Accumulate(-1, left, left, 1, matrix.RowRange(middle, end).ColumnRange(middle, end), lowerOnly: true);
        return TryFactorTriangle(matrix, middle, end, diagonal[(middle - start)..]);
    }

    private static bool TryFactorBlock(in MatrixView matrix, int block, int end, ReadOnlySpan<double> diagonal)
    {
        for (var column = block; column < end; column += MatrixTile.Columns)
        {
            var width = Math.Min(MatrixTile.Columns, end - column);
            TriangularSolve.SubtractColumns(matrix, column, width, block, matrix, column, end);
            if (!TryFactorCorner(matrix, column, width, diagonal[(column - block)..]))
            {
                return false;
            }
            TriangularSolve.SolveCorner(matrix, column, width, matrix, column + width, end);
        }
        return true;
    }

    private static bool TryFactorCorner(in MatrixView matrix, int column, int width, ReadOnlySpan<double> diagonal)
    {
        Span<double> inverses = stackalloc double[MatrixTile.Columns];
        for (var i = 0; i < width; i++)
        {
            var row = matrix.Entries.AsSpan(matrix.Row(column + i) + column, width);
            for (var j = 0; j < i; j++)
            {
                row[j] = Remainder(row, matrix.Entries.AsSpan(matrix.Row(column + j) + column, width), j) * inverses[j];
            }
            var pivot = Remainder(row, row, i);
            // Written so that a NaN fails too. An infinite pivot can't come from finite covariances.
            if (!(pivot > SmallestPivot * diagonal[i]) || double.IsInfinity(pivot))
            {
                return false;
            }
            row[i] = Math.Sqrt(pivot);
            inverses[i] = 1 / row[i];
        }
        return true;
    }

    /// <summary>row[j] less the products of the entries before j.</summary>
    private static double Remainder(ReadOnlySpan<double> row, ReadOnlySpan<double> other, int j)
    {
        var value = row[j];
        for (var k = 0; k < j; k++)
        {
            value = Math.FusedMultiplyAdd(-row[k], other[k], value);
        }
        return value;
    }
}
