namespace Bitcurve.Search.Report.Charts;

/// <summary>Chooses round values to mark on an axis of any scale.</summary>
public static class Ticks
{
    private const int MaximumMultiples = 200;
    private const int Decades = 4;

    /// <summary>
    /// Multiples of 5, 2 and 1 times powers of ten, roundest first, each kept when it is far enough from those kept before
    /// and its step is not too fine for this part of the scale; ascending.
    /// </summary>
    /// <param name="scale">The axis.</param>
    /// <param name="minimumDistance">Least distance between two marks in the units of the drawing, above 0.</param>
    public static IReadOnlyList<double> Of(IScale scale, double minimumDistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumDistance);
        IEnumerable<double> steps = Steps(scale.Maximum - scale.Minimum);
        if (scale is LinearScale)
        {
            // Marks of an even scale are expected to be even: one step, the finest that has room.
            steps = steps.Where(step => Distance(scale, scale.Minimum, step) >= minimumDistance).TakeLast(1);
        }

        var kept = new SortedSet<double>();
        foreach ((double value, double step) in steps.SelectMany(step => Multiples(scale, step).Select(value => (value, step))))
        {
            // Where a step is far too fine to be marked throughout, a single multiple of it would look arbitrary.
            if (Distance(scale, value, step) >= minimumDistance / 2
                && kept.All(other => Math.Abs(scale.At(other) - scale.At(value)) >= minimumDistance))
            {
                kept.Add(value);
            }
        }

        return [.. kept];
    }

    private static IEnumerable<double> Multiples(IScale scale, double step)
    {
        double first = Math.Ceiling((scale.Minimum / step) - 1e-9);
        double last = Math.Floor((scale.Maximum / step) + 1e-9);
        for (double multiple = first; multiple <= last && last - first <= MaximumMultiples; multiple++)
        {
            yield return Math.Round(multiple * step, 10) + 0.0; // Adding zero turns a negative zero into one that prints as 0.
        }
    }

    /// <summary>From a value to its neighbour one step away.</summary>
    private static double Distance(IScale scale, double value, double step)
    {
        double neighbour = value + step <= scale.Maximum ? value + step : value - step;
        return Math.Abs(scale.At(neighbour) - scale.At(value));
    }

    private static IEnumerable<double> Steps(double range)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(range)));
        for (int decade = 0; decade < Decades; decade++, power /= 10)
        {
            yield return 5 * power;
            yield return 2 * power;
            yield return power;
        }
    }
}
