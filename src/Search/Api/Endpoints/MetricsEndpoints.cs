using Bitcurve.Search.Api.Metrics;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>For Prometheus: figures about searches, workers and the server itself.</summary>
internal static class MetricsEndpoints
{
    internal static void Map(WebApplication app) => app
        .MapGet("/metrics", async (HttpContext context, ServiceObserver observer, MetricsPage page) =>
        {
            await observer.ObserveAsync(context.RequestAborted);
            return Results.Text(page.Scrape(), PrometheusExporter.ContentType);
        })
        .Answers(Policies.Viewer, "Metrics in Prometheus text format.", StatusCodes.Status200OK, "text/plain");
}
