using Bitcurve.Search.Telemetry;
using Microsoft.Extensions.Configuration;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>What the standard variables of OpenTelemetry switch on and off.</summary>
public sealed class OtlpSettingsTests
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317";

    [Theory]
    [InlineData("", false, false, false)]
    [InlineData("OTEL_SERVICE_NAME=x", false, false, false)]
    [InlineData(Endpoint, true, true, true)]
    [InlineData(Endpoint + " OTEL_SDK_DISABLED=true", false, false, false)]
    [InlineData(Endpoint + " OTEL_SDK_DISABLED=false", true, true, true)]
    [InlineData(Endpoint + " OTEL_TRACES_EXPORTER=none OTEL_LOGS_EXPORTER=none", false, true, false)]
    [InlineData(Endpoint + " OTEL_METRICS_EXPORTER=otlp", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=https://collector/v1/traces", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT=http://collector:4318/v1/logs OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", false, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_PROTOCOL=nonsense", false, false, false)]
    public void Read_Variables_SayWhatIsSent(string variables, bool traces, bool metrics, bool logs) =>
        Assert.Equal(new OtlpSettings(traces, metrics, logs), OtlpSettings.Read(Environment(variables)));

    [Theory]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=collector", "OTEL_EXPORTER_OTLP_ENDPOINT: expected an address like http://10.0.0.1:4317, actual 'collector'.")]
    [InlineData("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=ftp://collector", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: expected an address like http://10.0.0.1:4317, actual 'ftp://collector'.")]
    [InlineData("OTEL_SDK_DISABLED=yes", "OTEL_SDK_DISABLED: expected true or false, actual 'yes'.")]
    [InlineData("OTEL_TRACES_EXPORTER=zipkin", "OTEL_TRACES_EXPORTER: expected otlp or none, actual 'zipkin'.")]
    [InlineData(Endpoint + " OTEL_EXPORTER_OTLP_PROTOCOL=http/json", "OTEL_EXPORTER_OTLP_PROTOCOL: expected grpc or http/protobuf, actual 'http/json'.")]
    [InlineData(Endpoint + " OTEL_BSP_SCHEDULE_DELAY=soon", "OTEL_BSP_SCHEDULE_DELAY: expected a whole number above 0, actual 'soon'.")]
    [InlineData(Endpoint + " OTEL_METRIC_EXPORT_INTERVAL=0", "OTEL_METRIC_EXPORT_INTERVAL: expected a whole number above 0, actual '0'.")]
    [InlineData(Endpoint + " OTEL_TRACES_SAMPLER=some", "OTEL_TRACES_SAMPLER: expected always_on or always_off or traceidratio or parentbased_always_on or parentbased_always_off or parentbased_traceidratio, actual 'some'.")]
    [InlineData(Endpoint + " OTEL_TRACES_SAMPLER_ARG=2", "OTEL_TRACES_SAMPLER_ARG: expected a number from 0 to 1, actual '2'.")]
    [InlineData(Endpoint + " OTEL_EXPORTER_OTLP_HEADERS=secret", "OTEL_EXPORTER_OTLP_HEADERS: expected name=value, separated by commas, actual something else.")]
    public void Read_WrongValue_IsNamed(string variables, string expected) =>
        Assert.Equal(expected, Assert.Throws<ArgumentException>(() => OtlpSettings.Read(Environment(variables))).Message);

    [Fact]
    public void FromEnvironment_NotAskedFor_IsNothing() => Assert.Null(OtlpExport.FromEnvironment("tests", ["a"], ["b"], Environment("")));

    // NAME=VALUE, separated by spaces.
    private static IConfiguration Environment(string variables) => new ConfigurationBuilder()
        .AddInMemoryCollection(variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(variable => variable.Split('=', 2))
            .Select(parts => new KeyValuePair<string, string?>(parts[0], parts[1])))
        .Build();
}
