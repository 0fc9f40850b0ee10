using Bitcurve.Search.Api.Problems;
using Bitcurve.Search.Api.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Bitcurve.Search.Dashboard;

/// <summary>
/// The dashboard at <c>/</c>: one page and its modules, for anyone. It holds no facts of its own; what it shows it asks for at the
/// interface, with the reader's token.
/// </summary>
internal static class DashboardEndpoints
{
    internal static void Map(WebApplication app)
    {
        app.MapGet("/", (Delegate)PageAsync)
            .AllowAnonymous().WithSummary("The dashboard.").Produces(StatusCodes.Status200OK, contentType: "text/html");
        app.MapGet("/assets/{file}", (HttpContext context, string file) => WriteAsync(context, Asset(file)))
            .AllowAnonymous().WithSummary("A file of the dashboard.").Produces(StatusCodes.Status200OK, contentType: "text/javascript")
            .Produces<Problem>(StatusCodes.Status404NotFound, Problem.ContentType);
    }

    private static Task PageAsync(HttpContext context)
    {
        SecurityHeaders.AllowDashboard(context.Response);
        return WriteAsync(context, DashboardFiles.Find(DashboardFiles.Index)!);
    }

    private static DashboardFile Asset(string name) => DashboardFiles.Find(name) ?? throw ProblemException.NotFound(
        name == DashboardFiles.Charts
            ? $"Charts: expected a program built with them, actual one without: {ChartBundle.Embedded.Missing}."
            : "Asset: expected a file of the dashboard, actual another name.");

    private static async Task WriteAsync(HttpContext context, DashboardFile file)
    {
        HttpResponse response = context.Response;
        response.Headers.ETag = file.Tag;
        response.Headers.Vary = HeaderNames.AcceptEncoding;

        // Asked for again every time, answered with 304 while it is the same: after an update nobody sees a mixture of two versions.
        response.Headers.CacheControl = "no-cache";
        if (context.Request.Headers.IfNoneMatch.OfType<string>().SelectMany(line => line.Split(',')).Any(tag => tag.Trim() is "*" || tag.Trim() == file.Tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        (byte[] bytes, string? encoding) = file.For(context.Request.Headers.AcceptEncoding);
        if (encoding is not null)
        {
            response.Headers.ContentEncoding = encoding;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
