using MathNet.Numerics.LinearAlgebra;

namespace Bitcurve.Gp.Tests;

/// <summary>
/// The model by the book, entry by entry and with another library's dense algebra: Rasmussen and Williams 2006, equations 2.25, 2.26 and
/// 2.30. Shares no code with what it is compared with.
/// </summary>
internal sealed class DenseModel
{
    private readonly Observations _observations;
    private readonly KernelKind _kind;
    private readonly Hyperparameters _at;
    private readonly Matrix<double> _covariance;
    private readonly Vector<double> _residuals;

    public DenseModel(Observations observations, KernelKind kind, Hyperparameters at)
    {
        (_observations, _kind, _at) = (observations, kind, at);
        var design = observations.Design;
        _covariance = Matrix<double>.Build.Dense(observations.Count, observations.Count, (i, j) =>
            Covariance(design.Tasks[i], design.Points.Row(i), design.Tasks[j], design.Points.Row(j))
            + (i == j ? at.NoiseVariance[design.Tasks[i]] * design.NoiseScales[i] : 0));
        _residuals = Vector<double>.Build.Dense(observations.Count, i => observations.Values[i] - at.Mean[design.Tasks[i]]);
    }

    public double LogMarginalLikelihood() => -0.5 * ((_residuals * _covariance.Solve(_residuals))
        + LogDeterminant(_covariance) + (_observations.Count * Math.Log(2 * Math.PI)));

    /// <summary>Posterior mean of one task at a point.</summary>
    public double Mean(int task, double[] point) => _at.Mean[task] + (Cross(point).Row(task) * _covariance.Solve(_residuals));

    /// <summary>Posterior covariance of the tasks at a point, m x m.</summary>
    public double[,] CovarianceAt(double[] point)
    {
        var cross = Cross(point);
        var prior = Matrix<double>.Build.Dense(cross.RowCount, cross.RowCount, (a, b) => Covariance(a, point, b, point));
        return (prior - (cross * _covariance.Solve(cross.Transpose()))).ToArray();
    }

    public static double LogDeterminant(Matrix<double> matrix) => matrix.Cholesky().DeterminantLn;

    /// <summary>1/2 [log det(V_S + D_S) - log det(U_S + D_S)].</summary>
    public static double Gain(double[,] given, double[,] givenTarget, double[] noiseVariance, int[] tasks)
    {
        Matrix<double> Noisy(double[,] covariance) => Matrix<double>.Build.Dense(tasks.Length, tasks.Length, (i, j) =>
            covariance[tasks[i], tasks[j]] + (i == j ? noiseVariance[tasks[i]] : 0));
        return tasks.Length == 0 ? 0 : 0.5 * (LogDeterminant(Noisy(given)) - LogDeterminant(Noisy(givenTarget)));
    }

    /// <summary>cov(f_l(x), f_l'(x')).</summary>
    public double Covariance(int task, double[] x, int otherTask, double[] other)
    {
        var b = Enumerable.Range(0, _at.Mean.Length)
            .Sum(c => _at.CoregionalizationFactor[task][c] * _at.CoregionalizationFactor[otherTask][c]);
        return b * InputCovariance(x, other);
    }

    /// <summary>k(x, x').</summary>
    public double InputCovariance(double[] x, double[] other)
    {
        var d = _at.Lengthscale.Length;
        var r = Math.Sqrt(Enumerable.Range(0, d).Sum(k => Math.Pow((x[k] - other[k]) / _at.Lengthscale[k], 2)));
        var s = Math.Sqrt(5) * r;
        var stationary = _kind == KernelKind.Matern52 ? (1 + s + (s * s / 3)) * Math.Exp(-s) : Math.Exp(-0.5 * r * r);
        var linear = _at.LinearVariance.Select((variance, j) => variance * x[d + j] * other[d + j]).Sum();
        return stationary + linear + (x.SequenceEqual(other) ? _at.Nugget : 0);
    }

    /// <summary>cov(f_l(x), data), m x n.</summary>
    private Matrix<double> Cross(double[] point)
    {
        var design = _observations.Design;
        return Matrix<double>.Build.Dense(_at.Mean.Length, design.Count, (task, i) =>
            Covariance(task, point, design.Tasks[i], design.Points.Row(i)));
    }
}
