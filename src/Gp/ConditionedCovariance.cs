namespace Bitcurve.Gp;

/// <summary>
/// The posterior covariance of f_1..f_m given WHERE they were observed (n rows at u distinct inputs), at fixed hyperparameters; what was
/// observed does not matter to it. Immutable. Rasmussen and Williams 2006, equation 2.26, with covariance B_ll' k(x, x').
/// </summary>
public sealed class ConditionedCovariance
{
    /// <summary>Points handled at once: enough for a fast product, few enough to stay in the cache.</summary>
    private const int Batch = 128;

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
        var variance = new double[points.Count];
        Visit(points, [task], (start, count, solved) =>
        {
            for (var i = 0; i < count; i++)
            {
                var row = solved[0].AsSpan(i * Design.Count, Design.Count);
                var prior = Coregionalization[task, task] * Kernel.Variance(points, start + i);
                variance[start + i] = Math.Max(0, prior - RowProducts.Dot(row, row));
            }
        });
        return variance;
    }

    /// <summary>
    /// Posterior covariances given the first <paramref name="prefix"/> rows and, where wanted, given all of them: because L is lower
    /// triangular, one solution serves both.
    /// </summary>
    internal void AtEach(Points points, int prefix, TaskCovariances given, TaskCovariances? givenAll)
    {
        Visit(points, [.. Enumerable.Range(0, Coregionalization.TaskCount)], (start, count, solved) =>
        {
            for (var i = 0; i < count; i++)
            {
                var variance = Kernel.Variance(points, start + i);
                Subtract(solved, i, 0, prefix, Prior(variance, given.LowerTriangle(start + i)));
                if (givenAll is not null)
                {
                    var rest = givenAll.LowerTriangle(start + i);
                    given.LowerTriangle(start + i).CopyTo(rest);
                    Subtract(solved, i, prefix, Design.Count, rest);
                    ClampDiagonal(rest);
                }
                ClampDiagonal(given.LowerTriangle(start + i));
            }
        });
    }

    /// <summary>
    /// L^-1 cov(f_l(x), data) for all points and tasks, row-major (|tasks| M) x n, row = task * M + point. O(|tasks| M n u).
    /// </summary>
    internal double[] SolvedRows(Points points, IReadOnlyList<int> tasks)
    {
        var rows = new double[tasks.Count * points.Count * Design.Count];
        Visit(points, [.. tasks], (start, count, solved) =>
        {
            for (var t = 0; t < tasks.Count; t++)
            {
                solved[t].AsSpan(0, count * Design.Count).CopyTo(rows.AsSpan(((t * points.Count) + start) * Design.Count));
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

    private Span<double> Prior(double variance, Span<double> triangle)
    {
        for (int a = 0, entry = 0; a < Coregionalization.TaskCount; a++)
        {
            for (var b = 0; b <= a; b++, entry++)
            {
                triangle[entry] = Coregionalization[a, b] * variance;
            }
        }
        return triangle;
    }

    private void Subtract(double[][] solved, int point, int from, int to, Span<double> triangle)
    {
        for (int a = 0, entry = 0; a < solved.Length; a++)
        {
            var row = solved[a].AsSpan((point * Design.Count) + from, to - from);
            for (var b = 0; b <= a; b++, entry++)
            {
                triangle[entry] -= RowProducts.Dot(row, solved[b].AsSpan((point * Design.Count) + from, to - from));
            }
        }
    }

    private static void ClampDiagonal(Span<double> triangle)
    {
        for (int a = 0, entry = 0; entry < triangle.Length; a++, entry += a + 1)
        {
            triangle[entry] = Math.Max(0, triangle[entry]);
        }
    }

    /// <summary>
    /// Hands out, batch by batch and on several threads, L^-1 cov(f_l(x), data): for each task count x n entries in a buffer.
    /// </summary>
    private void Visit(Points points, int[] tasks, Action<int, int, double[][]> visitor)
    {
        RequireDimensions(points);
        // Few points are solved by substitution; for many it pays to prepare the inverse first.
        var prepared = _solved.IsValueCreated || 3L * points.Count * tasks.Length > Design.Count ? _solved.Value : null;
        var batches = (points.Count + Batch - 1) / Batch;
        var parts = ComputeThreads.PartsOf((double)points.Count * tasks.Length * Design.Count * Design.Inputs.Count / 2, batches);
        ComputeThreads.ForEach(parts, part =>
            Visit(points, tasks, visitor, prepared, part * batches / parts * Batch, Math.Min((part + 1) * batches / parts * Batch, points.Count)));
    }

    /// <summary>The points [first, end), batch by batch.</summary>
    private void Visit(Points points, int[] tasks, Action<int, int, double[][]> visitor, SolvedInputs? prepared, int first, int end)
    {
        var inputs = Design.Inputs;
        var size = Math.Min(Batch, end - first);
        var kernel = new double[size * inputs.Count];
        var solved = Array.ConvertAll(tasks, _ => new double[size * Design.Count]);
        for (var start = first; start < end; start += Batch)
        {
            var count = Math.Min(Batch, end - start);
            for (var i = 0; i < count; i++)
            {
                Kernel.Row(points, start + i, inputs.Points, kernel.AsSpan(i * inputs.Count, inputs.Count));
            }
            for (var t = 0; t < tasks.Length; t++)
            {
                if (prepared is not null)
                {
                    prepared.Multiply(kernel, count, tasks[t], solved[t]);
                }
                else
                {
                    Substitute(kernel, count, tasks[t], solved[t]);
                }
            }
            visitor(start, count, solved);
        }
    }

    private void Substitute(double[] kernel, int count, int task, double[] solved)
    {
        var (n, u) = (Design.Count, Design.Inputs.Count);
        for (var p = 0; p < count; p++)
        {
            for (var i = 0; i < n; i++)
            {
                solved[(p * n) + i] = Coregionalization[task, Design.Tasks[i]] * kernel[(p * u) + Design.Inputs.InputOf[i]];
            }
        }
        TriangularSolve.LowerRows(Factor.Storage, n, 0, n, solved, 0, n, count);
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
