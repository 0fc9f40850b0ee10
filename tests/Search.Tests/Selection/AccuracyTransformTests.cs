using Bitcurve.Search.Selection;

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

        Assert.All(new[] { -0.2, 0.1, 0.5, 0.9, 0.97 }, accuracy => Assert.Equal(accuracy, transform.Undo(transform.Bound(accuracy)), 12));
    }

    // No value of the transformed scale stands for an accuracy above the ceiling of 0.98.
    [Fact]
    public void LogLoss_BoundAtTheCeiling_IsKeptByEverything() =>
        Assert.Equal(double.PositiveInfinity, AccuracyTransform.Of("log-loss", 0.95).Bound(0.98));

    [Fact]
    public void LogLoss_Invert_HasTheMomentsOfALogNormalLoss()
    {
        // Loss = exp(-y), y ~ N(2, 0.25): mean exp(-2 + 0.125), variance (e^0.25 - 1) mean^2.
        var (mean, deviation) = AccuracyTransform.Of("log-loss", 0.95).Invert(2, 0.25);
        var loss = Math.Exp(-1.875);

        Assert.Equal(0.98 - loss, mean, 12);
        Assert.Equal(loss * Math.Sqrt(Math.Exp(0.25) - 1), deviation, 12);
    }

    [Fact]
    public void Of_Unknown_ListsTheNames() =>
        Assert.Equal("Accuracy transform: expected one of log-loss, none, actual 'cube'.", Assert.Throws<ArgumentException>(() => AccuracyTransform.Of("cube", 0.9)).Message);
}
