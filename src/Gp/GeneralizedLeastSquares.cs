namespace Bitcurve.Gp;

/// <summary>
/// The task means that maximise the likelihood: mu = (H^T K^-1 H)^-1 H^T K^-1 y. Rasmussen and Williams 2006, section 2.7.
/// </summary>
internal static class GeneralizedLeastSquares
{
    /// <param name="observations">n observations of m tasks; H (n x m) indicates the task of each.</param>
    /// <param name="factor">L of K = L L^T, row-major n x n.</param>
    /// <returns>m means; 0 for a task without observations, which nothing determines.</returns>
    public static double[] Mean(Observations observations, double[] factor)
    {
        var n = observations.Count;
        var observed = observations.Design.Tasks.ToArray().Distinct().Order().ToArray();
        var rows = SolvedRows(observations, observed, factor);
        var products = new double[(observed.Length + 1) * (observed.Length + 1)];
        GramMatrix.LowerTriangle(rows, n, observed.Length + 1, _ => 0, products);
        var normal = new double[observed.Length * observed.Length];
        for (var a = 0; a < observed.Length; a++)
        {
            products.AsSpan(a * (observed.Length + 1), a + 1).CopyTo(normal.AsSpan(a * observed.Length));
        }
        var right = products.AsSpan(observed.Length * (observed.Length + 1), observed.Length);
        var estimates = Cholesky.Of(normal, observed.Length).Solve(right);
        var mean = new double[observations.TaskCount];
        for (var a = 0; a < observed.Length; a++)
        {
            mean[observed[a]] = estimates[a];
        }
        return mean;
    }

    /// <summary>L^-1 [H, y]^T by rows: one row per observed task, then one for the values.</summary>
    private static double[] SolvedRows(Observations observations, int[] observed, double[] factor)
    {
        var n = observations.Count;
        var rows = new double[(observed.Length + 1) * n];
        for (var i = 0; i < n; i++)
        {
            rows[(Array.IndexOf(observed, observations.Design.Tasks[i]) * n) + i] = 1;
            rows[(observed.Length * n) + i] = observations.Values[i];
        }
        TriangularSolve.LowerRows(factor, n, 0, n, rows, 0, n, observed.Length + 1);
        return rows;
    }
}
