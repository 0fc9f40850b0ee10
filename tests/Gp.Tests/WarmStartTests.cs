namespace Bitcurve.Gp.Tests;

public sealed class WarmStartTests
{
    private static readonly FitOptions One = new() { Restarts = 1, Tolerance = 1e-8, IterationLimit = 500 };

    [Fact]
    public void Fit_WithTheCurvatureOfTheLastFit_ReachesTheOptimumOfMoreData()
    {
        var (earlier, later) = (SubsetFitTests.Drawn(1, 50), SubsetFitTests.Drawn(1, 60));
        var cold = HyperparameterFit.Fit(later, Matern52.Instance, One);
        var start = HyperparameterFit.Fit(earlier, Matern52.Instance, One).ToWarmStart();
        var warm = HyperparameterFit.Fit(later, Matern52.Instance, One, start);

        // P = 2 lengthscales, 3 entries of L, 2 noise variances.
        Assert.Equal(49, start.InverseHessian!.Length);
        Assert.True(warm.LogPosterior >= cold.LogPosterior - 1e-3, $"warm {warm.LogPosterior}, cold {cold.LogPosterior}");
        Assert.True(warm.Evaluations < cold.Evaluations, $"warm {warm.Evaluations}, cold {cold.Evaluations}");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(48)]
    [InlineData(64)]
    public void Fit_CurvatureOfAnotherSize_IsAsWithoutIt(int length)
    {
        var observations = SubsetFitTests.Drawn(2, 40);
        var known = HyperparameterFit.Fit(observations, Matern52.Instance, One).Hyperparameters;
        var expected = HyperparameterFit.Fit(observations, Matern52.Instance, One, new WarmStart(known));
        var actual = HyperparameterFit.Fit(observations, Matern52.Instance, One, new WarmStart(known, new double[length]));

        Assert.Equal((expected.LogPosterior, expected.Evaluations), (actual.LogPosterior, actual.Evaluations));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(-1.0)]
    [InlineData(1e12)]
    [InlineData(double.NaN)]
    public void Fit_MisleadingCurvature_StillReachesTheOptimum(double diagonal)
    {
        var observations = SubsetFitTests.Drawn(3, 40);
        var cold = HyperparameterFit.Fit(observations, Matern52.Instance, One);
        var start = new Hyperparameters([0.2, 1.5], [[1, 0], [0.3, 1]], [0.05, 0.05], [0, 0]);
        double[] curvature = [.. Enumerable.Range(0, 49).Select(i => i % 8 == 0 ? diagonal : 0)];
        var fit = HyperparameterFit.Fit(observations, Matern52.Instance, One, new WarmStart(start, curvature));
        Assert.True(fit.LogPosterior >= cold.LogPosterior - 0.1, $"misled {fit.LogPosterior}, cold {cold.LogPosterior}");
    }

    [Fact]
    public void Fit_AboveTheSubset_GoesOnFromTheWarmStartWithAllData()
    {
        var (earlier, later) = (SubsetFitTests.Drawn(4, 80), SubsetFitTests.Drawn(4, 90));
        var options = One with { SubsetAbove = 50 };
        var cold = HyperparameterFit.Fit(later, Matern52.Instance, options);
        var warm = HyperparameterFit.Fit(later, Matern52.Instance, options,
            HyperparameterFit.Fit(earlier, Matern52.Instance, options).ToWarmStart());
        Assert.True(warm.LogPosterior >= cold.LogPosterior - 0.1, $"warm {warm.LogPosterior}, cold {cold.LogPosterior}");
    }

    [Fact]
    public void Fit_StartForOtherFeatures_ThrowsNamingBoth()
    {
        // As many coordinates together, but none of them a feature.
        var random = new FeatureCase(1);
        var plain = new Hyperparameters([1, 1, 1, 1], random.Hyperparameters.CoregionalizationFactor, [0.1, 0.1, 0.1], [0, 0, 0]);
        var exception = Assert.Throws<ArgumentException>(() => HyperparameterFit.Fit(
            random.Observations, random.Kernel, random.Options(new HyperparameterPriors()), new WarmStart(plain)));
        Assert.Contains("Expected 2 lengthscales, 2 linear variances and 3 tasks to start a fit from, got 4, 0 and 3.", exception.Message);
    }

    [Fact]
    public void Fit_StartForOtherTasks_ThrowsNamingBoth()
    {
        var start = new WarmStart(new Hyperparameters([1, 1], [[1]], [0.1], [0]));
        var exception = Assert.Throws<ArgumentException>(
            () => HyperparameterFit.Fit(SubsetFitTests.Drawn(1, 5), Matern52.Instance, One, start));
        Assert.Contains("Expected hyperparameters of 2 dimensions and 2 tasks, got 2 and 1.", exception.Message);
    }

    [Fact]
    public void Fit_ZeroMean_KeepsTheMeansAtZeroAndIsNoBetter()
    {
        var drawn = SubsetFitTests.Drawn(5, 40);
        var shifted = new Observations(drawn.Design, [.. drawn.Values.ToArray().Select(value => value + 3)]);
        // Without priors likelihoods compare directly: the mean is one freedom more.
        var options = One with { Priors = null, Restarts = 3 };
        var free = HyperparameterFit.Fit(shifted, Matern52.Instance, options);
        var zero = HyperparameterFit.Fit(shifted, Matern52.Instance, options with { HasZeroMean = true });

        Assert.Equal([0, 0], zero.Hyperparameters.Mean);
        Assert.All(free.Hyperparameters.Mean, mean => Assert.NotEqual(0, mean));
        Assert.True(free.LogMarginalLikelihood > zero.LogMarginalLikelihood);
    }

    [Fact]
    public void Fit_MoreFeaturesThanCoordinates_ThrowsSayingSo()
    {
        var observations = SubsetFitTests.Drawn(1, 5);
        foreach (var features in new[] { 2, 3 })
        {
            Assert.Contains("at least 1 lengthscale", Assert.ThrowsAny<ArgumentException>(() =>
                HyperparameterFit.Fit(observations, Matern52.Instance, new FitOptions { LinearFeatures = features })).Message);
        }
    }

    [Fact]
    public void Fit_BasisOfOtherDimensions_ThrowsNamingBoth()
    {
        var options = new FitOptions { Basis = LengthscaleBasis.SmoothOverDepth([3], 2, 0.5, 0.75) };
        Assert.Contains("Expected a basis of 2 lengthscales, got 3.", Assert.Throws<ArgumentException>(() =>
            HyperparameterFit.Fit(SubsetFitTests.Drawn(1, 5), Matern52.Instance, options)).Message);
    }

    [Fact]
    public void Fit_SmoothBasis_GivesLengthscalesInTheBasis()
    {
        var random = new RandomCase(9, count: 30, dimensions: 4, taskCount: 1);
        var basis = LengthscaleBasis.SmoothOverDepth([4], 2, 0.5, 0.75);
        var fit = HyperparameterFit.Fit(random.Observations, random.Kernel, One with { Basis = basis });
        double[] logs = [.. fit.Hyperparameters.Lengthscale.Select(value => Math.Log(value))];

        // Linear in depth: equal steps from layer to layer.
        Close.Equal(logs[1] - logs[0], logs[2] - logs[1], 1e-9, 1e-12);
        Close.Equal(logs[1] - logs[0], logs[3] - logs[2], 1e-9, 1e-12);
    }
}
