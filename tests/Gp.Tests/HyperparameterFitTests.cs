namespace Bitcurve.Gp.Tests;

public sealed class HyperparameterFitTests
{
    [Fact]
    public void Fit_SameSeed_IsIdenticalToTheLastBit()
    {
        var observations = Smooth(20, seed: 1);
        var first = HyperparameterFit.Fit(observations, SquaredExponential.Instance, new FitOptions { Seed = 7 });
        var second = HyperparameterFit.Fit(observations, SquaredExponential.Instance, new FitOptions { Seed = 7 });

        Assert.Equal(first.LogPosterior, second.LogPosterior);
        Assert.Equal(first.Evaluations, second.Evaluations);
        Assert.Equal(first.Hyperparameters.Lengthscale, second.Hyperparameters.Lengthscale);
        Assert.Equal(first.Hyperparameters.CoregionalizationFactor, second.Hyperparameters.CoregionalizationFactor);
        Assert.Equal(first.Hyperparameters.NoiseVariance, second.Hyperparameters.NoiseVariance);
        Assert.Equal(first.Hyperparameters.Mean, second.Hyperparameters.Mean);
    }

    [Theory]
    [InlineData(KernelKind.SquaredExponential, true)]
    [InlineData(KernelKind.SquaredExponential, false)]
    [InlineData(KernelKind.Matern52, true)]
    [InlineData(KernelKind.Matern52, false)]
    public void Fit_ShiftedWarmStart_ReturnsToTheSameOptimum(KernelKind kind, bool priors)
    {
        var observations = Smooth(30, seed: 2);
        var options = new FitOptions { Priors = priors ? new HyperparameterPriors() : null, IterationLimit = 500, Tolerance = 1e-9 };
        var fit = HyperparameterFit.Fit(observations, StationaryKernel.Of(kind), options);
        var best = fit.Hyperparameters;
        // The optimiser stops when a step gains less than about 1e-9 of the value; two paths to one optimum differ by a little more.
        foreach (var factor in new[] { 0.97, 1.03 })
        {
            var shifted = new Hyperparameters([.. best.Lengthscale.Select(l => factor * l)], best.CoregionalizationFactor,
                best.NoiseVariance, best.Mean);
            var refit = HyperparameterFit.Fit(observations, StationaryKernel.Of(kind), options with { Restarts = 1 }, new WarmStart(shifted));
            Close.Equal(fit.LogPosterior, refit.LogPosterior, 1e-5, 1e-4);
        }
    }

    [Fact]
    public void Fit_WithoutPriors_EndsWhereTheGradientVanishes()
    {
        var observations = Smooth(40, seed: 6);
        var best =
            HyperparameterFit.Fit(observations, Matern52.Instance, new FitOptions { Priors = null, IterationLimit = 500, Tolerance = 1e-9 }).Hyperparameters;
        var gradient = new MultiTaskGp(observations, Matern52.Instance, best).Gradient();

        // Per logarithm of the hyperparameter, in nats: a change by 1 % changes the likelihood by less than 1e-4.
        Assert.All(gradient.Lengthscale.Zip(best.Lengthscale), pair => Close.Equal(0, pair.First * pair.Second, 0, 0.01));
        Assert.All(gradient.NoiseVariance.Zip(best.NoiseVariance), pair => Close.Equal(0, pair.First * pair.Second, 0, 0.01));
        Assert.All(gradient.Mean, derivative => Close.Equal(0, derivative, 0, 1e-6));
    }

    [Fact]
    public void Fit_WithoutPriors_ReachesAtLeastTheGeneratingHyperparameters()
    {
        var random = new RandomCase(31, count: 60, dimensions: 2, taskCount: 2);
        var sampled = SampleFromModel(random);
        var truth = new MultiTaskGp(sampled, random.Kernel, random.Hyperparameters).LogMarginalLikelihood;
        var fit = HyperparameterFit.Fit(sampled, random.Kernel, new FitOptions { Priors = null });

        Assert.True(fit.LogMarginalLikelihood >= truth, $"{fit.LogMarginalLikelihood} < {truth}");
        Assert.Equal(fit.LogPosterior, fit.LogMarginalLikelihood, 1e-9);
    }

