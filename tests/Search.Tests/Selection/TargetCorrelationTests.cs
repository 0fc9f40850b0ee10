using Bitcurve.Search.Selection;

namespace Bitcurve.Search.Tests.Selection;

public class TargetCorrelationTests
{
    private static readonly double[,] Covariance = { { 2, 0.8 }, { 0.8, 1 } };

    private static readonly TargetCorrelation Correlation = new(Covariance, [0.5, 0.25], target: 1);

    [Fact]
    public void Squared_OneTask_IsTheSquaredCorrelationOfItsMeasurement()
    {
        Assert.Equal(0.8 * 0.8 / 2.5, Correlation.Squared(0), 12);
        Assert.Equal(1 / 1.25, Correlation.Squared(1), 12);
    }

    // c = (0.8, 1), C = [2.5 0.8; 0.8 1.25], det 2.485: c^T C^-1 c = (0.64 * 1.25 - 2 * 0.8 * 0.8 + 2.5) / 2.485.
    [Fact]
    public void Squared_BothTasks_IsThatOfTheBestLinearPredictor() =>
        Assert.Equal(((0.64 * 1.25) - (2 * 0.8 * 0.8) + 2.5) / 2.485, Correlation.Squared(0, 1), 12);

    [Fact]
    public void Squared_NothingLeftToPredict_IsZero()
    {
        Assert.Equal(0, Correlation.Squared());
        Assert.Equal(0, new TargetCorrelation(new double[,] { { 1, 0 }, { 0, 0 } }, [0.5, 0.25], target: 1).Squared(0, 1));
    }
}
