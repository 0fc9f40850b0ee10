namespace Bitcurve.Gp;

/// <summary>
/// The lower triangular L with A = L L^T of a symmetric positive definite A (n x n). Immutable. Golub and Van Loan 2013, section 4.2.
/// </summary>
public sealed class Cholesky
{
    /// <summary>Fractions of the mean diagonal that are added to the diagonal, in this order, until a factor exists.</summary>
    public static IReadOnlyList<double> Jitters => CholeskyFactorization.Jitters;

    private readonly double[] _factor;

    private Cholesky(double[] factor, int size, double jitter)
    {
        _factor = factor;
        Size = size;
        Jitter = jitter;
    }

    /// <summary>n.</summary>
    public int Size { get; }

    /// <summary>The fraction of the mean diagonal that had to be added (to the last rows appended); 0 as a rule.</summary>
    public double Jitter { get; }

    /// <summary>log |A|.</summary>
    public double LogDeterminant => CholeskyFactorization.LogDeterminant(_factor, Size);

    /// <summary>L, row-major n x n; what lies above the diagonal has no meaning.</summary>
    internal double[] Storage => _factor;

    /// <summary>L[row, column], 0 above the diagonal.</summary>
    public double this[int row, int column] => column > row ? 0 : _factor[(row * Size) + column];

    /// <summary>Factors A, given row-major (n x n; only its lower triangle is read). O(n^3).</summary>
    /// <exception cref="ArgumentException">When the matrix has not n x n entries.</exception>
    /// <exception cref="NotPositiveDefiniteException">When no jitter allowed makes A positive definite.</exception>
    public static Cholesky Of(ReadOnlySpan<double> matrix, int size)
    {
        RequireLength(matrix.Length, size * size, nameof(matrix));
        var factor = Uninitialized(size);
        var jitter = CholeskyFactorization.Factor(matrix, size, 0, factor);
        return new Cholesky(factor, size, jitter);
    }

    /// <summary>
    /// The factor of A grown by p rows and columns. O(p n^2) for p much smaller than n.
    /// </summary>
    /// <param name="rows">The p new rows of the grown matrix, row-major p x (n + p); of the p x p corner only the lower triangle is
    /// read.</param>
    /// <param name="count">p.</param>
    /// <exception cref="NotPositiveDefiniteException">When no jitter allowed, on the new rows, makes the grown matrix positive
    /// definite.</exception>
    public Cholesky Append(ReadOnlySpan<double> rows, int count)
    {
        var size = Size + count;
        RequireLength(rows.Length, count * size, nameof(rows));
        var grown = Uninitialized(size);
        for (var i = 0; i < Size; i++)
        {
            _factor.AsSpan(i * Size, i + 1).CopyTo(grown.AsSpan(i * size));
        }
        var jitter = CholeskyFactorization.Factor(rows, size, Size, grown);
        return new Cholesky(grown, size, jitter);
    }

    /// <summary>Solves L x = b in place. O(n^2).</summary>
    public void SolveLower(double[] x) => TriangularSolve.LowerRows(_factor, Size, 0, Size, x, 0, Size, 1);

    /// <summary>Solves L^T x = b in place. O(n^2).</summary>
    public void SolveUpper(double[] x) => TriangularSolve.Upper(_factor, Size, Size, x);

    /// <summary>A^-1 b. O(n^2).</summary>
    public double[] Solve(ReadOnlySpan<double> right)
    {
        RequireLength(right.Length, Size, nameof(right));
        var x = right.ToArray();
        SolveLower(x);
        SolveUpper(x);
        return x;
    }

    /// <summary>L^-T, row-major n x n: row i is column i of L^-1, zero before i. O(n^3).</summary>
    internal double[] TransposedInverseFactor()
    {
        var inverse = new double[Size * Size];
        SymmetricInverse.InvertFactor(_factor, Size, inverse);
        return inverse;
    }

    /// <summary>Clearing a large array costs as much as appending a row; nothing reads what lies above the diagonal.</summary>
    private static double[] Uninitialized(int size) => GC.AllocateUninitializedArray<double>(size * size);

    private static void RequireLength(int actual, int expected, string parameter)
    {
        if (actual != expected)
        {
            throw new ArgumentException($"Expected {expected} entries, got {actual}.", parameter);
        }
    }
}
