using System.Text.Json;
using Bitcurve.Search.Api.Problems;
using Microsoft.AspNetCore.Http;

namespace Bitcurve.Search.Api.Json;

/// <summary>Reads the JSON body of a request.</summary>
internal static class JsonBody
{
    private const int DeepestNesting = 32;

    /// <exception cref="ProblemException">
    /// Malformed JSON or a field that is not as it must be (400); values that no such record can hold (422); a wrong content type (415).
    /// </exception>
    internal static async Task<T> ReadAsync<T>(HttpContext context)
    {
        if (!context.Request.HasJsonContentType())
        {
            throw new ProblemException(new Problem(
                "Unsupported content type", StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type: expected application/json, actual {context.Request.ContentType ?? "none"}."));
        }

        using JsonDocument document = await ParseAsync(context);
        JsonShape.Require(document.RootElement, typeof(T));
        try
        {
            return document.RootElement.Deserialize<T>(ApiJson.Options)!;
        }
        catch (JsonException problem)
        {
            // The shape was right: this is a value in a text of its own form, and the converter's message says what is wrong with it.
            string detail = problem.InnerException is ArgumentException cause ? cause.Message : "expected a value of the documented form.";
            throw new ProblemException(FieldFault.Of("Malformed request", StatusCodes.Status400BadRequest, detail));
        }
    }

    private static async Task<JsonDocument> ParseAsync(HttpContext context)
    {
        try
        {
            return await JsonDocument.ParseAsync(
                context.Request.Body, new JsonDocumentOptions { MaxDepth = DeepestNesting }, context.RequestAborted);
        }
        catch (JsonException problem)
        {
            throw ProblemException.BadRequest(
                "body", "JSON", $"text that is none from line {problem.LineNumber + 1}, byte {problem.BytePositionInLine + 1} on");
        }
    }
}
