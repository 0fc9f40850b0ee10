using OpenTelemetry.Metrics;

namespace Bitcurve.Search.Telemetry;

/// <summary>What of all instruments is kept, and in how many series.</summary>
internal static class MetricLimits
{
    private const string OursPrefix = "bitcurve.";

    // A search has up to a dozen sets of labels of one metric and leaves them behind when it ends: enough for a thousand between restarts.
    // What is beyond is counted together, under the label otel_metric_overflow.
    private const int SeriesOfOne = 10_000;

    // Prometheus keeps the ending _count for histograms, and its checks complain about any other metric that has it.
    private static readonly IReadOnlySet<string> LeftOut =
        new HashSet<string>(["dotnet.assembly.count", "dotnet.process.cpu.count", "dotnet.timer.count"], StringComparer.Ordinal);

    internal static MeterProviderBuilder WithLimits(this MeterProviderBuilder builder) => builder.AddView(instrument => instrument.Name switch
    {
        var name when name.StartsWith(OursPrefix, StringComparison.Ordinal) => new MetricStreamConfiguration { CardinalityLimit = SeriesOfOne },
        var name when LeftOut.Contains(name) => MetricStreamConfiguration.Drop,
        _ => null,
    });
}
