using System.Diagnostics;
using Bitcurve.Search.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Bitcurve.Search.Api;

/// <summary>
/// Names the span that ASP.NET makes of every request, after OpenTelemetry's conventions for HTTP. Health checks, metrics and requests for
/// work that got none would bury the others: they leave no span.
/// </summary>
internal static class RequestSpans
{
    private static readonly PathString Health = "/health";
    private static readonly PathString Metrics = "/metrics";
    private static readonly PathString Leases = "/api/v1/leases";

    internal static void Use(WebApplication app) => app.Use(async (context, next) =>
    {
        Activity? span = context.Features.Get<IHttpActivityFeature>()?.Activity;
        if (span is not { IsAllDataRequested: true })
        {
            await next(context);
            return;
        }

        if (context.Request.Path.StartsWithSegments(Health) || context.Request.Path.StartsWithSegments(Metrics))
        {
            Forget(span);
            await next(context);
            return;
        }

        await next(context);
        if (context.Response.StatusCode == StatusCodes.Status204NoContent && IsPoll(context.Request) && span.GetTagItem(SpanTags.Decided) is null)
        {
            Forget(span);
            return;
        }

        Describe(span, context);
    });

    private static bool IsPoll(HttpRequest request) => HttpMethods.IsPost(request.Method) && request.Path.Equals(Leases, StringComparison.Ordinal);

    private static void Describe(Activity span, HttpContext context)
    {
        string method = context.Request.Method;
        int status = context.Response.StatusCode;
        string? route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
        span.DisplayName = route is null ? method : $"{method} {route}";
        span.SetTag("http.request.method", method)
            .SetTag("http.route", route)
            .SetTag("url.path", context.Request.Path.Value)
            .SetTag("http.response.status_code", status);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // Also what happens within the request is then not recorded.
    private static void Forget(Activity span)
    {
        span.IsAllDataRequested = false;
        span.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
    }
}
