namespace Bitcurve.Models.Bench;

/// <summary>Repetitions of one thing; at least one.</summary>
public sealed record Timings(string Name, IReadOnlyList<Elapsed> Repetitions)
{
    /// <summary>Wall time, milliseconds.</summary>
    public double Median => MedianOf(Repetitions.Select(r => r.WallMs));

    /// <summary>Wall time, milliseconds.</summary>
    public double Min => Repetitions.Min(r => r.WallMs);

    /// <summary>Wall time, milliseconds.</summary>
    public double Max => Repetitions.Max(r => r.WallMs);

    /// <summary>Processor time of all threads, milliseconds.</summary>
    public double MedianProcessor => MedianOf(Repetitions.Select(r => r.ProcessorMs));

    /// <summary>How this compares with a reference.</summary>
    public Ratios To(Timings reference) => new(
        Median / reference.Median,
        Min / reference.Min,
        MedianProcessor / reference.MedianProcessor);

    /// <summary>Median and, in brackets, minimum and maximum of the wall time.</summary>
    public override string ToString() => FormattableString.Invariant($"{Median:F1} ({Min:F1}-{Max:F1})");

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}

/// <summary>Ratios of two timings: of the medians and of the minima on the wall, and of the medians of processor time.</summary>
public sealed record Ratios(double Median, double Min, double Processor)
{
    public override string ToString() => FormattableString.Invariant($"{Median:F2}, {Min:F2}, {Processor:F2}");
}
