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
        for (var block = start; block < size; block += RowProducts.Right)
        {
            var end = Math.Min(block + RowProducts.Right, size);
            TriangularSolve.LowerRows(matrix, size, 0, block, matrix, block * size, size, end - block);
            if (!TryFactorCorner(matrix, size, block, end))
            {
                return false;
            }
        }
        return true;
    }

    private static bool TryFactorCorner(double[] matrix, int size, int block, int end)
    {
        for (var i = block; i < end; i++)
        {
            var row = matrix.AsSpan(i * size, size);
            for (var j = block; j < i; j++)
            {
                row[j] = (row[j] - RowProducts.Dot(row[..j], matrix.AsSpan(j * size, j))) / matrix[(j * size) + j];
            }
            var pivot = row[i] - RowProducts.Dot(row[..i], row[..i]);
            // Written so that a NaN fails too. An infinite pivot can't come from finite covariances.
            if (!(pivot > SmallestPivot * row[i]) || double.IsInfinity(pivot))
            {
                return false;
            }
            row[i] = Math.Sqrt(pivot);
        }
        return true;
    }
}
