using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Json;

/// <summary>Answers in JSON.</summary>
internal static class JsonAnswer
{
    private const string ContentType = "application/json; charset=utf-8";

    internal static async Task WriteAsync<T>(HttpContext context, T value, int status = StatusCodes.Status200OK)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = ContentType;
        await JsonSerializer.SerializeAsync(context.Response.Body, value, ApiJson.Options, context.RequestAborted);
    }
}
