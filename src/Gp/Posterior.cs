namespace Bitcurve.Gp;

/// <summary>Posterior mean and variance of one task's latent function at M points.</summary>
/// <param name="Mean">M entries, in units of the values.</param>
/// <param name="Variance">M entries &gt;= 0, in squared units, without observation noise.</param>
public sealed record TaskPosterior(double[] Mean, double[] Variance);

/// <summary>The latent functions at M points given the data. Rasmussen and Williams 2006, equations 2.25 and 2.26.</summary>
public sealed class Posterior
{
    private readonly MultiTaskGp _model;

    internal Posterior(MultiTaskGp model, Points points)
    {
        _model = model;
        Points = points;
    }

    /// <summary>M points.</summary>
    public Points Points { get; }

    /// <summary>Mean and variance of one task. O(M n^2).</summary>
    /// <exception cref="ArgumentException">When the task is not in [0, m).</exception>
    public TaskPosterior Of(int task)
    {
        Design.RequireTask(task, _model.TaskCount, nameof(task));
        return new TaskPosterior(Mean(task), _model.Covariance.Variance(Points, task));
    }

    /// <summary>Mean and variance of every task, m entries. O(M m n^2).</summary>
    public TaskPosterior[] OfEachTask() => Enumerable.Range(0, _model.TaskCount).Select(Of).ToArray();

    /// <summary>M means of one task, in units of the values. O(M u) for u distinct inputs.</summary>
    /// <exception cref="ArgumentException">When the task is not in [0, m).</exception>
    public double[] Mean(int task)
    {
        Design.RequireTask(task, _model.TaskCount, nameof(task));
        var observed = _model.Observations.Design;
        var weights = new double[observed.Inputs.Count];
        for (var i = 0; i < observed.Count; i++)
        {
            weights[observed.Inputs.InputOf[i]] += _model.Weights[i] * _model.Covariance.Coregionalization[task, observed.Tasks[i]];
        }
        var kernel = new double[weights.Length];
        var mean = new double[Points.Count];
        for (var i = 0; i < mean.Length; i++)
        {
            _model.Covariance.Kernel.Row(Points, i, observed.Inputs.Points, kernel);
            mean[i] = _model.Hyperparameters.Mean[task] + RowProducts.Dot(kernel, weights);
        }
        return mean;
    }

    /// <summary>The m x m covariance of the tasks at one of the points. O(m n^2).</summary>
    public double[,] TaskCovariance(int point) => _model.Covariance.At(Points, point);

    /// <summary>
    /// The (m M) x (m M) covariance over all tasks and points, row-major, index = task * M + point. O(m M n^2 + (m M)^2 n).
    /// </summary>
    public double[] JointCovariance() => JointCovariance(Enumerable.Range(0, _model.TaskCount).ToArray());

    /// <summary>The covariance over some tasks and all points, row-major, index = position of the task * M + point.</summary>
    /// <exception cref="ArgumentException">When a task is not in [0, m).</exception>
    public double[] JointCovariance(params int[] tasks)
    {
        Array.ForEach(tasks, task => Design.RequireTask(task, _model.TaskCount, nameof(tasks)));
        var n = _model.Observations.Count;
        var size = tasks.Length * Points.Count;
        var rows = _model.Covariance.SolvedRows(Points, tasks);
        var covariance = new double[size * size];
        GramMatrix.LowerTriangle(rows, n, size, _ => 0, covariance);
        var kernel = new double[Points.Count];
        for (var i = 0; i < size; i++)
        {
            _model.Covariance.Kernel.Row(Points, i % Points.Count, Points, kernel);
            for (var j = 0; j <= i; j++)
            {
                var prior =
                    _model.Covariance.Coregionalization[tasks[i / Points.Count], tasks[j / Points.Count]] * kernel[j % Points.Count];
                covariance[(i * size) + j] = covariance[(j * size) + i] = prior - covariance[(i * size) + j];
            }
        }
        return covariance;
    }

    /// <summary>
    /// Joint samples of one task's function: <paramref name="count"/> rows of M values. The same source state gives the same samples. O(M
    /// n^2 + M^3).
    /// </summary>
    /// <exception cref="NotPositiveDefiniteException">When the joint covariance has no factor even with the largest jitter.</exception>
    public double[][] Samples(int task, int count, StandardNormal source)
    {
        var mean = Mean(task);
        var factor = Cholesky.Of(JointCovariance(task), Points.Count);
        var samples = new double[count][];
        for (var s = 0; s < count; s++)
        {
            var normal = source.Next(Points.Count);
            samples[s] = new double[Points.Count];
            for (var i = 0; i < Points.Count; i++)
            {
                samples[s][i] = mean[i] + RowProducts.Dot(factor.Storage.AsSpan(i * Points.Count, i + 1), normal);
            }
        }
        return samples;
    }
}
