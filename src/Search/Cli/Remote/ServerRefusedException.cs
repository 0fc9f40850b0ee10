using System.Net;
using System.Text.Json;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>A server did not do what it was asked to; the message is its own line.</summary>
internal sealed class ServerRefusedException(string message) : Exception(message)
{
    /// <summary>Its answer; null where there was none.</summary>
    internal HttpStatusCode? Status { get; private init; }

    /// <summary>The field at fault, null where the answer names none.</summary>
    internal string? Field { get; private init; }

    /// <summary>Whether the same request may be answered later: the server was not there, busy, or in trouble.</summary>
    internal bool MayPass => Status is null or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError;

    internal static async Task<ServerRefusedException> OfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        if (response is { StatusCode: HttpStatusCode.Unauthorized, RequestMessage: { } request })
        {
            var actual = request.Headers.Authorization is null ? "none" : "one that it does not know";
            return new ServerRefusedException(
                $"{request.RequestUri?.GetLeftPart(UriPartial.Authority)}: expected a token of this server (--token-file or {ServerConnection.TokenVariable}), actual {actual}.")
            {
                Status = response.StatusCode,
            };
        }

        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var problem = JsonDocument.Parse(text);
            var detail = Text(problem, "detail") ?? Text(problem, "title");
            return detail is null ? NotOurs(response) : new ServerRefusedException(detail) { Status = response.StatusCode, Field = Text(problem, "field") };
        }
        catch (JsonException)
        {
            return NotOurs(response);
        }
    }

    /// <summary>Whatever answered, it was not bitcurve.</summary>
    internal static ServerRefusedException NotOurs(HttpResponseMessage response) =>
        new($"{response.RequestMessage?.RequestUri}: expected an answer of bitcurve, actual {(int)response.StatusCode} {response.ReasonPhrase} of something else.")
        {
            Status = response.StatusCode,
        };

    private static string? Text(JsonDocument problem, string name) =>
        problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
