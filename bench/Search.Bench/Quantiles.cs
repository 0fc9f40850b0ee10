namespace Bitcurve.Search.Bench;

/// <summary>Median and 95th percentile, by nearest rank.</summary>
internal static class Quantiles
{
    /// <returns>Zeros where nothing was measured.</returns>
    internal static (double Median, double P95) Of(IReadOnlyCollection<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? (0, 0) : (sorted[sorted.Length / 2], sorted[(int)(0.95 * (sorted.Length - 1))]);
    }
}
