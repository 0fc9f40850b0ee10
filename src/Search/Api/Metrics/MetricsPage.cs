using Bitcurve.Search.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Bitcurve.Search.Api.Metrics;

/// <summary>What <c>GET /metrics</c> shows: everything that this process has counted since it began, and where its searches stand.</summary>
internal sealed class MetricsPage : IDisposable
{
    private readonly PrometheusExporter exporter = new();
    private readonly MeterProvider provider;

    public MetricsPage()
    {
        provider = Sdk.CreateMeterProviderBuilder()
            .AddMeter([SearchTelemetry.Name, .. SearchTelemetry.HostMeters])
            .WithLimits()
            .AddReader(new BaseExportingMetricReader(exporter))
            .Build();
    }

    internal string Scrape() => exporter.Scrape();

    public void Dispose() => provider.Dispose();
}
