using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Problems;

/// <summary>Which answer an exception becomes. What is not listed is a fault of ours: 500 without details.</summary>
internal static class ProblemMapping
{
    internal static Problem Of(Exception error) => error switch
    {
        ProblemException refused => refused.Problem,
        BadHttpRequestException bad => OfStatus(bad.StatusCode, bad.Message),
        SearchNotFoundException => new Problem("Not found", StatusCodes.Status404NotFound, error.Message),
        FileNotFoundException => new Problem("Not found", StatusCodes.Status404NotFound, "Artifact: expected one that is stored, actual none."),
        StaleSessionException => new Problem("Stale session", StatusCodes.Status409Conflict, error.Message),
        IdempotencyConflictException => new Problem("Conflict", StatusCodes.Status409Conflict, error.Message),
        ConcurrencyException => new Problem("Conflict", StatusCodes.Status409Conflict, error.Message),
        StoreInUseException => new Problem("Store in use", StatusCodes.Status503ServiceUnavailable, error.Message),
        StoreUnavailableException => new Problem("Store unavailable", StatusCodes.Status503ServiceUnavailable, error.Message),
        StorageFullException => new Problem("Store full", StatusCodes.Status507InsufficientStorage, error.Message),
        ArgumentNullException or ArgumentOutOfRangeException => Internal,
        ArgumentException => FieldFault.Of("Unsuitable request", StatusCodes.Status422UnprocessableEntity, error.Message),
        ObjectDisposedException => new Problem("Closing", StatusCodes.Status503ServiceUnavailable, "The server is closing; ask again."),
        InvalidOperationException when IsOfOurs(error) => new Problem("Conflict", StatusCodes.Status409Conflict, error.Message),
        _ => Internal,
    };

    /// <summary>The problem of a bare status, for answers that come without a body.</summary>
    internal static Problem OfStatus(int status, string detail) => new(Title(status), status, detail);

    private static Problem Internal { get; } = new(
        "Internal error", StatusCodes.Status500InternalServerError, "The server failed on this request; its log says why.");

    // The framework throws this type too, e.g. for a service that is missing: such a message is not for the caller.
    private static bool IsOfOurs(Exception error) => error.Message.Contains(": expected ", StringComparison.Ordinal);

    private static string Title(int status) => status switch
    {
        StatusCodes.Status400BadRequest => "Malformed request",
        StatusCodes.Status401Unauthorized => "No valid token",
        StatusCodes.Status403Forbidden => "Not allowed",
        StatusCodes.Status404NotFound => "Not found",
        StatusCodes.Status405MethodNotAllowed => "Method not allowed",
        StatusCodes.Status408RequestTimeout => "Too slow",
        StatusCodes.Status413PayloadTooLarge => "Too large",
        StatusCodes.Status415UnsupportedMediaType => "Unsupported content type",
        StatusCodes.Status429TooManyRequests => "Too many requests",
        _ => "Refused",
    };
}
