using System.Globalization;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Bitcurve.Search.Api;

/// <summary>How much a caller may ask of the server: sizes, times and rates.</summary>
internal static class ServerLimits
{
    private const int MaximumHeaderBytes = 16 * 1024;
    private const int MaximumHeaders = 64;
    private const int MaximumRequestLineBytes = 4 * 1024;
    private const int ReplenishmentsPerSecond = 10;

    internal static void Apply(KestrelServerOptions kestrel, ServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = HttpProtocols.Http1);
        KestrelServerLimits limits = kestrel.Limits;
        limits.MaxRequestBodySize = options.MaximumBodyBytes;
        limits.MaxRequestHeadersTotalSize = MaximumHeaderBytes;
        limits.MaxRequestHeaderCount = MaximumHeaders;
        limits.MaxRequestLineSize = MaximumRequestLineBytes;
        limits.RequestHeadersTimeout = options.HeadersTimeout;
        limits.MinRequestBodyDataRate = options.MinimumBodyBytesPerSecond is double rate ? new MinDataRate(rate, options.BodyGrace) : null;
        Listen(kestrel, options.Listen);
    }

    internal static void AddRequestLimits(this IServiceCollection services, ServerOptions options) => services.AddRateLimiter(limiter =>
    {
        int portion = Math.Max(1, options.RequestsPerSecond / ReplenishmentsPerSecond);
        limiter.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => RateLimitPartition.GetTokenBucketLimiter(
            CallerOf(context),
            _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = options.RequestBurst,
                TokensPerPeriod = portion,
                ReplenishmentPeriod = TimeSpan.FromSeconds((double)portion / options.RequestsPerSecond),
                QueueLimit = 0,
            }));
        limiter.OnRejected = async (rejected, _) =>
        {
            double seconds = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out TimeSpan after) ? Math.Ceiling(after.TotalSeconds) : 1;
            string retryAfter = Math.Max(1, seconds).ToString(CultureInfo.InvariantCulture);
            rejected.HttpContext.Response.Headers.RetryAfter = retryAfter;
            await ProblemAnswers.WriteAsync(rejected.HttpContext, new Problem(
                "Too many requests", StatusCodes.Status429TooManyRequests,
                $"Requests: expected at most {options.RequestsPerSecond} a second, actual more. Ask again after {retryAfter} s."));
        };
    });

    private static void Listen(KestrelServerOptions kestrel, ListenAddress listen)
    {
        // The system cannot choose one port for both loopback addresses.
        if (listen is { Host: "localhost", Port: > 0 })
        {
            kestrel.ListenLocalhost(listen.Port);
        }
        else if (listen.Host == "*")
        {
            kestrel.ListenAnyIP(listen.Port);
        }
        else
        {
            kestrel.Listen(listen.Address ?? System.Net.IPAddress.Loopback, listen.Port);
        }
    }

    // One bucket per token: a wrong one counts for the address that it came from.
    private static string CallerOf(HttpContext context) =>
        context.User.FindFirstValue(TokenAuthentication.TokenIdClaim) is { Length: > 0 } token ? token : $"{context.Connection.RemoteIpAddress}";
}

/// <summary>A limit on the request body that differs from the server's.</summary>
/// <param name="MaxRequestBodySize">Bytes.</param>
internal sealed record BodyLimit(long? MaxRequestBodySize) : IRequestSizeLimitMetadata;
