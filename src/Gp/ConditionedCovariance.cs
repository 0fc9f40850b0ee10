namespace Bitcurve.Gp;

/// <summary>
/// The posterior covariance of f_1..f_m given WHERE they were observed (n rows at u distinct inputs), at fixed hyperparameters; what was
/// observed does not matter to it. Immutable. Rasmussen and Williams 2006, equation 2.26, with covariance B_ll' k(x, x').
/// </summary>
public sealed class ConditionedCovariance
{
    private readonly double[] _noiseVariance;
    private readonly Lazy<SolvedInputs> _solved;

    /// <summary>Factors the n x n covariance of the design. O(n^3).</summary>
    /// <exception cref="NotPositiveDefiniteException">When that covariance is numerically singular.</exception>
    internal ConditionedCovariance(Design design, InputKernel kernel, IntrinsicCoregionalization coregionalization, double[] noiseVariance)
    {
        (Design, Kernel, Coregionalization, _noiseVariance) = (design, kernel, coregionalization, noiseVariance);
        Factor = Cholesky.Of(NoisyRows(0), design.Count);
        _solved = new(() => new SolvedInputs(Design, Factor, Coregionalization));
    }

    private ConditionedCovariance(ConditionedCovariance earlier, Design grown)
    {
        (Design, Kernel, Coregionalization, _noiseVariance) = (grown, earlier.Kernel, earlier.Coregionalization, earlier._noiseVariance);
        Factor = earlier.Factor.Append(NoisyRows(earlier.Design.Count), grown.Count - earlier.Design.Count);
        _solved = new(() => new SolvedInputs(Design, Factor, Coregionalization));
    }

    public Design Design { get; }

    public IntrinsicCoregionalization Coregionalization { get; }

    /// <summary>L of K + D = L L^T, n x n.</summary>
    public Cholesky Factor { get; }

    internal InputKernel Kernel { get; }

    /// <summary>The covariance once p more rows are observed. O(p n^2).</summary>
    public ConditionedCovariance Append(Design more) => more.Count == 0 ? this : new(this, Design.Append(more));

    /// <summary>The m x m posterior covariance of the tasks at one point, without observation noise. O(m n^2).</summary>
    public double[,] At(Points points, int point) => AtEach(points.Select([point])).At(0);

    /// <summary>The same at every point. O(M m n u).</summary>
    public TaskCovariances AtEach(Points points)
    {
        var covariances = new TaskCovariances(points.Count, Coregionalization.TaskCount);
        AtEach(points, Design.Count, covariances, null);
        return covariances;
    }

    /// <summary>M posterior variances &gt;= 0 of one task. O(M n u).</summary>
    public double[] Variance(Points points, int task)
    {
        var variance = new double[SolvedBlock.Padded(points.Count)];
        for (var i = 0; i < points.Count; i++)
        {
            variance[i] = Coregionalization[task, task] * Kernel.Variance(points, i);
        }
        Visit(points, [task], block => block.SubtractProducts(0, 0, 0, block.Rows, variance));
        return [.. variance.Take(points.Count).Select(value => Math.Max(0, value))];
    }

    /// <summary>
    /// Posterior covariances given the first <paramref name="prefix"/> rows and, where wanted, given all of them: because L is lower
    /// triangular, one solution serves both.
    /// </summary>
    internal void AtEach(Points points, int prefix, TaskCovariances given, TaskCovariances? givenAll)
    {
        SetPrior(points, given);
        // A task without variance covaries with nothing: a known target costs no product.
        int[] tasks = [.. Enumerable.Range(0, Coregionalization.TaskCount).Where(task => Coregionalization[task, task] != 0)];
        Visit(points, tasks, block =>
        {
            var rows = Math.Clamp(prefix - block.FirstRow, 0, block.Rows);
            Subtract(block, tasks, 0, rows, given);
            if (givenAll is not null)
            {
                Subtract(block, tasks, rows, block.Rows, givenAll);
            }
        });
        givenAll?.Add(given);
        givenAll?.ClampVariances();
        given.ClampVariances();
    }

    /// <summary>
    /// L^-1 cov(f_l(x), data) for all points and tasks, row-major (|tasks| M) x n, row = task * M + point. O(|tasks| M n u).
    /// </summary>
    internal double[] SolvedRows(Points points, IReadOnlyList<int> tasks)
    {
        var rows = new double[tasks.Count * points.Count * Design.Count];
        Visit(points, [.. tasks], block =>
        {
            for (var t = 0; t < tasks.Count; t++)
            {
                for (var p = 0; p < block.Points; p++)
                {
                    var target = ((((t * points.Count) + block.FirstPoint + p) * Design.Count) + block.FirstRow);
                    for (var r = 0; r < block.Rows; r++)
                    {
                        rows[target + r] = block[t, r, p];
                    }
                }
            }
        });
        return rows;
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

    private void SetPrior(Points points, TaskCovariances covariances)
    {
        var variance = new double[points.Count];
        for (var i = 0; i < variance.Length; i++)
        {
            variance[i] = Kernel.Variance(points, i);
        }
        for (var a = 0; a < Coregionalization.TaskCount; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                RowProducts.AddScaled(Coregionalization[a, b], variance, covariances.Plane(a, b));
            }
        }
    }

    private static void Subtract(SolvedBlock block, int[] tasks, int from, int to, TaskCovariances covariances)
    {
        for (var a = 0; a < tasks.Length && from < to; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                block.SubtractProducts(a, b, from, to, covariances.Plane(tasks[a], tasks[b]));
            }
        }
    }

    /// <summary>Hands out, block by block and on several threads, L^-1 cov(f_l(x), data).</summary>
    private void Visit(Points points, int[] tasks, Action<SolvedBlock> visitor)
    {
        RequireDimensions(points);
        // Few points are solved by substitution; for many it pays to prepare the inverse first.
        var prepared = _solved.IsValueCreated || 3L * points.Count * tasks.Length > Design.Count ? _solved.Value : null;
        var batches = (points.Count + SolvedBlock.Width - 1) / SolvedBlock.Width;
        var parts = ComputeThreads.PartsOf((double)points.Count * tasks.Length * Design.Count * Design.Inputs.Count / 2, batches);
        ComputeThreads.ForEach(parts, part => new SolvedBatches(this, points, tasks, prepared).Visit(
            part * batches / parts * SolvedBlock.Width, Math.Min((part + 1) * batches / parts * SolvedBlock.Width, points.Count), visitor));
    }

    /// <summary>Rows [start, n) of K + D, row-major with n columns; each is filled up to its diagonal.</summary>
    private double[] NoisyRows(int start)
    {
        var n = Design.Count;
        var rows = new double[(n - start) * n];
        for (var i = start; i < n; i++)
        {
            var row = rows.AsSpan((i - start) * n, i + 1);
            Kernel.Row(Design.Points, i, Design.Points, row);
            for (var j = 0; j <= i; j++)
            {
                row[j] *= Coregionalization[Design.Tasks[i], Design.Tasks[j]];
            }
            row[i] += _noiseVariance[Design.Tasks[i]] * Design.NoiseScales[i];
        }
        return rows;
    }
}
