namespace Bitcurve.Search.Report.Charts;

/// <summary>Chooses round values to mark on an axis of any scale.</summary>
public static class Ticks
{
    private const int MaximumMultiples = 200;
    private const int Decades = 4;

    /// <summary>
    /// Multiples of 5, 2 and 1 times powers of ten, roundest first, each kept when it is far enough from those kept before; ascending.
    /// </summary>
    /// <param name="scale">The axis.</param>
    /// <param name="minimumDistance">Least distance between two marks in the units of the drawing, above 0.</param>
    public static IReadOnlyList<double> Of(IScale scale, double minimumDistance)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumDistance);
        var kept = new SortedSet<double>();
        foreach (double step in Steps(scale.Maximum - scale.Minimum))
        {
            double first = Math.Ceiling((scale.Minimum / step) - 1e-9);
            double last = Math.Floor((scale.Maximum / step) + 1e-9);
            for (double multiple = first; multiple <= last && last - first <= MaximumMultiples; multiple++)
            {
                double value = Math.Round(multiple * step, 10);
                if (kept.All(other => Math.Abs(scale.At(other) - scale.At(value)) >= minimumDistance))
                {
                    kept.Add(value);
                }
            }
        }

        return [.. kept];
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
