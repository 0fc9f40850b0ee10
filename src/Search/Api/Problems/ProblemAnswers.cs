using System.Text.Json;
using Bitcurve.Search.Api.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;

namespace Bitcurve.Search.Api.Problems;

/// <summary>Gives every refusal a body, whoever refused: an endpoint, the routing, or an exception on the way.</summary>
internal static partial class ProblemAnswers
{
    private const string RetrySoon = "1";

    internal static void Use(WebApplication app, ILogger log) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to answer to.
            return;
        }
        catch (Exception error)
        {
            await AnswerAsync(context, error, log);
            return;
        }

        if (IsBare(context.Response))
        {
            await WriteAsync(context, ProblemMapping.OfStatus(context.Response.StatusCode, Describe(context)));
        }
    });

    internal static async Task WriteAsync(HttpContext context, Problem problem)
    {
        HttpResponse response = context.Response;
        response.StatusCode = problem.Status;
        if (problem.Status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetrySoon;
        }

        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        response.ContentType = Problem.ContentType;
        await response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(problem, ApiJson.Problems), context.RequestAborted);
    }

    private static async Task AnswerAsync(HttpContext context, Exception error, ILogger log)
    {
        Problem problem = ProblemMapping.Of(error);
        if (problem.Status == StatusCodes.Status500InternalServerError)
        {
            Failed(log, context.Request.Method, context.Request.Path, error);
        }

        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        // Headers stay: an endpoint may have said where an upload stands before it refused. But this body is another one.
        context.Response.ContentLength = null;
        context.Response.Headers.Remove(HeaderNames.ContentEncoding);
        await WriteAsync(context, problem);
    }

    private static bool IsBare(HttpResponse response) =>
        response.StatusCode >= StatusCodes.Status400BadRequest && !response.HasStarted && response.ContentType is null && response.ContentLength is null;

    private static string Describe(HttpContext context)
    {
        HttpRequest request = context.Request;
        return context.Response.StatusCode switch
        {
            StatusCodes.Status405MethodNotAllowed => $"Method: expected one of {context.Response.Headers.Allow}, actual {request.Method}.",
            StatusCodes.Status415UnsupportedMediaType => $"Content-Type: expected application/json, actual {request.ContentType ?? "none"}.",
            _ => $"Nothing is at {request.Method} {request.Path}.",
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private static partial void Failed(ILogger log, string method, string path, Exception error);
}
