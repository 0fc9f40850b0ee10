using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>For load balancers and supervisors, without a token: is the process alive, can it serve.</summary>
internal static class HealthEndpoints
{
    internal static void Map(WebApplication app)
    {
        app.MapGet("/health/live", () => "live\n")
            .AllowAnonymous().DisableRateLimiting().WithSummary("Whether the process is alive.").Produces<string>(contentType: "text/plain");
        app.MapGet("/health/ready", ReadyAsync)
            .AllowAnonymous().DisableRateLimiting().WithSummary("Whether the store answers.").Produces<string>(contentType: "text/plain");
    }

    private static async Task<IResult> ReadyAsync(ServerParts parts, Drain drain, HttpContext context)
    {
        if (drain.HasBegun)
        {
            return Results.Text("closing\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }

        try
        {
            await parts.AskStore(context.RequestAborted);
            return Results.Text("ready\n");
        }
        catch (IOException problem) when (problem is StoreUnavailableException or StorageFullException)
        {
            context.Response.Headers.RetryAfter = "1";
            return Results.Text($"{problem.Message}\n", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
