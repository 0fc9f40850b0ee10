using Bitcurve.Models.Data;

namespace Bitcurve.Search.Bench.Quality;

/// <summary>A figure with its 90 % interval.</summary>
public readonly record struct Interval(double Value, double Lower, double Upper)
{
    public override string ToString() => FormattableString.Invariant($"{Value:F2} [{Lower:F2}, {Upper:F2}]");
}

/// <summary>Percentile intervals by resampling searches with replacement (Efron 1979); the same data give the same interval.</summary>
public static class Bootstrap
{
    private const int Resamples = 4000;
    private const double Tail = 0.05;

    /// <summary>The mean of at least one value.</summary>
    public static Interval Mean(IReadOnlyList<double> values) => Of(values.Count, values.Average(), drawn => drawn.Average(index => values[index]));

    /// <summary>Mean of values over mean of reference, both resampled together because position k of both belongs to the same seed.</summary>
    /// <param name="values">At least one.</param>
    /// <param name="reference">As many.</param>
    /// <returns>NaN or infinite bounds where a resampled reference has mean 0.</returns>
    public static Interval RatioOfMeans(IReadOnlyList<double> values, IReadOnlyList<double> reference) =>
        Of(values.Count, values.Sum() / reference.Sum(), drawn => drawn.Sum(index => values[index]) / drawn.Sum(index => reference[index]));

    /// <summary>The median of at least one value.</summary>
    public static Interval MedianOf(IReadOnlyList<double> values) =>
        Of(values.Count, Median(values), drawn => Median([.. drawn.Select(index => values[index])]));

    public static double Median(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static Interval Of(int count, double value, Func<int[], double> statistic)
    {
        var random = new KeyedRandom(count);
        var drawn = new int[count];
        var statistics = new double[Resamples];
        for (var k = 0; k < Resamples; k++)
        {
            for (var position = 0; position < count; position++)
            {
                drawn[position] = random.NextInt(count);
            }

            statistics[k] = statistic(drawn);
        }

        Array.Sort(statistics);
        return new Interval(value, statistics[(int)(Tail * (Resamples - 1))], statistics[(int)((1 - Tail) * (Resamples - 1))]);
    }
}
