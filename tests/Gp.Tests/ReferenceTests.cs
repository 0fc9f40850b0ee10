namespace Bitcurve.Gp.Tests;

public sealed class ReferenceTests
{
    /// <summary>
    /// The reference is exact to float64; what remains is rounding in an ill-conditioned solve. Entries near 0 come from cancellation of
    /// entries near 1.
    /// </summary>
    private const double Relative = 1e-9;
    private const double Cancellation = 1e-13;

    [Theory]
    [MemberData(nameof(ReferenceCase.Names), MemberType = typeof(ReferenceCase))]
    public void LogMarginalLikelihood_ReferenceCase_Agrees(string name)
    {
        var reference = ReferenceCase.Named(name);
        Close.Equal(reference.LogMarginalLikelihood, reference.Model().LogMarginalLikelihood, Relative);
    }

    [Theory]
    [MemberData(nameof(ReferenceCase.Names), MemberType = typeof(ReferenceCase))]
    public void Gradient_ReferenceCase_Agrees(string name)
    {
        var reference = ReferenceCase.Named(name);
        var expected = reference.Gradient;
        var actual = reference.Model().Gradient();

        Close.Equal(ReferenceCase.Vector(expected.GetProperty("lengthscale")), actual.Lengthscale, 1e-7);
        Close.Equal(ReferenceCase.Matrix(expected.GetProperty("B")), actual.Coregionalization, 1e-7);
        Close.Equal(ReferenceCase.Vector(expected.GetProperty("noise_var")), actual.NoiseVariance, 1e-7);
        Close.Equal(ReferenceCase.Vector(expected.GetProperty("mean")), actual.Mean, 1e-7);
    }

    [Theory]
    [MemberData(nameof(ReferenceCase.Names), MemberType = typeof(ReferenceCase))]
    public void OfEachTask_ReferenceCase_Agrees(string name)
    {
        var reference = ReferenceCase.Named(name);
        var actual = reference.Model().At(reference.TestPoints).OfEachTask();

        Close.Equal(reference.Matrix("post_mean"), actual.Select(task => task.Mean).ToArray(), Relative);
        Close.Equal(reference.Matrix("post_var"), actual.Select(task => task.Variance).ToArray(), Relative);
    }

    [Theory]
    [MemberData(nameof(ReferenceCase.Names), MemberType = typeof(ReferenceCase))]
    public void JointCovariance_ReferenceCase_Agrees(string name)
    {
        var reference = ReferenceCase.Named(name);
        var actual = reference.Model().At(reference.TestPoints).JointCovariance();
        Close.Equal([.. reference.Matrix("post_cov").SelectMany(row => row)], actual, Relative, Cancellation);
    }

    [Theory]
    [MemberData(nameof(ReferenceCase.Names), MemberType = typeof(ReferenceCase))]
    public void Gain_ReferenceCaseEveryTarget_Agrees(string name)
    {
        var reference = ReferenceCase.Named(name);
        foreach (var expected in reference.Information)
        {
            var gain = InformationGain.AboutFunction(reference.Model(), expected.GetProperty("target").GetInt32());
            var actual = gain.At(reference.TestPoints);
            var tasks = Enumerable.Range(0, reference.TaskCount).ToArray();

            Close.Equal(ReferenceCase.Matrix(expected.GetProperty("v")),
                ByTask(task => actual.Select(point => point.Covariance[task, task])), Relative);
            Close.Equal(ReferenceCase.Matrix(expected.GetProperty("w")),
                ByTask(task => actual.Select(point => point.CovarianceGivenTarget[task, task])), Relative);
            Close.Equal(ReferenceCase.Matrix(expected.GetProperty("info")), ByTask(task => actual.Select(point => point.Gain(task))),
                Relative);

            double[][] ByTask(Func<int, IEnumerable<double>> values) => [.. tasks.Select(task => values(task).ToArray())];
        }
    }
}
