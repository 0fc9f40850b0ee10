namespace Bitcurve.Gp.Tests;

public sealed class ValidationTests
{
    [Fact]
    public void Points_RowOfOtherLength_ThrowsNamingBoth() =>
        Expect("Expected 2 coordinates for point 1, got 1.", () => new Points(2, [[1, 2], [3]]));

    [Fact]
    public void Points_NotFinite_ThrowsNamingThePlace() =>
        Expect("Expected finite coordinates, got NaN at point 0, dimension 1.", () => new Points(2, [[1, double.NaN]]));

    [Fact]
    public void Points_AppendOtherDimensions_ThrowsNamingBoth() =>
        Expect("Expected points of 1 dimensions, got 2.", () => new Points(1, [[1]]).Append(new Points(2, [[1, 2]])));

    [Fact]
    public void Points_AppendAndSelect_KeepRows()
    {
        var points = new Points(2, [[1, 2], [3, 4]]).Append(new Points(2, [[5, 6]])).Select([2, 0]);
        Assert.Equal([5, 6], points.Row(0));
        Assert.Equal([1, 2], points.Row(1));
        Assert.Equal(2, points.Count);
    }

    [Fact]
    public void Points_SourceChangedLater_StaysTheSame()
    {
        double[] row = [1];
        var points = new Points(1, [row]);
        row[0] = 9;
        Assert.Equal(1, points[0, 0]);
    }

    [Fact]
    public void Design_TaskOutOfRange_ThrowsNamingTheRange() =>
        Expect("Expected a task in [0, 2), got 2.", () => new Design(new Points(1, [[1]]), [2], 2));

    [Fact]
    public void Design_MissingTask_ThrowsNamingBoth() =>
        Expect("Expected 2 tasks, one per point, got 1.", () => new Design(new Points(1, [[1], [2]]), [0], 2));

    [Fact]
    public void Design_NegativeNoiseScale_ThrowsNamingIt() =>
        Expect("Expected finite noise scales of at least 0, got -1.", () => new Design(new Points(1, [[1]]), [0], 1, [-1]));

    [Fact]
    public void Design_AppendOtherTasks_ThrowsNamingBoth() =>
        Expect("Expected a design of 1 tasks, got 2.", () => Design.Empty(1, 1).Append(Design.Empty(1, 2)));

    [Fact]
    public void Observations_NotFinite_ThrowsSayingWhatAFailureIs() =>
        Expect("Expected finite values (a failed job is no observation), got NaN.", () => new Observations(1, 1, [[1]], [0], [double.NaN]));

    [Fact]
    public void Observations_MissingValue_ThrowsNamingBoth() =>
        Expect("Expected 1 values, one per point, got 0.", () => new Observations(1, 1, [[1]], [0], []));

    [Fact]
    public void Hyperparameters_OutOfRange_ThrowNamingIt()
    {
        Expect("Expected lengthscales > 0, got 0.", () => new Hyperparameters([0], [[1]], [0.1], [0]));
        Expect("Expected noise variances >= 0, got -0.1.", () => new Hyperparameters([1], [[1]], [-0.1], [0]));
        Expect("Expected 1 means, got 2.", () => new Hyperparameters([1], [[1]], [0.1], [0, 0]));
        Expect("Expected a positive diagonal of the coregionalization factor, got 0.", () => new Hyperparameters([1], [[0]], [0.1], [0]));
        Expect("Expected a lower triangular coregionalization factor, got 3.", () =>
            new Hyperparameters([1], [[1, 3], [0, 1]], [0.1, 0.1], [0, 0]));
        Expect("Expected 2 entries in row 1 of the coregionalization factor, got 1.", () =>
            new Hyperparameters([1], [[1, 0], [1]], [0.1, 0.1], [0, 0]));
        Expect("Expected finite means, got Infinity.", () => new Hyperparameters([1], [[1]], [0.1], [double.PositiveInfinity]));
    }

    [Fact]
    public void Coregionalization_FactorOfItsCovariance_IsTheFactor()
    {
        double[][] factor = [[2, 0], [1, 3]];
        var coregionalization = IntrinsicCoregionalization.FromFactor(factor);
        Assert.Equal([4, 2, 2, 10], new[] { coregionalization[0, 0], coregionalization[0, 1], coregionalization[1, 0],
            coregionalization[1, 1] });
        Close.Equal(factor, IntrinsicCoregionalization.FactorOf([4, 2, 2, 10], 2), 1e-15);
        Close.Equal(9, coregionalization.GivenTask(0)[1, 1], 1e-15);
        Close.Equal(2 / Math.Sqrt(40), coregionalization.Correlation(0, 1), 1e-15);
    }

    private static void Expect(string message, Func<object> action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
