namespace Bitcurve.Gp.Tests;

public sealed class LimitedMemoryBfgsTests
{
    [Fact]
    public void Minimize_Rosenbrock_FindsTheMinimum()
    {
        var minimum = new LimitedMemoryBfgs(Rosenbrock, 200).Minimize([-1.2, 1]);
        Close.Equal([1, 1], minimum.Point, 1e-4);
        Assert.InRange(minimum.Evaluations, 10, 120);
    }

    [Fact]
    public void Minimize_UndefinedBeyondABorder_StaysWithin()
    {
        // x - log x has its minimum at 1 and is undefined from 0 on.
        var minimum = new LimitedMemoryBfgs(
            (x, gradient) =>
            {
                gradient[0] = 1 - (1 / x[0]);
                return x[0] > 0 ? x[0] - Math.Log(x[0]) : double.PositiveInfinity;
            },
            100).Minimize([3]);
        Close.Equal(1, minimum.Point[0], 1e-4);
    }

    [Fact]
    public void Minimize_StartUndefined_ReportsInfinity() =>
        Assert.Equal(double.PositiveInfinity, new LimitedMemoryBfgs((_, _) => double.PositiveInfinity, 10).Minimize([0]).Value);

    [Fact]
    public void Minimize_UnboundedBelow_EndsAtTheIterationLimit()
    {
        var minimum = new LimitedMemoryBfgs(
            (x, gradient) =>
            {
                gradient[0] = 1;
                return x[0];
            },
            5).Minimize([0]);
        Assert.True(double.IsFinite(minimum.Value));
    }

    private static double Rosenbrock(ReadOnlySpan<double> x, Span<double> gradient)
    {
        var curve = x[1] - (x[0] * x[0]);
        gradient[0] = (-400 * x[0] * curve) - (2 * (1 - x[0]));
        gradient[1] = 200 * curve;
        return (100 * curve * curve) + ((1 - x[0]) * (1 - x[0]));
    }
}
