namespace Bitcurve.Gp.Tests;

public sealed class BfgsTests
{
    [Fact]
    public void Minimize_Rosenbrock_FindsTheMinimum()
    {
        var minimum = new Bfgs(new Rosenbrock(), 200, 1e-12).Minimize([-1.2, 1]);
        Close.Equal([1, 1], minimum.Point, 1e-4);
        Assert.InRange(minimum.Evaluations, 10, 120);
    }

    [Fact]
    public void Minimize_WithTheInverseHessianOfAnEarlierRun_NeedsFewerEvaluations()
    {
        var cold = new Bfgs(new Rosenbrock(), 200, 1e-12).Minimize([-1.2, 1]);
        double[] near = [1.02, 1.05];
        var without = new Bfgs(new Rosenbrock(), 200, 1e-12).Minimize(near);
        var with = new Bfgs(new Rosenbrock(), 200, 1e-12).Minimize(near, cold.InverseHessian);

        Close.Equal([1, 1], with.Point, 1e-4);
        Assert.True(with.Evaluations < without.Evaluations, $"{with.Evaluations} and {without.Evaluations}");
    }

    [Fact]
    public void Minimize_InverseHessianOfAnotherSize_IsIgnored() =>
        Close.Equal([1, 1], new Bfgs(new Rosenbrock(), 200, 1e-12).Minimize([-1.2, 1], [1]).Point, 1e-4);

    [Fact]
    public void Minimize_UndefinedBeyondABorder_StaysWithin()
    {
        // x - log x has its minimum at 1 and is undefined from 0 on.
        var function = new Function(x => x > 0 ? x - Math.Log(x) : double.PositiveInfinity, x => 1 - (1 / x));
        Close.Equal(1, new Bfgs(function, 100, 1e-12).Minimize([3]).Point[0], 1e-4);
    }

    [Fact]
    public void Minimize_StartUndefined_ReportsInfinity() =>
        Assert.Equal(double.PositiveInfinity, new Bfgs(new Function(_ => double.PositiveInfinity, _ => 0), 10, 0).Minimize([0]).Value);

    [Fact]
    public void Minimize_UnboundedBelow_EndsAtTheIterationLimit() =>
        Assert.True(double.IsFinite(new Bfgs(new Function(x => x, _ => 1), 5, 0).Minimize([0]).Value));

    private sealed class Function(Func<double, double> value, Func<double, double> slope) : IDifferentiableFunction
    {
        private double _at;

        public double Evaluate(ReadOnlySpan<double> point) => value(_at = point[0]);

        public void Gradient(Span<double> gradient) => gradient[0] = slope(_at);
    }

    private sealed class Rosenbrock : IDifferentiableFunction
    {
        private double[] _at = [];

        public double Evaluate(ReadOnlySpan<double> point)
        {
            _at = point.ToArray();
            return (100 * Math.Pow(_at[1] - (_at[0] * _at[0]), 2)) + ((1 - _at[0]) * (1 - _at[0]));
        }

        public void Gradient(Span<double> gradient)
        {
            var curve = _at[1] - (_at[0] * _at[0]);
            gradient[0] = (-400 * _at[0] * curve) - (2 * (1 - _at[0]));
            gradient[1] = 200 * curve;
        }
    }
}
