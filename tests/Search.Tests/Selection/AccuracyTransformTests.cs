using Bitcurve.Search.Choosing;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

public class AccuracyTransformTests
{
    [Fact]
    public void LogLoss_ByHand_IsMinusTheLogarithmOfTheDistanceToTheCeiling()
    {
        // c = 0.95 + 0.03: a = 0.88 lies 0.1 below.
        Assert.Equal(-Math.Log(0.1), AccuracyTransform.Of("log-loss", 0.95).Apply(0.88), 12);
    }

    [Fact]
    public void LogLoss_AboveTheCeiling_StaysFinite() => Assert.Equal(-Math.Log(0.003), AccuracyTransform.Of("log-loss", 0.9).Apply(0.99), 12);

    [Theory]
    [InlineData(3.0, 0.04)]
    [InlineData(1.0, 2.0)]
    [InlineData(0.2, 9.0)]
    public void LogLoss_Invert_EqualsIntegrationOverAccuraciesCutAtZero(double mean, double variance)
    {
        var transform = AccuracyTransform.Of("log-loss", 0.95);
        var (first, second, weight) = (0.0, 0.0, 0.0);
        for (var z = -9.0; z <= 9; z += 1e-4)
        {
            var accuracy = Math.Max(0, 0.98 - Math.Exp(-(mean + (z * Math.Sqrt(variance)))));
            var density = Math.Exp(-z * z / 2);
            (first, second, weight) = (first + (density * accuracy), second + (density * accuracy * accuracy), weight + density);
        }

        var (actual, deviation) = transform.Invert(mean, variance);
        Assert.Equal(first / weight, actual, 6);
        Assert.Equal(Math.Sqrt((second / weight) - Math.Pow(first / weight, 2)), deviation, 6);
    }

    [Theory]
    [InlineData(0.0, 60.0)]
    [InlineData(-40.0, 1.0)]
    [InlineData(5.0, 4000.0)]
    [InlineData(3.0, 0.0)]
    public void LogLoss_InvertFarFromData_StaysAnAccuracy(double mean, double variance)
    {
        var (accuracy, deviation) = AccuracyTransform.Of("log-loss", 0.95).Invert(mean, variance);

        Assert.InRange(accuracy, 0, 0.98);
        Assert.InRange(deviation, 0, 0.98);
    }

    [Theory]
    [InlineData("log-loss")]
    [InlineData("none")]
    public void Apply_HigherAccuracy_IsHigher(string name)
    {
        var transform = AccuracyTransform.Of(name, 0.95);
        double[] accuracies = [0, 0.1, 0.5, 0.9, 0.94, 0.96];

        Assert.Equal(accuracies, accuracies.OrderBy(transform.Apply));
    }

    [Theory]
    [InlineData("log-loss")]
    [InlineData("none")]
    public void Invert_NoVariance_UndoesApply(string name)
    {
        var transform = AccuracyTransform.Of(name, 0.95);
        var (mean, deviation) = transform.Invert(transform.Apply(0.87), 0);

        Assert.Equal(0.87, mean, 12);
        Assert.Equal(0, deviation, 12);
    }

    [Theory]
    [InlineData("log-loss")]
    [InlineData("none")]
    public void Undo_AndBound_AreInverses(string name)
    {
        var transform = AccuracyTransform.Of(name, 0.95);

        Assert.All(new[] { 0.01, 0.1, 0.5, 0.9, 0.97 }, accuracy => Assert.Equal(accuracy, transform.Undo(transform.Bound(accuracy)), 12));
    }

    // No value of the transformed scale stands for an accuracy above the ceiling of 0.98.
    [Fact]
    public void LogLoss_BoundAtTheCeiling_IsKeptByEverything() =>
        Assert.Equal(double.PositiveInfinity, AccuracyTransform.Of("log-loss", 0.95).Bound(0.98));

    [Fact]
    public void LogLoss_Invert_HasTheMomentsOfALogNormalLoss()
    {
        // Loss = exp(-y), y ~ N(3, 0.0625), so small that nothing reaches 0: mean exp(-3 + 0.03125), variance (e^0.0625 - 1) mean^2.
        var (mean, deviation) = AccuracyTransform.Of("log-loss", 0.95).Invert(3, 0.0625);
        var loss = Math.Exp(-2.96875);

        Assert.Equal(0.98 - loss, mean, 12);
        Assert.Equal(loss * Math.Sqrt(Math.Exp(0.0625) - 1), deviation, 9);
    }

    [Fact]
    public void Of_Unknown_ListsTheNames() =>
        Assert.Equal("Accuracy transform: expected one of log-loss, none, actual 'cube'.", Assert.Throws<ArgumentException>(() => AccuracyTransform.Of("cube", 0.9)).Message);

    /// <summary>A positive metric to be minimised is a loss already; in scores of FP32's 0.02 the value 0.05 is -2.5.</summary>
    [Fact]
    public void LogLoss_MinimisedPositiveMetric_IsItsLogarithm()
    {
        var transform = AccuracyTransform.Of("log-loss", Minimised, 0.02, [0.05, 0.01]);

        Assert.Equal(-Math.Log(2.5), transform.Apply(-2.5), 12);
        Assert.Equal(-2.5, transform.Undo(-Math.Log(2.5)), 12);
        Assert.Equal(-Math.Log(2.5), transform.Bound(-2.5), 12);
        Assert.Equal(double.PositiveInfinity, transform.Bound(0));
        var (mean, deviation) = transform.Invert(0, 100);
        Assert.True(mean is > -1000 and < 0 && deviation is > 0 and < 1000);
    }

    /// <summary>With a value that is not positive nothing is known of a least one: the ceiling is a little above the baseline.</summary>
    [Theory]
    [InlineData(0.02, -0.01)]
    [InlineData(-0.02, 0.01)]
    [InlineData(0.0, 0.01)]
    public void LogLoss_MinimisedMetricThatMayBeNegative_KeepsTheOrder(double baseline, double measured)
    {
        var scale = MetricScale.Of(Searches.Definition().Workload with { Goal = MetricGoal.Minimize, MetricIsFraction = false }, baseline);
        var transform = AccuracyTransform.Of("log-loss", scale, baseline, [measured]);
        double[] values = [.. new[] { 0.5, 0.05, 0.021 }.Select(value => transform.Apply(scale.Score(value)))];

        Assert.Equal(values.Order(), values);
        Assert.All(values, value => Assert.True(double.IsFinite(value)));
        Assert.Equal(-Math.Log(0.03), transform.Apply(scale.Score(baseline)), 9);
    }

    private static MetricScale Minimised => MetricScale.Of(Searches.Definition().Workload with { Goal = MetricGoal.Minimize, MetricIsFraction = false }, 0.02);
}
