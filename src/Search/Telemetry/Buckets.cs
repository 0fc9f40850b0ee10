using System.Diagnostics.Metrics;

namespace Bitcurve.Search.Telemetry;

/// <summary>Upper ends of histograms' buckets, seconds: from what is quick to what should worry somebody.</summary>
internal static class Buckets
{
    /// <summary>Writes to a store: a fraction of a millisecond in memory, some milliseconds on a disk.</summary>
    internal static readonly InstrumentAdvice<double> Store = Of(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5);

    /// <summary>Computation while somebody waits for the answer.</summary>
    internal static readonly InstrumentAdvice<double> Decision = Of(0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60);

    /// <summary>One epoch, from a toy on a CPU to ImageNet.</summary>
    internal static readonly InstrumentAdvice<double> Epoch = Of(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600, 1800, 3600);

    /// <summary>Time in a queue: nothing with idle workers, hours with too few.</summary>
    internal static readonly InstrumentAdvice<double> Wait = Of(0.1, 0.5, 1, 5, 15, 60, 300, 900, 3600, 14_400, 86_400);

    private static InstrumentAdvice<double> Of(params double[] upperEnds) => new() { HistogramBucketBoundaries = upperEnds };
}
