namespace Bitcurve.Gp.Tests;

public sealed class MultiTaskGpTests
{
    [Fact]
    public void At_OneObservationByHand_Agrees()
    {
        // One task, k = exp(-1/2) between the points, B = 4, s^2 = 1, mean 2, y = 7: mean 2 + 4 k 5 / 5, variance 4 - 16 k^2 / 5.
        var model = new MultiTaskGp(
            new Observations(1, 1, [[0.0]], [0], [7]), SquaredExponential.Instance, new Hyperparameters([1], [[2]], [1], [2]));
        var posterior = model.At(new Points(1, [[1.0]])).Of(0);

        Close.Equal(2 + (4 * Math.Exp(-0.5)), posterior.Mean[0], 1e-14);
        Close.Equal(4 - (16 * Math.Exp(-1) / 5), posterior.Variance[0], 1e-14);
        Close.Equal(-0.5 * (5 + Math.Log(5) + Math.Log(2 * Math.PI)), model.LogMarginalLikelihood, 1e-14);
    }

    [Fact]
    public void At_NoObservations_IsThePrior()
    {
        var hyperparameters = new Hyperparameters([1], [[1, 0], [0.5, 1]], [0.1, 0.1], [3, 4]);
        var model = new MultiTaskGp(Observations.None(1, 2), Matern52.Instance, hyperparameters);
        var posterior = model.At(new Points(1, [[0.2], [0.7]]));

        Assert.Equal(0, model.LogMarginalLikelihood);
        Assert.Equal([4, 4], posterior.Of(1).Mean);
        Close.Equal([1.25, 1.25], posterior.Of(1).Variance, 1e-15);
        Close.Equal(0.5, posterior.TaskCovariance(0)[0, 1], 1e-15);
    }

    [Fact]
    public void Append_RandomCases_EqualsRefactorisation() => Seeds.ForAll(40, seed =>
    {
        var random = new RandomCase(seed);
        var more = random.Observe(1 + (seed % 6));
        var points = random.Points(5);
        var appended = random.Model().Append(more);
        var direct = new MultiTaskGp(random.Observations.Append(more), random.Kernel, random.Hyperparameters);

        Close.Equal(direct.LogMarginalLikelihood, appended.LogMarginalLikelihood, 1e-11, 1e-11);
        Close.Equal(direct.At(points).JointCovariance(), appended.At(points).JointCovariance(), 1e-10, 1e-12);
        Close.Equal(direct.At(points).Of(0).Mean, appended.At(points).Of(0).Mean, 1e-10, 1e-11);
    });

    [Fact]
    public void At_PermutedObservations_GivesTheSame() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var order = Enumerable.Range(0, random.Observations.Count).ToArray();
        new Random(seed).Shuffle(order);
        var permuted = new Observations(random.Observations.Design.Select(order), [.. order.Select(i => random.Observations.Values[i])]);
        var model = new MultiTaskGp(permuted, random.Kernel, random.Hyperparameters);
        var points = random.Points(4);

