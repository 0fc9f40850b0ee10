namespace Bitcurve.Gp.Tests;

public sealed class StandardizationTests
{
    [Fact]
    public void Of_TwoTasks_UsesTheStatisticsOfEach()
    {
        var observations = Of((0, 1), (0, 3), (1, 10), (1, 20), (1, 30));
        var standardization = Standardization.Of(observations, 1);
        var values = standardization.Apply(observations).Values.ToArray();

        Close.Equal([2, 20], standardization.Centre, 1e-15);
        Close.Equal([Math.Sqrt(2), 10], standardization.Scale, 1e-15);
        Close.Equal([-Math.Sqrt(0.5), Math.Sqrt(0.5), -1, 0, 1], values, 1e-15);
    }

    [Fact]
    public void Of_TaskWithOneObservation_BorrowsTheTarget()
    {
        var standardization = Standardization.Of(Of((0, 1), (1, 10), (1, 20), (1, 30)), 1);
        Close.Equal([20, 20], standardization.Centre, 1e-15);
        Close.Equal([10, 10], standardization.Scale, 1e-15);
    }

    [Fact]
    public void Of_TargetWithOneObservation_BorrowsAllValues()
    {
        var standardization = Standardization.Of(Of((0, 1), (0, 3), (1, 5)), 1);
        Close.Equal([2, 3], standardization.Centre, 1e-15);
        Close.Equal([Math.Sqrt(2), 2], standardization.Scale, 1e-15);
    }

    [Fact]
    public void Of_ConstantTask_KeepsItsCentreAndBorrowsTheScale()
    {
        var standardization = Standardization.Of(Of((0, 7), (0, 7), (1, 10), (1, 20), (1, 30)), 1);
        Close.Equal([7, 20], standardization.Centre, 1e-15);
        Close.Equal([10, 10], standardization.Scale, 1e-15);
    }

    [Fact]
    public void Of_AllEqualOrNone_HasScaleOne()
    {
        Assert.Equal([1, 1], Standardization.Of(Of((0, 7), (1, 7), (1, 7)), 1).Scale);
        Assert.Equal([7, 7], Standardization.Of(Of((0, 7), (1, 7), (1, 7)), 1).Centre);
        Assert.Equal([1, 1], Standardization.Of(Of(), 1).Scale);
        Assert.Equal([0, 0], Standardization.Of(Of(), 1).Centre);
    }

    [Fact]
    public void Invert_Applied_GivesTheValuesBack() => Seeds.ForAll(30, seed =>
    {
        var random = new RandomCase(seed);
        var standardization = Standardization.Of(random.Observations, random.Task());
        var values = standardization.Apply(random.Observations).Values.ToArray();
        for (var i = 0; i < values.Length; i++)
        {
            Close.Equal(random.Observations.Values[i], standardization.Invert(random.Observations.Design.Tasks[i], values[i]), 1e-12,
                1e-12);
        }
    });

    [Fact]
    public void Invert_Posterior_ScalesVarianceBySquare()
    {
        var inverted = new Standardization([5], [3]).Invert(0, new TaskPosterior([1], [2]));
        Assert.Equal([8], inverted.Mean);
        Assert.Equal([18], inverted.Variance);
    }

    [Fact]
    public void Constructor_WrongScale_ThrowsNamingIt()
    {
        Assert.Contains("Expected scales > 0, got 0.", Assert.Throws<ArgumentException>(() => new Standardization([1], [0])).Message);
        Assert.Contains("Expected 1 scales, one per centre, got 2.",
            Assert.Throws<ArgumentException>(() => new Standardization([1], [1, 1])).Message);
    }

    private static Observations Of(params (int Task, double Value)[] rows) => new(
        1, 2, [.. rows.Select((_, i) => new[] { (double)i })], [.. rows.Select(row => row.Task)], [.. rows.Select(row => row.Value)]);
}
