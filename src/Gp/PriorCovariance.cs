namespace Bitcurve.Gp;

/// <summary>cov(f_l(x), f_l'(x')) = B_ll' k(x, x') before any observation. Immutable.</summary>
internal sealed class PriorCovariance(StationaryKernel kernel, double[] lengthscale, IntrinsicCoregionalization coregionalization)
{
    public IntrinsicCoregionalization Coregionalization { get; } = coregionalization;

    /// <summary>
    /// k(x, x'), not yet multiplied by a task covariance, for the first points of <paramref name="to"/>, as many as the result has room
    /// for.
    /// </summary>
    public void KernelRow(Points from, int index, Points to, Span<double> result)
    {
        StationaryKernel.SquaredDistances(from, index, to, lengthscale, result);
        kernel.Evaluate(result, result, []);
    }

    /// <summary>The covariance of some tasks at one point with the n rows of a design.</summary>
    /// <param name="points">Where the point is taken from.</param>
    /// <param name="index">Which point.</param>
    /// <param name="tasks">Which tasks.</param>
    /// <param name="design">n rows.</param>
    /// <param name="work">n entries to work with.</param>
    /// <param name="rows">The result, row-major |tasks| x n.</param>
    public void CrossRows(Points points, int index, int[] tasks, Design design, Span<double> work, Span<double> rows)
    {
        KernelRow(points, index, design.Points, work);
        var observed = design.Tasks;
        for (var t = 0; t < tasks.Length; t++)
        {
            var covariance = Coregionalization.Covariance.Slice(tasks[t] * Coregionalization.TaskCount, Coregionalization.TaskCount);
            var row = rows.Slice(t * work.Length, work.Length);
            for (var i = 0; i < work.Length; i++)
            {
                row[i] = covariance[observed[i]] * work[i];
            }
        }
    }

    /// <summary>Rows [start, n) of K + D, row-major with n columns; each is filled up to its diagonal.</summary>
    public double[] NoisyRows(Design design, double[] noiseVariance, int start)
    {
        var n = design.Count;
        var rows = new double[(n - start) * n];
        for (var i = start; i < n; i++)
        {
            var row = rows.AsSpan((i - start) * n, i + 1);
            KernelRow(design.Points, i, design.Points, row);
            for (var j = 0; j <= i; j++)
            {
                row[j] *= Coregionalization[design.Tasks[i], design.Tasks[j]];
            }
            row[i] += noiseVariance[design.Tasks[i]] * design.NoiseScales[i];
        }
        return rows;
    }
}
