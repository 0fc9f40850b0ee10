namespace Bitcurve.Gp;

/// <summary>
/// Minimisation by BFGS with a dense inverse Hessian (Nocedal and Wright 2006, algorithm 6.1): hyperparameters are some twenty, so the
/// whole matrix costs nothing against one evaluation, and it can be handed on to the next fit. Deterministic; one use.
/// </summary>
internal sealed class Bfgs(IDifferentiableFunction function, int iterationLimit, double tolerance)
{
    private const double LongestStep = 4;
    private const double GradientTolerance = 1e-6;

    private int _evaluations;

    /// <summary>Minimises from a start.</summary>
    /// <param name="start">P entries.</param>
    /// <param name="inverseHessian">P x P row-major, from an earlier minimisation of a similar function; null for none.</param>
    public Minimum Minimize(double[] start, double[]? inverseHessian = null)
    {
        var size = start.Length;
        var state = new State(start.ToArray(), Evaluate(start), new double[size]);
        var curvature = InverseHessian.Of(inverseHessian, size);
        if (!double.IsFinite(state.Value))
        {
            return new Minimum(state.Point, state.Value, _evaluations, curvature.Matrix);
        }
        function.Gradient(state.Gradient);
        var smallSteps = 0;
        for (var iteration = 0; iteration < iterationLimit && smallSteps < 2 && Largest(state.Gradient) > GradientTolerance; iteration++)
        {
            var direction = curvature.Direction(state.Gradient, LongestStep);
            var slope = RowProducts.Dot(state.Gradient, direction);
            var next = slope < 0 ? LineSearch(state, direction, slope) : null;
            if (next is null)
            {
                // Where next to nothing is promised, rounding decides whether a step is found.
                if (curvature.IsIdentity || (slope < 0 && -0.5 * slope <= tolerance))
                {
                    break;
                }
                // A misleading matrix, not a minimum, may be the cause: once more along the gradient.
                curvature = InverseHessian.Of(null, size);
                continue;
            }
            curvature.Update(state, next);
            // The drop, and what the quadratic model still promises: one small step alone may be a short one.
            smallSteps = state.Value - next.Value <= tolerance && -0.5 * slope <= 10 * tolerance ? smallSteps + 1 : 0;
            state = next;
        }
        return new Minimum(state.Point, state.Value, _evaluations, curvature.Matrix);
    }

    /// <summary>A step that satisfies the weak Wolfe conditions, or null.</summary>
    private State? LineSearch(State from, double[] direction, double slope)
    {
        const int limit = 20;
        const double sufficientDecrease = 1e-4;
        const double curvatureFraction = 0.9;
        var (low, high, step) = (0.0, double.PositiveInfinity, 1.0);
        State? best = null;
        for (var trial = 0; trial < limit; trial++)
        {
            var point = from.Point.ToArray();
            RowProducts.AddScaled(step, direction, point);
            var value = Evaluate(point);
            if (!(value <= from.Value + (sufficientDecrease * step * slope)))
            {
                high = step;
                step = Interpolate(from.Value, slope, low, high, value);
                continue;
            }
            // The gradient costs twice the value, so it is asked for only where it may be kept.
            best = new State(point, value, new double[point.Length]);
            function.Gradient(best.Gradient);
            if (RowProducts.Dot(best.Gradient, direction) >= curvatureFraction * slope)
            {
                break;
            }
            low = step;
            step = double.IsPositiveInfinity(high) ? 2 * step : 0.5 * (low + high);
        }
        return best;
    }

    /// <summary>The minimum of the parabola through value and slope at 0 and the value at <paramref name="high"/>, kept inside.</summary>
    private static double Interpolate(double start, double slope, double low, double high, double value)
    {
        var excess = value - start - (slope * high);
        var vertex = excess > 0 && double.IsFinite(value) ? -0.5 * slope * high * high / excess : 0.5 * (low + high);
        var width = high - low;
        return Math.Clamp(vertex, low + (0.1 * width), low + (0.6 * width));
    }

    private double Evaluate(double[] point)
    {
        _evaluations++;
        return function.Evaluate(point);
    }

    private static double Largest(double[] vector) => vector.Length == 0 ? 0 : vector.Max(Math.Abs);

    /// <summary>A point with its value and gradient.</summary>
    internal sealed record State(double[] Point, double Value, double[] Gradient);
}
