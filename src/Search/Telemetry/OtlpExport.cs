using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using OpenTelemetry;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// Sends spans, metrics and logs of this process to a collector (OTLP) where the standard variables of OpenTelemetry ask for it. A collector
/// that cannot be reached disturbs nothing: what cannot be sent is dropped.
/// </summary>
public sealed class OtlpExport : IDisposable
{
    // A collector that hangs must not keep a worker that was told to leave.
    private const int PatienceMs = 2000;

    private readonly IConfiguration environment;
    private readonly string serviceName;
    private readonly OtlpSettings settings;
    private readonly TracerProvider? traces;
    private readonly MeterProvider? metrics;

    private OtlpExport(OtlpSettings settings, string serviceName, IConfiguration environment, IReadOnlyList<string> sources, IReadOnlyList<string> meters)
    {
        (this.settings, this.serviceName, this.environment) = (settings, serviceName, environment);
        traces = settings.Traces
            ? WithSampler(Sdk.CreateTracerProviderBuilder()).ConfigureServices(AddEnvironment).ConfigureResource(Describe).AddSource([.. sources]).AddOtlpExporter().Build()
            : null;
        metrics = settings.Metrics
            ? Sdk.CreateMeterProviderBuilder().ConfigureServices(AddEnvironment).ConfigureResource(Describe).AddMeter([.. meters]).WithLimits().AddOtlpExporter().Build()
            : null;
    }

    /// <summary>Whether metrics are sent.</summary>
    public bool SendsMetrics => settings.Metrics;

    /// <summary>Begins to send; null where nobody asked for it. Dispose at the end of the process: what waits is sent then.</summary>
    /// <param name="serviceName">Unless <c>OTEL_SERVICE_NAME</c> says otherwise.</param>
    /// <param name="sources">Names of the spans' sources.</param>
    /// <param name="meters">Names of the metrics' meters.</param>
    /// <param name="environment">The variables; null for the process's own.</param>
    /// <exception cref="ArgumentException">A variable has a value that OpenTelemetry does not know; the message names it.</exception>
    public static OtlpExport? FromEnvironment(
        string serviceName, IReadOnlyList<string> sources, IReadOnlyList<string> meters, IConfiguration? environment = null)
    {
        IConfiguration variables = environment ?? OtlpSettings.Environment;
        OtlpSettings settings = OtlpSettings.Read(variables);
        return settings.Any ? new OtlpExport(settings, serviceName, variables, sources, meters) : null;
    }

    /// <summary>Sends log lines too, with the trace that they belong to, where that is asked for.</summary>
    public void AddLogs(ILoggingBuilder logging)
    {
        if (!settings.Logs)
        {
            return;
        }

        AddEnvironment(logging.Services);
        logging.AddOpenTelemetry(options =>
        {
            options.IncludeFormattedMessage = true;
            options.SetResourceBuilder(Described(ResourceBuilder.CreateDefault()));
            options.AddOtlpExporter();
        });
    }

    /// <summary>Reads all metrics and sends them now. Gauges end with what they show: whoever is about to end says so before.</summary>
    public void SendMetrics() => metrics?.ForceFlush(PatienceMs);

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
    }

    // A sampler that is named in the environment is the SDK's own affair.
    private TracerProviderBuilder WithSampler(TracerProviderBuilder builder) => string.IsNullOrEmpty(environment["OTEL_TRACES_SAMPLER"])
        ? builder.SetSampler(new ParentBasedSampler(new TraceRateSampler(TimeProvider.System)))
        : builder;

    // The SDK reads its variables from here.
    private void AddEnvironment(IServiceCollection services) => services.AddSingleton(environment);

    private void Describe(ResourceBuilder resource) => Described(resource);

    // What is added last wins; a name in the environment was added first.
    private ResourceBuilder Described(ResourceBuilder resource)
    {
        string? given = environment["OTEL_SERVICE_NAME"];
        return resource.AddService(string.IsNullOrEmpty(given) ? serviceName : given, serviceVersion: Product.Version);
    }
}
