namespace Bitcurve.Gp;

/// <summary>
/// The task covariance B (m x m) of cov(g_l(x), g_l'(x')) = B_ll' k(x, x'). Immutable. Bonilla, Chai and Williams 2007, section 2; B = L
/// L^T.
/// </summary>
public sealed class IntrinsicCoregionalization
{
    private readonly double[] _covariance;

    private IntrinsicCoregionalization(double[] covariance, int taskCount)
    {
        _covariance = covariance;
        TaskCount = taskCount;
    }

    /// <summary>m.</summary>
    public int TaskCount { get; }

    /// <summary>B_ll'.</summary>
    public double this[int task, int other] => _covariance[(task * TaskCount) + other];

    /// <summary>B, row-major m x m.</summary>
    internal ReadOnlySpan<double> Covariance => _covariance;

    /// <summary>B = L L^T; <paramref name="factor"/> holds m rows of m entries, of which those up to the diagonal are read.</summary>
    public static IntrinsicCoregionalization FromFactor(IReadOnlyList<double[]> factor)
    {
        var taskCount = factor.Count;
        var covariance = new double[taskCount * taskCount];
        for (var a = 0; a < taskCount; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                var sum = RowProducts.Dot(factor[a].AsSpan(0, b + 1), factor[b]);
                covariance[(a * taskCount) + b] = sum;
                covariance[(b * taskCount) + a] = sum;
            }
        }
        return new IntrinsicCoregionalization(covariance, taskCount);
    }

    /// <summary>The lower triangular L with B = L L^T, m rows of m entries.</summary>
    /// <exception cref="NotPositiveDefiniteException">When B, row-major m x m, is not positive definite.</exception>
    public static double[][] FactorOf(ReadOnlySpan<double> covariance, int taskCount)
    {
        var factor = Cholesky.Of(covariance, taskCount);
        return Enumerable.Range(0, taskCount)
            .Select(a => Enumerable.Range(0, taskCount).Select(b => factor[a, b]).ToArray())
            .ToArray();
    }

    /// <summary>
    /// The task covariance left when one task's function is known everywhere: the Schur complement B_ll' - B_lm B_ml' / B_mm, whose row and
    /// column m are 0.
    /// </summary>
    public IntrinsicCoregionalization GivenTask(int known)
    {
        Design.RequireTask(known, TaskCount, nameof(known));
        var conditional = new double[TaskCount * TaskCount];
        for (var a = 0; a < TaskCount; a++)
        {
            for (var b = 0; b < TaskCount; b++)
            {
                // Exact zeros, not rounding errors, where the known task is involved.
                conditional[(a * TaskCount) + b] =
                    a == known || b == known ? 0 : this[a, b] - (this[a, known] * this[known, b] / this[known, known]);
            }
        }
        return new IntrinsicCoregionalization(conditional, TaskCount);
    }

    /// <summary>Correlation of two tasks in [-1, 1].</summary>
    public double Correlation(int task, int other) => this[task, other] / Math.Sqrt(this[task, task] * this[other, other]);
}
