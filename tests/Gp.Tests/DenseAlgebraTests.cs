using MathNet.Numerics.LinearAlgebra;

namespace Bitcurve.Gp.Tests;

/// <summary>The textbook formulas, written out with dense inverses of another library, against the factorised ones.</summary>
public sealed class DenseAlgebraTests
{
    [Fact]
    public void JointCovariance_RandomCases_EqualsTheTextbook() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var points = random.Points(3);
        var inverse = Noisy(random).Inverse();
        var cross = Matrix<double>.Build.Dense(random.TaskCount * 3, random.Observations.Count, (i, j) =>
            Prior(random, points.Row(i % 3), i / 3, random.Observations.Design.Points.Row(j), random.Observations.Design.Tasks[j]));
        var prior = Matrix<double>.Build.Dense(random.TaskCount * 3, random.TaskCount * 3, (i, j) =>
            Prior(random, points.Row(i % 3), i / 3, points.Row(j % 3), j / 3));
        var expected = prior - (cross * inverse * cross.Transpose());

        Close.Equal(expected.ToRowMajorArray(), random.Model().At(points).JointCovariance(), 1e-9, 1e-11);
    });

    [Fact]
    public void LogMarginalLikelihood_RandomCases_EqualsTheTextbook() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var noisy = Noisy(random);
        var residuals = Vector<double>.Build.Dense(
            random.Observations.Count, i =>
                random.Observations.Values[i] - random.Hyperparameters.Mean[random.Observations.Design.Tasks[i]]);
        var expected =
            -0.5 * ((residuals * noisy.Inverse() * residuals) + Math.Log(noisy.Determinant()) + (residuals.Count * Math.Log(2 * Math.PI)));

        Close.Equal(expected, random.Model().LogMarginalLikelihood, 1e-10, 1e-10);
    });

    private static Matrix<double> Noisy(RandomCase random)
    {
        var design = random.Observations.Design;
        return Matrix<double>.Build.Dense(design.Count, design.Count, (i, j) =>
            Prior(random, design.Points.Row(i), design.Tasks[i], design.Points.Row(j), design.Tasks[j])
            + (i == j ? random.Hyperparameters.NoiseVariance[design.Tasks[i]] : 0));
    }

    private static double Prior(RandomCase random, double[] x, int task, double[] other, int otherTask) =>
        random.Hyperparameters.Coregionalization()[task, otherTask] * random.Kernel.Covariance(x, other,
            random.Hyperparameters.Lengthscale);
}
