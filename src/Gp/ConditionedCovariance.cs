namespace Bitcurve.Gp;

/// <summary>
/// The posterior covariance of f_1..f_m given WHERE they were observed (n rows), at fixed hyperparameters; what was observed does not
/// matter to it. Immutable. Rasmussen and Williams 2006, equation 2.26, with covariance B_ll' k(x, x').
/// </summary>
public sealed class ConditionedCovariance
{
    private readonly double[] _noiseVariance;

    /// <summary>Factors the n x n covariance of the design. O(n^3).</summary>
    /// <exception cref="NotPositiveDefiniteException">When that covariance is numerically singular.</exception>
    public ConditionedCovariance(
        Design design, StationaryKernel kernel, double[] lengthscale, IntrinsicCoregionalization coregionalization, double[] noiseVariance)
    {
        (Design, Prior, _noiseVariance) = (design, new PriorCovariance(kernel, lengthscale, coregionalization), noiseVariance);
        Factor = Cholesky.Of(Prior.NoisyRows(design, noiseVariance, 0), design.Count);
    }

    private ConditionedCovariance(ConditionedCovariance earlier, Design grown)
    {
        (Design, Prior, _noiseVariance) = (grown, earlier.Prior, earlier._noiseVariance);
        Factor = earlier.Factor.Append(Prior.NoisyRows(grown, _noiseVariance, earlier.Design.Count), grown.Count - earlier.Design.Count);
    }

    public Design Design { get; }

    public IntrinsicCoregionalization Coregionalization => Prior.Coregionalization;

    /// <summary>L of K + D = L L^T, n x n.</summary>
    public Cholesky Factor { get; }

    /// <summary>The covariance before any observation.</summary>
    internal PriorCovariance Prior { get; }

    /// <summary>The covariance once p more rows are observed. O(p n^2).</summary>
    public ConditionedCovariance Append(Design more) => more.Count == 0 ? this : new(this, Design.Append(more));

    /// <summary>The m x m posterior covariance of the tasks at one point, without observation noise. O(m n^2).</summary>
    public double[,] At(Points points, int point)
    {
        var result = new double[Coregionalization.TaskCount, Coregionalization.TaskCount];
        Visit(points, Enumerable.Range(0, Coregionalization.TaskCount).ToArray(), (index, rows, offset) =>
        {
            result = TaskCovariance(rows, offset);
        }, point, 1);
        return result;
    }

    /// <summary>The same at every point. O(M m n^2).</summary>
    public double[][,] AtEach(Points points)
    {
        var result = new double[points.Count][,];
        Visit(
            points,
            Enumerable.Range(0, Coregionalization.TaskCount).ToArray(),
            (index, rows, offset) => result[index] = TaskCovariance(rows, offset));
        return result;
    }

    /// <summary>M posterior variances &gt;= 0 of one task. O(M n^2).</summary>
    public double[] Variance(Points points, int task)
    {
        var variance = new double[points.Count];
        var prior = Coregionalization[task, task];
        Visit(points, [task], (index, rows, offset) =>
        {
            var row = rows.AsSpan(offset, Design.Count);
            variance[index] = Math.Max(0, prior - RowProducts.Dot(row, row));
        });
        return variance;
    }

    /// <summary>
    /// L^-1 k((x, l), data) for all points and tasks, row-major (|tasks| M) x n, row = task * M + point. O(|tasks| M n^2).
    /// </summary>
    internal double[] SolvedRows(Points points, IReadOnlyList<int> tasks)
    {
        var rows = new double[tasks.Count * points.Count * Design.Count];
        for (var t = 0; t < tasks.Count; t++)
        {
            var task = t;
            Visit(points, [tasks[t]], (index, solved, offset) =>
                solved.AsSpan(offset, Design.Count).CopyTo(rows.AsSpan(((task * points.Count) + index) * Design.Count)));
        }
        return rows;
    }

    /// <summary>
    /// Hands out, point by point, L^-1 k((x, l), data): |tasks| rows of n entries that start at an offset of a shared buffer.
    /// </summary>
    private void Visit(Points points, int[] tasks, Action<int, double[], int> visitor, int first = 0, int? count = null)
    {
        RequireDimensions(points);
        // A batch fills the groups of four rows that are solved together.
        const int batch = 8;
        var n = Design.Count;
        var stride = tasks.Length * n;
        var rows = new double[batch * stride];
        var kernel = new double[n];
        var end = first + (count ?? points.Count);
        for (var start = first; start < end; start += batch)
        {
            var size = Math.Min(batch, end - start);
            for (var i = 0; i < size; i++)
            {
                Prior.CrossRows(points, start + i, tasks, Design, kernel, rows.AsSpan(i * stride, stride));
            }
            TriangularSolve.LowerRows(Factor.Storage, n, 0, n, rows, 0, n, size * tasks.Length);
            for (var i = 0; i < size; i++)
            {
                visitor(start + i, rows, i * stride);
            }
        }
    }

    private double[,] TaskCovariance(double[] rows, int offset)
    {
        var taskCount = Coregionalization.TaskCount;
        var covariance = new double[taskCount, taskCount];
        for (var a = 0; a < taskCount; a++)
        {
            var row = rows.AsSpan(offset + (a * Design.Count), Design.Count);
            for (var b = 0; b <= a; b++)
            {
                var value = Coregionalization[a, b] - RowProducts.Dot(row, rows.AsSpan(offset + (b * Design.Count), Design.Count));
                covariance[a, b] = covariance[b, a] = a == b ? Math.Max(0, value) : value;
            }
        }
        return covariance;
    }

    /// <exception cref="ArgumentException">When the points have other dimensions than the design.</exception>
    internal void RequireDimensions(Points points)
    {
        if (points.Dimensions != Design.Points.Dimensions)
        {
            throw new ArgumentException($"Expected points of {Design.Points.Dimensions} dimensions, got {points.Dimensions}.",
                nameof(points));
        }
    }
}
