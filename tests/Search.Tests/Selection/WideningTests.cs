using Bitcurve.Gp;
using Bitcurve.Search.Selection;
using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Tests.Selection;

public class WideningTests
{
    [Fact]
    public void Of_NoNetworks_IsThePriorsAlone() =>
        Assert.Equal(Math.Sqrt(3) * StudentT.InvCDF(0, 1, 4, 0.95) / Normal.InvCDF(0, 1, 0.95), Widening.Of([], 1), 9);

    [Fact]
    public void Of_ResidualsOfOtherTasks_DoNotCount() =>
        Assert.Equal(Widening.Of([], 1), Widening.Of([Left(task: 0, residual: 9), Left(task: 2, residual: 0)], 1));

    [Fact]
    public void Of_ManyWellPredictedNetworks_TendsToOne() =>
        Assert.InRange(Widening.Of([.. Enumerable.Range(0, 2000).Select(_ => Left(1, residual: 0.5))], 1), 1, 1.001);

    [Fact]
    public void Of_LargerResiduals_WidensMore()
    {
        double Of(double residual) => Widening.Of([.. Enumerable.Range(0, 8).Select(_ => Left(1, residual))], 1);

        Assert.True(Of(1) < Of(2) && Of(2) < Of(3));
        // (4 * 3 + 8 * 9) / 12 = 7, ten more degrees of freedom than none.
        Assert.Equal(Math.Sqrt(7) * StudentT.InvCDF(0, 1, 12, 0.95) / Normal.InvCDF(0, 1, 0.95), Of(3), 9);
    }

    private static LeftOut Left(int task, double residual) => new(0, task, residual, 0, 1);
}
