using System.Text.Json;

namespace Bitcurve.Gp.Tests;

public sealed class MultiTaskRegressionTests
{
    [Fact]
    public void Fit_SmoothFunction_PredictsHeldOutPointsInOriginalUnits()
    {
        var regression = MultiTaskRegression.Fit(Accuracies(60, 1), targetTask: 1);
        var held = new RandomCase(77, dimensions: 2, taskCount: 2).Points(50);
        var prediction = regression.Predict(held, 1);
        for (var i = 0; i < 50; i++)
        {
            var error = Math.Abs(Surface(held.Row(i), 1) - prediction.Mean[i]);
            // Noise of 0.2 points over a range of 20: four posterior deviations, plus room for the misfit of the kernel.
            Assert.True(error < (4 * Math.Sqrt(prediction.Variance[i])) + 0.5, $"point {i}: off by {error}");
            Assert.True(error < 3, $"point {i}: off by {error}");
        }
    }

    [Fact]
    public void Fit_ShiftedAndScaledValues_GivesTheSameGainsAndScaledPredictions()
    {
        var observations = Accuracies(25, 2);
        var scaled = observations.WithValues([.. observations.Values.ToArray().Select(y => 0.01 * y - 3)]);
        var points = new RandomCase(5, dimensions: 2, taskCount: 2).Points(6);
        var first = MultiTaskRegression.Fit(observations, 1);
        var second = MultiTaskRegression.Fit(scaled, 1);

        // Rounding of the scaled values sends the optimiser along slightly different steps to the same optimum.
        Close.Equal([.. first.Predict(points, 1).Mean.Select(mean => 0.01 * mean - 3)], second.Predict(points, 1).Mean, 1e-4);
        Close.Equal(
            first.InformationAboutFunction(1).At(points).Select(point => point.Gain(0)).ToArray(),
            second.InformationAboutFunction(1).At(points).Select(point => point.Gain(0)).ToArray(),
            1e-3);
    }

    [Fact]
    public void Samples_ManyOfThem_CentreOnThePrediction()
    {
        var regression = MultiTaskRegression.Fit(Accuracies(20, 3), 1);
        var points = new RandomCase(6, dimensions: 2, taskCount: 2).Points(10);
        var prediction = regression.Predict(points, 1);
        var samples = regression.Samples(points, 1, 4000, seed: 3);
        Assert.Equal(samples, regression.Samples(points, 1, 4000, seed: 3));
        for (var i = 0; i < 10; i++)
        {
            // Five standard errors.
            Close.Equal(prediction.Mean[i], samples.Average(sample => sample[i]), 0, 5 * Math.Sqrt(prediction.Variance[i] / 4000) + 1e-9);
        }
    }

    [Fact]
    public void Append_OneObservation_EqualsConditioningOnAll()
    {
        var all = Accuracies(21, 4);
        var first = new Observations(all.Design.Select([.. Enumerable.Range(0, 20)]), all.Values[..20].ToArray());
        var last = new Observations(all.Design.Select([20]), all.Values[20..].ToArray());
        var fitted = MultiTaskRegression.Fit(first, 1);
        var points = new RandomCase(7, dimensions: 2, taskCount: 2).Points(5);

        var appended = fitted.Append(last).Predict(points, 1);
        var direct = MultiTaskRegression.Condition(all, fitted.Standardization, KernelKind.SquaredExponential,
            fitted.Hyperparameters).Predict(points, 1);

        Close.Equal(direct.Mean, appended.Mean, 1e-10);
        Close.Equal(direct.Variance, appended.Variance, 1e-8, 1e-10);
    }

    [Fact]
    public void Condition_FromJson_RestoresThePredictionToTheLastBit()
    {
        var observations = Accuracies(15, 5);
        var fitted = MultiTaskRegression.Fit(observations, 1, KernelKind.Matern52);
        var hyperparameters = JsonSerializer.Deserialize<Hyperparameters>(JsonSerializer.Serialize(fitted.Hyperparameters))!;
        var standardization = JsonSerializer.Deserialize<Standardization>(JsonSerializer.Serialize(fitted.Standardization))!;
        var restored = MultiTaskRegression.Condition(observations, standardization, KernelKind.Matern52, hyperparameters);
        var points = new RandomCase(8, dimensions: 2, taskCount: 2).Points(5);

        Assert.Equal(fitted.Predict(points, 1).Mean, restored.Predict(points, 1).Mean);
        Assert.Equal(fitted.Predict(points, 1).Variance, restored.Predict(points, 1).Variance);
        Assert.Null(restored.FitResult);
        Assert.NotNull(fitted.FitResult);
    }

