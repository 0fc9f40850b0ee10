using System.Diagnostics;
using System.Globalization;
using Bitcurve.Models.Bench;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Bench.Telemetry;

/// <summary>A collector in a process of its own that accepts everything and keeps nothing, on a free port of loopback.</summary>
internal sealed class OtlpSink : IDisposable
{
    /// <summary>What this program is called with to be the collector.</summary>
    internal const string Own = "otlp-sink";

    private readonly Process process;
    private readonly string address;

    private OtlpSink(Process process, string address) => (this.process, this.address) = (process, address);

    internal static OtlpSink Start()
    {
        var start = LaunchEnvironment.Started([Own]);
        start.RedirectStandardOutput = true;
        start.RedirectStandardInput = true;
        var process = Process.Start(start)!;
        return new OtlpSink(process, process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("expected the collector's address, actual nothing"));
    }

    /// <summary>Serves until the one that started it is gone or says so; prints its address first and how many bytes came at the end.</summary>
    internal static async Task<int> ServeAsync()
    {
        long bytes = 0;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        await using var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/{signal}", async (HttpContext context) =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            Interlocked.Add(ref bytes, body.Length);
        });
        await app.StartAsync();
        Console.WriteLine(app.Urls.Single());
        await Console.In.ReadLineAsync();
        Console.WriteLine(Interlocked.Read(ref bytes).ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    /// <summary>Variables that send everything here: spans as often as by default, metrics six times as often.</summary>
    internal IConfiguration Environment() => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = address,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "10000",
    }).Build();

    /// <summary>Ends it.</summary>
    /// <returns>Bytes that came.</returns>
    internal long Stop()
    {
        process.StandardInput.Close();
        var bytes = long.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
        process.WaitForExit();
        return bytes;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
        }

        process.Dispose();
    }
}
