namespace Bitcurve.Gp.Tests;

public sealed class TaskCovariancesTests
{
    [Fact]
    public void Indexer_EitherOrderOfTasks_IsTheSameEntry()
    {
        var covariances = Counting();
        Assert.Equal(3, covariances[1, 0, 0]);
        Assert.Equal(4, covariances[1, 1, 0]);
        Assert.Equal(4, covariances[1, 0, 1]);
        Assert.Equal(5, covariances[1, 1, 1]);
        Assert.Equal(new double[,] { { 3, 4 }, { 4, 5 } }, covariances.At(1));
    }

    [Fact]
    public void At_ResultChanged_LeavesTheTable()
    {
        var covariances = Counting();
        covariances.At(0)[0, 0] = 99;
        Assert.Equal(0, covariances[0, 0, 0]);
    }

    [Fact]
    public void Indexer_OutOfRange_ThrowsNamingTheRange()
    {
        var covariances = Counting();
        Assert.Contains("Expected a task in [0, 2), got 2.", Assert.Throws<ArgumentException>(() => covariances[0, 2, 0]).Message);
        Assert.Contains("Expected a task in [0, 2), got -1.", Assert.Throws<ArgumentException>(() => covariances[0, 0, -1]).Message);
        Assert.Contains("Expected a point in [0, 2), got 2.", Assert.Throws<ArgumentOutOfRangeException>(() => covariances[2, 0, 0]).Message);
        Assert.Contains("got -1.", Assert.Throws<ArgumentOutOfRangeException>(() => covariances.At(-1)).Message);
    }

    /// <summary>Two points and two tasks, entries 0, 1, 2; 3, 4, 5 by rows of the lower triangle.</summary>
    private static TaskCovariances Counting()
    {
        var covariances = new TaskCovariances(2, 2);
        for (var point = 0; point < 2; point++)
        {
            covariances.Plane(0, 0)[point] = 3 * point;
            covariances.Plane(1, 0)[point] = (3 * point) + 1;
            covariances.Plane(1, 1)[point] = (3 * point) + 2;
        }
        return covariances;
    }
}