    public static TheoryData<string, double[][], int[], double[]> Degenerate => new()
    {
        { "no observations", [], [], [] },
        { "one observation", [[0.5, 0.5]], [2], [93.1] },
        { "one observation of another task", [[0.5, 0.5]], [0], [11.0] },
        { "four observations", [[0, 0], [1, 1], [0, 1], [1, 0]], [0, 1, 2, 2], [10, 80, 93, 91] },
        { "duplicated inputs", [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], [2, 2, 2, 2], [90, 91, 90.5, 90.2] },
        { "duplicated observations", [[0.5, 0.5], [0.5, 0.5], [0.5, 0.5]], [2, 2, 2], [90, 90, 90] },
        { "constant target", [[0, 0], [0.3, 0.3], [0.6, 0.1], [1, 1]], [2, 2, 2, 2], [10, 10, 10, 10] },
        { "constant zero", [[0, 0], [0.3, 0.3], [0.6, 0.1], [1, 1]], [2, 2, 1, 1], [0, 0, 0, 0] },
        { "task never observed", [[0, 0], [0.3, 0.3], [0.6, 0.1], [1, 1]], [2, 2, 1, 1], [90, 92, 80, 81] },
        { "target never observed", [[0, 0], [0.3, 0.3], [0.6, 0.1], [1, 1]], [0, 0, 1, 1], [10, 12, 80, 81] },
        { "inputs far apart from the rest", [[0, 0], [1e6, 1e6], [0.6, 0.1]], [2, 2, 2], [90, 92, 10] },
    };

    [Theory]
    [MemberData(nameof(Degenerate))]
    public void Fit_DegenerateData_StaysFinite(string name, double[][] rows, int[] tasks, double[] values)
    {
        var observations = new Observations(2, 3, rows, tasks, values);
        var points = new Points(2, [[0.5, 0.5], [0.1, 0.9]]);
        foreach (var priors in new[] { new HyperparameterPriors(), null })
        {
            var regression = MultiTaskRegression.Fit(observations, 2, options: new FitOptions { Priors = priors });
            for (var task = 0; task < 3; task++)
            {
                var prediction = regression.Predict(points, task);
                Assert.All(prediction.Mean, mean => Assert.True(double.IsFinite(mean), name));
                Assert.All(prediction.Variance, variance => Assert.True(double.IsFinite(variance) && variance >= 0, name));
            }
            Assert.All(regression.InformationAboutFunction(2).At(points), point =>
                Assert.True(point.Gain(0, 1, 2) >= 0 && double.IsFinite(point.Gain(0, 1, 2)), name));
        }
    }

    [Fact]
    public void Fit_OneLowFidelityPointOverRelatedTasks_IsCorrelatedButUncertain()
    {
        // With priors, a never observed target follows the observed task's units, stays uncertain, and its gain is larger than that of the
        // proxy.
        var regression = MultiTaskRegression.Fit(new Observations(1, 2, [[0.2], [0.8]], [0, 0], [10, 20]), 1);
        var point = new Points(1, [[0.5]]);
        var information = regression.InformationAboutFunction(1).At(point)[0];
        Assert.InRange(regression.Predict(point, 1).Mean[0], 10, 20);
        Assert.True(information.Gain(1) > information.Gain(0));
        Assert.True(information.Gain(0) > 0);
    }

    private static double Surface(double[] x, int task) => 70 + (15 * task) + ((10 - (3 * task)) * Math.Sin(3 * x[0])) + (6 * x[1] * x[1]);

    private static Observations Accuracies(int count, int seed)
    {
        var random = new RandomCase(seed, count, dimensions: 2, taskCount: 2);
        var design = random.Observations.Design;
        var noise = new StandardNormal(seed).Next(count);
        return new Observations(design,
            [.. Enumerable.Range(0, count).Select(i => Surface(design.Points.Row(i), design.Tasks[i]) + (0.2 * noise[i]))]);
    }
}
