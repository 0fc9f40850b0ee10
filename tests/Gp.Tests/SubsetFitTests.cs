namespace Bitcurve.Gp.Tests;

/// <summary>Fits whose starts are tried on a part of the inputs first.</summary>
public sealed class SubsetFitTests
{
    private static readonly FitOptions OnAll = new() { Tolerance = 1e-8, IterationLimit = 500 };

    [Fact]
    public void Fit_OnASubsetFirst_ReachesTheOptimumOfAllData()
    {
        double[] deficits = [.. Enumerable.Range(1, 12).Select(seed => Deficit(Drawn(seed, count: 120)))];
        var listed = string.Join(", ", deficits);

        // A tenth of a nat is below what data can tell apart. One of these data sets has two modes 0.24 apart (what is peculiar to the
        // second task: little or next to nothing), and its subset prefers the lower one.
        Assert.True(deficits.Count(deficit => deficit <= 0.1) >= 11, listed);
        Assert.True(deficits.Max() < 0.5, listed);
    }

    [Fact]
    public void Fit_OnASubsetFirst_IsIdenticalToTheLastBitForTheSameSeed()
    {
        var observations = Drawn(4, count: 90);
        var options = new FitOptions { SubsetAbove = 40, Seed = 5 };
        var first = HyperparameterFit.Fit(observations, SquaredExponential.Instance, options);
        var second = HyperparameterFit.Fit(observations, SquaredExponential.Instance, options);

        Assert.Equal(first.LogPosterior, second.LogPosterior);
        Assert.Equal(first.Evaluations, second.Evaluations);
        Assert.Equal(first.Hyperparameters.Lengthscale, second.Hyperparameters.Lengthscale);
        Assert.Equal(first.InverseHessian, second.InverseHessian);
    }

    [Fact]
    public void Fit_OneRowAbove_TakesTheSubsetAndAtTheBoundDoesNot()
    {
        var observations = Drawn(5, count: 30);
        var all = HyperparameterFit.Fit(observations, SquaredExponential.Instance, OnAll);
        var atTheBound = HyperparameterFit.Fit(observations, SquaredExponential.Instance, OnAll with { SubsetAbove = 30 });
        var above = HyperparameterFit.Fit(observations, SquaredExponential.Instance, OnAll with { SubsetAbove = 29 });

        Assert.Equal((all.LogPosterior, all.Evaluations), (atTheBound.LogPosterior, atTheBound.Evaluations));
        Assert.NotEqual(all.Evaluations, above.Evaluations);
    }

    [Fact]
    public void Fit_SubsetOfOneInputOrRareTask_StillEndsAtAnOptimumOfAllData()
    {
        // The subset is one input, so most tasks have no data in it: nothing there may be taken for the end.
        var observations = Drawn(6, count: 40);
        var fit = HyperparameterFit.Fit(observations, SquaredExponential.Instance, OnAll with { SubsetAbove = 1 });
        var all = HyperparameterFit.Fit(observations, SquaredExponential.Instance, OnAll);
        Assert.True(fit.LogPosterior >= all.LogPosterior - 0.1, $"subset {fit.LogPosterior}, all {all.LogPosterior}");
    }

    [Fact]
    public void Fit_FeaturesAndNuggetOnASubsetFirst_ReachesTheOptimumOfAllData()
    {
        var random = new FeatureCase(7, inputs: 50, count: 120);
        var options = random.Options(new HyperparameterPriors()) with { Tolerance = 1e-8, IterationLimit = 500 };
        var all = HyperparameterFit.Fit(random.Observations, random.Kernel, options);
        var subset = HyperparameterFit.Fit(random.Observations, random.Kernel, options with { SubsetAbove = 60 });

        Assert.True(subset.LogPosterior >= all.LogPosterior - 0.1, $"subset {subset.LogPosterior}, all {all.LogPosterior}");
        Assert.Equal(2, subset.Hyperparameters.LinearVariance.Length);
        Assert.True(subset.Hyperparameters.Nugget > 0);
    }

    [Fact]
    public void Fit_SubsetAboveOutOfRange_ThrowsNamingIt() => Assert.Contains("SubsetAbove", Assert.ThrowsAny<ArgumentException>(() =>
        HyperparameterFit.Fit(Drawn(1, 4), Matern52.Instance, new FitOptions { SubsetAbove = 0 })).Message);

    /// <summary>By how much the log posterior falls short when the starts are tried on a third of the data.</summary>
    private static double Deficit(Observations observations)
    {
        var all = HyperparameterFit.Fit(observations, Matern52.Instance, OnAll);
        var subset = HyperparameterFit.Fit(observations, Matern52.Instance, OnAll with { SubsetAbove = 80 });
        // What is reported belongs to all of the data, not to the subset.
        Close.Equal(subset.LogMarginalLikelihood,
            new MultiTaskGp(observations, Matern52.Instance, subset.Hyperparameters).LogMarginalLikelihood, 1e-9);
        return all.LogPosterior - subset.LogPosterior;
    }

    /// <summary>Two related smooth functions of two variables with some noise.</summary>
    internal static Observations Drawn(int seed, int count)
    {
        var random = new RandomCase(seed, count, dimensions: 2, taskCount: 2);
        var noise = new StandardNormal(seed).Next(count);
        var design = random.Observations.Design;
        return new Observations(design, [.. Enumerable.Range(0, count).Select(i =>
            Math.Sin(5 * design.Points[i, 0]) + (design.Points[i, 1] * (1 + (0.3 * design.Tasks[i]))) - 0.6 + (0.1 * noise[i]))]);
    }
}
