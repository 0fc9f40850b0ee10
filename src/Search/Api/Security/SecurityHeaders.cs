using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Security;

/// <summary>Headers that keep a browser from doing more with an answer than it is meant for.</summary>
internal static class SecurityHeaders
{
    internal static void Use(WebApplication app) => app.Use((context, next) =>
    {
        context.Response.OnStarting(() =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.TryAdd("Referrer-Policy", "no-referrer");

            // What comes from this interface concerns one caller, now.
            headers.TryAdd("Cache-Control", "no-store");
            headers.TryAdd("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
            return Task.CompletedTask;
        });
        return next(context);
    });

    /// <summary>For a page of ours: its own styles, the one script that we wrote (null for none), and nothing from anywhere else.</summary>
    internal static void AllowPage(HttpResponse response, string? script) =>
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'unsafe-inline'; script-src {(script is null ? "'none'" : HashOf(script))}; "
            + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    /// <summary>For the dashboard: files and answers of this server, and pictures that the page itself makes; nothing from anywhere else.</summary>
    internal static void AllowDashboard(HttpResponse response) =>
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static string HashOf(string script) => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'";
}
