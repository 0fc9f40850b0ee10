using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Bitcurve.EndToEnd.Tests.Telemetry;

/// <summary>A collector of OpenTelemetry on a free port of loopback: takes whatever comes over OTLP/HTTP and keeps it.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentQueue<ReceivedSpan> spans = [];
    private readonly ConcurrentQueue<byte[]> metrics = [];
    private readonly ConcurrentQueue<(string Trace, string Text)> logs = [];

    private OtlpReceiver()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapPost("/v1/traces", context => TakeAsync(context, body => ReceivedSpan.Decode(body).ToList().ForEach(spans.Enqueue)));
        app.MapPost("/v1/metrics", context => TakeAsync(context, metrics.Enqueue));
        app.MapPost("/v1/logs", context => TakeAsync(context, body => DecodeLogs(body).ToList().ForEach(logs.Enqueue)));
    }

    internal IReadOnlyList<ReceivedSpan> Spans => [.. spans];

    /// <summary>Lines of logs; the trace is empty where a line belongs to none.</summary>
    internal IReadOnlyList<(string Trace, string Text)> Logs => [.. logs];

    /// <summary>Points the telemetry of programs at this receiver.</summary>
    internal IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = app.Urls.Single(),
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
        ["OTEL_BLRP_SCHEDULE_DELAY"] = "100",
    };

    internal static async Task<OtlpReceiver> StartAsync()
    {
        var receiver = new OtlpReceiver();
        await receiver.app.StartAsync();
        return receiver;
    }

    /// <summary>Whether some metrics that came name this: names stand in them as plain text.</summary>
    internal bool HasMetric(string name) => metrics.Any(body => body.AsSpan().IndexOf(Encoding.UTF8.GetBytes(name)) >= 0);

    public ValueTask DisposeAsync() => app.DisposeAsync();

    // ExportLogsServiceRequest (opentelemetry-proto, collector/logs/v1): of each record the body, 5, and the trace, 9.
    private static IEnumerable<(string Trace, string Text)> DecodeLogs(byte[] request) => ReceivedSpan.Messages(request, 1)
        .SelectMany(resource => ReceivedSpan.Messages(resource, 2))
        .SelectMany(scope => ReceivedSpan.Messages(scope, 2))
        .Select(record => (
            string.Concat(ReceivedSpan.Messages(record, 9).Select(ReceivedSpan.Hex)),
            string.Concat(ReceivedSpan.Messages(record, 5).Select(ReceivedSpan.Text))));

    // The empty message is the answer of success.
    private static async Task TakeAsync(HttpContext context, Action<byte[]> keep)
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        keep(body.ToArray());
        context.Response.ContentType = "application/x-protobuf";
    }
}
