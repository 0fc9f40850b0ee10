namespace Bitcurve.Gp.Tests;

public sealed class InputKernelTests
{
    [Fact]
    public void Row_ByHand_AddsStationaryLinearAndNugget()
    {
        // d = 1, lengthscale 2; p = 2 features of variances 3 and 5; nugget 0.25.
        var kernel = new InputKernel(SquaredExponential.Instance, [2], [3, 5], 0.25);
        var points = new Points(3, [[0, 1, 2], [2, -1, 1], [0, 1, 2]]);
        var row = new double[3];
        kernel.Row(points, 0, points, row);

        Close.Equal([1 + 3 + 20 + 0.25, Math.Exp(-0.5) - 3 + 10, 1 + 3 + 20 + 0.25], row, 1e-15);
        Close.Equal(1 + 3 + 5 + 0.25, kernel.Variance(points, 1), 1e-15);
        Assert.Equal(3, kernel.Dimensions);
    }

    [Fact]
    public void Row_SamePlaceWithOtherFeatures_IsAnotherInputAndHasNoNugget()
    {
        var kernel = new InputKernel(SquaredExponential.Instance, [2], [3], 0.25);
        var points = new Points(2, [[0.5, 1], [0.5, 2], [0.5, 1]]);
        var row = new double[3];
        kernel.Row(points, 0, points, row);
        Close.Equal([4.25, 7, 4.25], row, 1e-15);
    }

    [Fact]
    public void Gradient_SamePlaceWithOtherFeatures_AgreesWithFiniteDifferencesInTheNugget()
    {
        var observations = new Observations(2, 1, [[0.5, 1], [0.5, 2], [0.1, 1]], [0, 0, 0], [0.3, -0.2, 0.8]);
        MultiTaskGp Model(double nugget) => new(
            observations, SquaredExponential.Instance, new Hyperparameters([0.4], [[1]], [0.1], [0], [0.7], nugget));
        Close.Equal(FiniteDifference.Central(v => Model(v).LogMarginalLikelihood, 0.2), Model(0.2).Gradient().Nugget, 1e-6, 1e-8);
    }

    [Theory]
    [InlineData(255)]
    [InlineData(300)]
    public void Row_ManySameInputs_HaveTheNuggetEach(int count)
    {
        var kernel = new InputKernel(Matern52.Instance, [0.5], [], 0.5);
        var points = new Points(1, [.. Enumerable.Range(0, count).Select(i => new[] { i % 3 == 1 ? 0.7 : 0.2 })]);
        var (row, without) = (new double[count], new double[count]);
        kernel.Row(points, 0, points, row);
        new InputKernel(Matern52.Instance, [0.5], [], 0).Row(points, 0, points, without);

        Assert.Equal([.. without.Select((value, i) => i % 3 == 1 ? value : value + 0.5)], row);
    }

    [Fact]
    public void Row_WithSlope_IsTheSlopeOfTheStationaryPartAlone()
    {
        var random = new FeatureCase(5);
        var points = random.SeenAndUnseen(6);
        var at = random.Hyperparameters;
        var (value, slope) = (new double[8], new double[8]);
        var (plainValue, plainSlope) = (new double[8], new double[8]);
        new InputKernel(random.Kernel, at).Row(points, 2, points, value, slope);
        new InputKernel(random.Kernel, at.Lengthscale, [], 0).Row(points, 2, points, plainValue, plainSlope);
        Assert.Equal(plainSlope, slope);
        Assert.NotEqual(plainValue, value);
    }

    [Fact]
    public void Row_RandomCases_EqualsTheKernelByTheBook() => Seeds.ForAll(30, seed =>
    {
        var random = new FeatureCase(seed);
        var kernel = new InputKernel(random.Kernel, random.Hyperparameters);
        var (dense, points) = (random.Dense(), random.SeenAndUnseen(5));
        var row = new double[points.Count];
        for (var i = 0; i < points.Count; i++)
        {
            kernel.Row(points, i, points, row);
            Close.Equal([.. Enumerable.Range(0, points.Count).Select(j => dense.InputCovariance(points.Row(i), points.Row(j)))], row, 1e-13);
            Close.Equal(row[i], kernel.Variance(points, i), 1e-14);
        }
    });

    [Fact]
    public void At_RandomCases_EqualsTheDensePosterior() => Seeds.ForAll(30, seed =>
    {
        var random = new FeatureCase(seed);
        var (dense, points) = (random.Dense(), random.SeenAndUnseen(3));
        var posterior = random.Model().At(points);
        for (var i = 0; i < points.Count; i++)
        {
            // Condition numbers up to about 1e4.
            Close.Equal(dense.CovarianceAt(points.Row(i)), posterior.TaskCovariance(i), 1e-9, 1e-10);
            Close.Equal(dense.Mean(1, points.Row(i)), posterior.Mean(1)[i], 1e-9, 1e-10);
        }
    });

    [Fact]
    public void Row_InputsWithTheSameFeaturesOnly_AreNotTheSame()
    {
        var kernel = new InputKernel(SquaredExponential.Instance, [1], [2], 9);
        var row = new double[1];
        kernel.Row(new Points(2, [[0, 1]]), 0, new Points(2, [[1, 1]]), row);
        Close.Equal(Math.Exp(-0.5) + 2, row[0], 1e-15);
    }
}
