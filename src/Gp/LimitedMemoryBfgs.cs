namespace Bitcurve.Gp;

/// <summary>A function of a vector, with its gradient; positive infinity where it is not defined.</summary>
internal delegate double DifferentiableFunction(ReadOnlySpan<double> point, Span<double> gradient);

/// <summary>Where a minimisation ended.</summary>
internal sealed record Minimum(double[] Point, double Value, int Evaluations);

/// <summary>
/// L-BFGS (Nocedal and Wright 2006, algorithm 7.5) with the bisection line search for the weak Wolfe conditions of Lewis and Overton 2013,
/// which needs no interpolation and so never leaves the region where the function is defined. Deterministic.
/// </summary>
internal sealed class LimitedMemoryBfgs(DifferentiableFunction function, int iterationLimit)
{
    private const int Memory = 10;
    private const int LineSearchLimit = 20;
    private const double LongestStep = 4;
    private const double SufficientDecrease = 1e-4;
    private const double CurvatureFraction = 0.9;
    private const double GradientTolerance = 1e-5;
    private const double DecreaseTolerance = 1e-9;

    private readonly List<(double[] Step, double[] Change, double Inverse)> _history = [];
    private int _evaluations;

    public Minimum Minimize(double[] start)
    {
        var point = start.ToArray();
        var gradient = new double[point.Length];
        var value = Evaluate(point, gradient);
        for (var iteration = 0; iteration < iterationLimit && double.IsFinite(value) && Largest(gradient) > GradientTolerance; iteration++)
        {
            var direction = Direction(gradient);
            if (!TryLineSearch(point, value, gradient, direction, out var next, out var nextValue, out var nextGradient))
            {
                if (_history.Count == 0)
                {
                    break;
                }
                // A misleading memory, not a minimum, may be the cause: once more along the gradient.
                _history.Clear();
                continue;
            }
            var decrease = value - nextValue;
            Remember(point, gradient, next, nextGradient);
            (point, value, gradient) = (next, nextValue, nextGradient);
            if (decrease <= DecreaseTolerance * (1 + Math.Abs(value)))
            {
                break;
            }
        }
        return new Minimum(point, value, _evaluations);
    }

    private bool TryLineSearch(
        double[] point, double value, double[] gradient, double[] direction,
        out double[] next, out double nextValue, out double[] nextGradient)
    {
        var slope = RowProducts.Dot(gradient, direction);
        var (low, high, step) = (0.0, double.PositiveInfinity, 1.0);
        (double[] Point, double Value, double[] Gradient)? best = null;
        for (var trial = 0; trial < LineSearchLimit; trial++)
        {
            var candidate = point.ToArray();
            RowProducts.AddScaled(step, direction, candidate);
            var candidateGradient = new double[point.Length];
            var candidateValue = Evaluate(candidate, candidateGradient);
            if (!(candidateValue <= value + (SufficientDecrease * step * slope)))
            {
                high = step;
            }
            else
            {
                best = (candidate, candidateValue, candidateGradient);
                if (RowProducts.Dot(candidateGradient, direction) >= CurvatureFraction * slope)
                {
                    break;
                }
                low = step;
            }
            step = double.IsPositiveInfinity(high) ? 2 * step : 0.5 * (low + high);
        }
        (next, nextValue, nextGradient) = best ?? (point, value, gradient);
        return best is not null;
    }

    /// <summary>-H g by the two-loop recursion, no longer than <see cref="LongestStep"/>.</summary>
    private double[] Direction(double[] gradient)
    {
        var direction = gradient.Select(g => -g).ToArray();
        var coefficients = new double[_history.Count];
        for (var i = _history.Count - 1; i >= 0; i--)
        {
            coefficients[i] = _history[i].Inverse * RowProducts.Dot(_history[i].Step, direction);
            RowProducts.AddScaled(-coefficients[i], _history[i].Change, direction);
        }
        Scale(direction, InitialScale(gradient));
        for (var i = 0; i < _history.Count; i++)
        {
            var correction = _history[i].Inverse * RowProducts.Dot(_history[i].Change, direction);
            RowProducts.AddScaled(coefficients[i] - correction, _history[i].Step, direction);
        }
        var length = Math.Sqrt(RowProducts.Dot(direction, direction));
        Scale(direction, length > LongestStep ? LongestStep / length : 1);
        return direction;
    }

    private double InitialScale(double[] gradient)
    {
        if (_history.Count == 0)
        {
            return 1 / Math.Max(1, Math.Sqrt(RowProducts.Dot(gradient, gradient)));
        }
        var (_, change, inverse) = _history[^1];
        return 1 / (inverse * RowProducts.Dot(change, change));
    }

    private void Remember(double[] point, double[] gradient, double[] next, double[] nextGradient)
    {
        var step = next.Zip(point, (after, before) => after - before).ToArray();
        var change = nextGradient.Zip(gradient, (after, before) => after - before).ToArray();
        var curvature = RowProducts.Dot(step, change);
        // Only positive curvature keeps H positive definite; the line search leaves it so unless it was cut off.
        if (curvature > 1e-12 * RowProducts.Dot(change, change))
        {
            _history.Add((step, change, 1 / curvature));
        }
        if (_history.Count > Memory)
        {
            _history.RemoveAt(0);
        }
    }

    private double Evaluate(double[] point, double[] gradient)
    {
        _evaluations++;
        return function(point, gradient);
    }

    private static void Scale(double[] vector, double factor)
    {
        for (var i = 0; i < vector.Length; i++)
        {
            vector[i] *= factor;
        }
    }

    private static double Largest(double[] vector) => vector.Max(Math.Abs);
}
