namespace Bitcurve.Search.Choosing;

/// <summary>What makes one configuration better than another.</summary>
public enum RankBy
{
    Effective,
    Accuracy,
    Memory,
    Bits,
    BitOperations,
}

/// <summary>How the best configuration of a search is chosen.</summary>
public sealed record ChoosingSettings
{
    /// <summary>
    /// k of the effective accuracy: one more bit in one layer must buy 1/k of accuracy; of a metric that is no fraction 1/k of what the FP32
    /// baseline reaches (<see cref="MetricScale"/>). The authors' code uses 1000.
    /// </summary>
    public double BitsPerAccuracy { get; init; } = 1000;

    public RankBy RankBy { get; init; } = RankBy.Effective;

    /// <summary>Hard limit on the stored size, bytes; null for none.</summary>
    public long? MaximumMemoryBytes { get; init; }

    /// <summary>Hard limit on the metric: the worst value that is allowed, the largest of one to be minimised; null for none.</summary>
    public double? MinimumAccuracy { get; init; }

    /// <exception cref="ArgumentException">A value is out of its range.</exception>
    public void Validate()
    {
        if (!(BitsPerAccuracy > 0) || double.IsInfinity(BitsPerAccuracy))
        {
            throw new ArgumentException($"k of the effective accuracy: expected a positive number, actual {BitsPerAccuracy}.");
        }

        if (MaximumMemoryBytes is <= 0)
        {
            throw new ArgumentException($"Maximum memory: expected a positive number of bytes, actual {MaximumMemoryBytes}.");
        }

        if (MinimumAccuracy is double minimum && !double.IsFinite(minimum))
        {
            throw new ArgumentException($"Minimum accuracy: expected a finite number, actual {MinimumAccuracy}.");
        }
    }
}