    [Fact]
    public void Fit_PriorsGradient_AgreesWithFiniteDifferences() => Seeds.ForAll(20, seed =>
    {
        var random = new RandomCase(seed);
        var at = random.Hyperparameters;
        var prior = new LogPriorProbe(new HyperparameterPriors { CorrelationShape = 1.7 });
        var gradient = prior.Gradient(at);
        for (var a = 0; a < random.TaskCount; a++)
        {
            Close.Equal(FiniteDifference.Central(v =>
                prior.Value(at.Lengthscale, at.CoregionalizationFactor, Replace(at.NoiseVariance, a, v)), at.NoiseVariance[a]),
                gradient.Noise[a], 1e-5, 1e-6);
            for (var b = 0; b <= a; b++)
            {
                Close.Equal(FiniteDifference.Central(v =>
                    prior.Value(at.Lengthscale, Replace(at.CoregionalizationFactor, a, b, v), at.NoiseVariance),
                        at.CoregionalizationFactor[a][b]),
                    gradient.Factor[a][b], 1e-5, 1e-6);
            }
        }
        for (var k = 0; k < random.Dimensions; k++)
        {
            Close.Equal(FiniteDifference.Central(v =>
                prior.Value(Replace(at.Lengthscale, k, v), at.CoregionalizationFactor, at.NoiseVariance), at.Lengthscale[k]),
                gradient.Lengthscale[k], 1e-5, 1e-6);
        }
    });

    [Fact]
    public void Fit_WarmStartAtTheOptimum_NeedsFewerEvaluations()
    {
        var observations = Smooth(40, seed: 3);
        var options = new FitOptions { Restarts = 1, IterationLimit = 500, Tolerance = 1e-9 };
        var cold = HyperparameterFit.Fit(observations, SquaredExponential.Instance, options);
        var warm = HyperparameterFit.Fit(observations, SquaredExponential.Instance, options, cold.ToWarmStart());

        Assert.True(warm.Evaluations < cold.Evaluations, $"warm {warm.Evaluations}, cold {cold.Evaluations}");
        // The hyperparameters went through an exponential and a logarithm.
        Assert.True(warm.LogPosterior >= cold.LogPosterior - 1e-9);
    }

    [Fact]
    public void Fit_MoreRestarts_IsNeverWorse()
    {
        var observations = Smooth(12, seed: 4);
        var one = HyperparameterFit.Fit(observations, SquaredExponential.Instance, new FitOptions { Restarts = 1 });
        var five = HyperparameterFit.Fit(observations, SquaredExponential.Instance, new FitOptions { Restarts = 5 });
        Assert.True(five.LogPosterior >= one.LogPosterior);
        Assert.True(five.Evaluations > one.Evaluations);
    }

    [Fact]
    public void Fit_NoiseFloor_IsRespected()
    {
        var fit =
            HyperparameterFit.Fit(Smooth(15, seed: 5), SquaredExponential.Instance, new FitOptions { Priors = null, NoiseFloor = 0.05 });
        Assert.All(fit.Hyperparameters.NoiseVariance, noise => Assert.True(noise >= 0.05));
    }

    [Fact]
    public void Fit_OptionsOutOfRange_ThrowNamingThem()
    {
        Assert.Contains("Expected LengthscaleMedian > 0, got -1.",
            Message(new FitOptions { Priors = new HyperparameterPriors { LengthscaleMedian = -1 } }));
        Assert.Contains("Expected CorrelationMean in (-1, 1), got 1.",
            Message(new FitOptions { Priors = new HyperparameterPriors { CorrelationMean = 1 } }));
        Assert.Contains("Restarts", Message(new FitOptions { Restarts = 0 }));
        Assert.Contains("IterationLimit", Message(new FitOptions { IterationLimit = 0 }));
        Assert.Contains("NoiseFloor", Message(new FitOptions { NoiseFloor = 0 }));

        static string Message(FitOptions options) =>
            Assert.ThrowsAny<ArgumentException>(() => HyperparameterFit.Fit(Smooth(4, 1), SquaredExponential.Instance, options)).Message;
    }

    /// <summary>Two related smooth functions of two variables with a little noise, standardised well enough.</summary>
    private static Observations Smooth(int count, int seed)
    {
        var random = new RandomCase(seed, count, dimensions: 2, taskCount: 2);
        var noise = new StandardNormal(seed).Next(count);
        var design = random.Observations.Design;
        return new Observations(design, [.. Enumerable.Range(0, count).Select(i =>
            Math.Sin(4 * design.Points[i, 0]) + (design.Points[i, 1] * (1 + (0.3 * design.Tasks[i]))) + (0.05 * noise[i]))]);
    }

    private static Observations SampleFromModel(RandomCase random)
    {
        var design = random.Observations.Design;
        var prior = new ConditionedCovariance(
            design, new InputKernel(random.Kernel, random.Hyperparameters), random.Hyperparameters.Coregionalization(),
            random.Hyperparameters.NoiseVariance);
        var normal = new StandardNormal(9).Next(design.Count);
        return new Observations(design, [.. Enumerable.Range(0, design.Count).Select(i =>
            random.Hyperparameters.Mean[design.Tasks[i]] + Enumerable.Range(0, i + 1).Sum(j => prior.Factor[i, j] * normal[j]))]);
    }

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
