using OpenTelemetry.Metrics;

namespace Bitcurve.Search.Telemetry;

/// <summary>How many series one metric may have.</summary>
internal static class MetricLimits
{
    private const string OursPrefix = "bitcurve.";

    // A search has up to a dozen sets of labels of one metric and leaves them behind when it ends: enough for a thousand between restarts.
    // What is beyond is counted together, under the label otel_metric_overflow.
    private const int SeriesOfOne = 10_000;

    internal static MeterProviderBuilder WithLimits(this MeterProviderBuilder builder) => builder.AddView(
        instrument => instrument.Name.StartsWith(OursPrefix, StringComparison.Ordinal)
            ? new MetricStreamConfiguration { CardinalityLimit = SeriesOfOne }
            : null);
}
