using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitcurve.Search.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Tests.Telemetry;

/// <summary>What really leaves the process, as a collector on loopback gets it.</summary>
public sealed class OtlpExportTests : IDisposable
{
    private readonly string name = $"Tests.{Guid.NewGuid():N}";
    private readonly HttpListener collector = new();
    private readonly ConcurrentDictionary<string, string> received = [];
    private readonly string address;

    public OtlpExportTests()
    {
        using (var free = new TcpListener(IPAddress.Loopback, 0))
        {
            free.Start();
            address = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
        }

        collector.Prefixes.Add($"{address}/");
        collector.Start();
    }

    [Fact]
    public async Task Export_EveryKind_ArrivesWithTheServicesName()
    {
        Task collecting = CollectAsync();
        string trace = Tell("tests-service", $"OTEL_EXPORTER_OTLP_ENDPOINT={address} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf");
        collector.Stop();
        await collecting;

        Assert.Equal(["/v1/logs", "/v1/metrics", "/v1/traces"], received.Keys.Order());
        Assert.All(received.Values, body => Assert.Contains("tests-service", body, StringComparison.Ordinal));
        Assert.Contains("some work", received["/v1/traces"], StringComparison.Ordinal);
        Assert.Contains("some.count", received["/v1/metrics"], StringComparison.Ordinal);
        Assert.Contains("a line", received["/v1/logs"], StringComparison.Ordinal);

        // The log line says to which trace it belongs: sixteen bytes, here read as Latin letters.
        Assert.Contains(Encoding.Latin1.GetString(Convert.FromHexString(trace)), received["/v1/logs"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Export_OneKindSwitchedOff_DoesNotArrive()
    {
        Task collecting = CollectAsync();
        Tell("other", $"OTEL_EXPORTER_OTLP_ENDPOINT={address} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_TRACES_EXPORTER=none OTEL_SERVICE_NAME=named-outside");
        collector.Stop();
        await collecting;

        Assert.Equal(["/v1/logs", "/v1/metrics"], received.Keys.Order());
        Assert.All(received.Values, body => Assert.Contains("named-outside", body, StringComparison.Ordinal));
    }

    [Fact]
    public void Export_NobodyIsThere_DisturbsNothing()
    {
        collector.Stop();

        Assert.Equal(32, Tell("alone", $"OTEL_EXPORTER_OTLP_ENDPOINT={address} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf OTEL_EXPORTER_OTLP_TIMEOUT=1000").Length);
    }

    public void Dispose() => ((IDisposable)collector).Dispose();

    /// <summary>One span, one count and one log line; returns when all is sent.</summary>
    /// <returns>The trace's id, hexadecimal; made up where nobody records it.</returns>
    private string Tell(string service, string variables)
    {
        using var source = new ActivitySource(name);
        using var meter = new Meter(name);
        IConfiguration environment = new ConfigurationBuilder()
            .AddInMemoryCollection(variables.Split(' ').Select(variable => variable.Split('=', 2)).Select(parts => new KeyValuePair<string, string?>(parts[0], parts[1])))
            .Build();
        using OtlpExport export = OtlpExport.FromEnvironment(service, [name], [name], environment)!;
        using ILoggerFactory logs = LoggerFactory.Create(export.AddLogs);
        using Activity? span = source.StartActivity("some work");
        meter.CreateCounter<long>("some.count").Add(1);
        logs.CreateLogger("tests").LogWarning("a line");
        return (span?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
    }

    private async Task CollectAsync()
    {
        try
        {
            while (true)
            {
                HttpListenerContext request = await collector.GetContextAsync();
                using var body = new MemoryStream();
                await request.Request.InputStream.CopyToAsync(body);
                received.AddOrUpdate(
                    request.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray()), (_, before) => before + Encoding.Latin1.GetString(body.ToArray()));
                request.Response.Close();
            }
        }
        catch (Exception end) when (end is HttpListenerException or ObjectDisposedException && !collector.IsListening)
        {
            // The test has sent all.
            return;
        }
    }
}
