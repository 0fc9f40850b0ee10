namespace Bitcurve.Gp.Tests;

public sealed class GradientTests
{
    [Fact]
    public void Gradient_RandomCases_AgreesWithFiniteDifferences() => Seeds.ForAll(40, seed =>
    {
        var random = new RandomCase(seed);
        var at = random.Hyperparameters;
        var gradient = random.Model().Gradient();
        // A tolerance from the differences, not from the gradient: the likelihood is of order 100, its rounding divided by the step of
        // order 1e-9.
        const double relative = 1e-5, absolute = 1e-5;
        for (var k = 0; k < random.Dimensions; k++)
        {
            Close.Equal(Vary(value => new(Replace(at.Lengthscale, k, value), at.CoregionalizationFactor, at.NoiseVariance, at.Mean),
                at.Lengthscale[k]),
                gradient.Lengthscale[k], relative, absolute);
        }
        for (var a = 0; a < random.TaskCount; a++)
        {
            Close.Equal(Vary(value => new(at.Lengthscale, at.CoregionalizationFactor, Replace(at.NoiseVariance, a, value), at.Mean),
                at.NoiseVariance[a]),
                gradient.NoiseVariance[a], relative, absolute);
            Close.Equal(Vary(value => new(at.Lengthscale, at.CoregionalizationFactor, at.NoiseVariance, Replace(at.Mean, a, value)),
                at.Mean[a]),
                gradient.Mean[a], relative, absolute);
            for (var b = 0; b <= a; b++)
            {
                Close.Equal(Vary(value => new(at.Lengthscale, Replace(at.CoregionalizationFactor, a, b, value), at.NoiseVariance,
                    at.Mean), at.CoregionalizationFactor[a][b]),
                    gradient.CoregionalizationFactor(at.CoregionalizationFactor)[a][b], relative, absolute);
            }
        }

        double Vary(Func<double, Hyperparameters> with, double value) =>
            FiniteDifference.Central(v => random.Model(with(v)).LogMarginalLikelihood, value);
    });

    [Fact]
    public void Evaluate_WithoutMean_MaximisesOverTheMean() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var at = random.Hyperparameters;
        var likelihood = new MarginalLikelihood(random.Observations, random.Kernel);
        var value = likelihood.Evaluate(at, at.Coregionalization(), keepMean: false);

        // The gradient is a sum of terms of order 100 that cancel at the optimum.
        Assert.All(likelihood.Gradient().Mean, derivative => Close.Equal(0, derivative, 0, 1e-8));
        Assert.True(value >= random.Model().LogMarginalLikelihood - 1e-9);
    });

    [Fact]
    public void Evaluate_SameHyperparameters_EqualsTheModel() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var at = random.Hyperparameters;
        var value = new MarginalLikelihood(random.Observations, random.Kernel).Evaluate(at);
        Close.Equal(random.Model().LogMarginalLikelihood, value, 1e-11, 1e-11);
    });

    [Fact]
    public void Gradient_NoiseScales_AgreesWithFiniteDifferences()
    {
        var design = new Design(new Points(1, [[0.1], [0.5], [0.9]]), [0, 0, 0], 1, [1, 0.25, 0.5]);
        var observations = new Observations(design, [0.3, -0.2, 0.8]);
        double Likelihood(double noise) => Model(noise).LogMarginalLikelihood;
        MultiTaskGp Model(double noise) => new(observations, SquaredExponential.Instance, new Hyperparameters([0.4], [[1]], [noise], [0]));

        Close.Equal(FiniteDifference.Central(Likelihood, 0.1), Model(0.1).Gradient().NoiseVariance[0], 1e-6);
    }

    [Fact]
    public void Gradient_BeforeEvaluate_Throws() =>
        Assert.Throws<InvalidOperationException>(() =>
            new MarginalLikelihood(Observations.None(1, 1), SquaredExponential.Instance).Gradient());

    private static double[] Replace(double[] vector, int index, double value)
    {
        var copy = vector.ToArray();
        copy[index] = value;
        return copy;
    }

    private static double[][] Replace(double[][] matrix, int row, int column, double value)
    {
        var copy = matrix.ToArray();
        copy[row] = Replace(matrix[row], column, value);
        return copy;
    }
}