        Close.Equal(random.Model().LogMarginalLikelihood, model.LogMarginalLikelihood, 1e-11, 1e-11);
        Close.Equal(random.Model().At(points).JointCovariance(), model.At(points).JointCovariance(), 1e-10, 1e-12);
        Close.Equal(random.Model().Gradient().Coregionalization, model.Gradient().Coregionalization, 1e-9, 1e-9);
    });

    [Fact]
    public void JointCovariance_RandomCases_ContainsEveryOtherView() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var points = random.Points(7);
        var posterior = random.Model().At(points);
        var joint = posterior.JointCovariance();
        var size = random.TaskCount * 7;
        for (var task = 0; task < random.TaskCount; task++)
        {
            var variance = posterior.Of(task).Variance;
            for (var i = 0; i < 7; i++)
            {
                Close.Equal(variance[i], joint[(((task * 7) + i) * size) + (task * 7) + i], 1e-10, 1e-12);
                Close.Equal(posterior.TaskCovariance(i)[task, 0], joint[(((task * 7) + i) * size) + i], 1e-10, 1e-12);
            }
            Assert.All(variance, v => Assert.InRange(v, 0, random.Hyperparameters.Coregionalization()[task, task]));
        }
    });

    [Fact]
    public void Samples_ManyOfThem_HaveThePosteriorMoments()
    {
        var random = new RandomCase(3, count: 8, dimensions: 2, taskCount: 2);
        var posterior = random.Model().At(random.Points(3));
        var samples = posterior.Samples(1, 40_000, new StandardNormal(5));
        var mean = posterior.Mean(1);
        var covariance = posterior.JointCovariance(1);
        for (var i = 0; i < 3; i++)
        {
            // Four standard errors of 40,000 samples of variance at most about 1.
            Close.Equal(mean[i], samples.Average(sample => sample[i]), 0, 4 * Math.Sqrt(covariance[(i * 3) + i] / 40_000));
            for (var j = 0; j < 3; j++)
            {
                var product = samples.Average(sample => (sample[i] - mean[i]) * (sample[j] - mean[j]));
                Close.Equal(covariance[(i * 3) + j], product, 0,
                    4 * Math.Sqrt(2 * covariance[(i * 3) + i] * covariance[(j * 3) + j] / 40_000));
            }
        }
    }

    [Fact]
    public void Samples_SameSeed_AreIdentical()
    {
        var random = new RandomCase(4);
        var posterior = random.Model().At(random.Points(20));
        Assert.Equal(posterior.Samples(0, 3, new StandardNormal(1)), posterior.Samples(0, 3, new StandardNormal(1)));
    }

    [Fact]
    public void Samples_DuplicatedPoints_AreEqualThere()
    {
        var random = new RandomCase(8, dimensions: 1);
        var posterior = random.Model().At(new Points(1, [[0.4], [0.4], [0.6]]));
        // The singular covariance takes a jitter of at most 1e-6 of the variance: a standard deviation of 1e-3.
        Assert.All(posterior.Samples(0, 20, new StandardNormal(1)), sample => Close.Equal(sample[0], sample[1], 0, 0.01));
    }

    [Fact]
    public void Constructor_DuplicatedNoiselessInputs_StaysFinite()
    {
        var observations = new Observations(1, 1, [[0.5], [0.5], [0.5]], [0, 0, 0], [1, 1, 1]);
        var model = new MultiTaskGp(observations, SquaredExponential.Instance, new Hyperparameters([0.3], [[1]], [0], [0]));
        Assert.True(double.IsFinite(model.LogMarginalLikelihood));
        Close.Equal(1, model.At(new Points(1, [[0.5]])).Mean(0)[0], 1e-6);
    }

    [Fact]
    public void Constructor_HyperparametersOfOtherShape_ThrowsNamingBoth()
    {
        var exception = Assert.Throws<ArgumentException>(
            () => new MultiTaskGp(Observations.None(2, 1), SquaredExponential.Instance, new Hyperparameters([1], [[1]], [0.1], [0])));
        Assert.Equal("Expected hyperparameters of 2 dimensions and 1 tasks, got 1 and 1.", exception.Message);
    }

    [Fact]
    public void Of_TaskOutOfRange_ThrowsNamingTheRange()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            new RandomCase(1, taskCount: 2).Model().At(new RandomCase(1, taskCount: 2).Points(1)).Of(2));
        Assert.Contains("Expected a task in [0, 2), got 2.", exception.Message);
    }

    [Fact]
    public void At_PointsOfOtherDimensions_ThrowsNamingBoth()
    {
        var exception = Assert.Throws<ArgumentException>(() => new RandomCase(1, dimensions: 2).Model().At(new Points(1, [[0.5]])).Of(0));
        Assert.Contains("Expected points of 2 dimensions, got 1.", exception.Message);
    }
}
