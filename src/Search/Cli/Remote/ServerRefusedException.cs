using System.Text.Json;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>A server did not do what it was asked to; the message is its own line.</summary>
internal sealed class ServerRefusedException(string message) : Exception(message)
{
    /// <summary>The field at fault, null where the answer names none.</summary>
    internal string? Field { get; private init; }

    internal static async Task<ServerRefusedException> OfAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var text = await response.Content.ReadAsStringAsync(cancellation);
        try
        {
            using var problem = JsonDocument.Parse(text);
            var detail = Text(problem, "detail") ?? Text(problem, "title");
            return new ServerRefusedException(detail ?? Status(response)) { Field = Text(problem, "field") };
        }
        catch (JsonException)
        {
            return new ServerRefusedException(Status(response));
        }
    }

    private static string Status(HttpResponseMessage response) =>
        $"{response.RequestMessage?.RequestUri}: expected an answer of bitcurve, actual {(int)response.StatusCode} {response.ReasonPhrase}.";

    private static string? Text(JsonDocument problem, string name) =>
        problem.RootElement.ValueKind == JsonValueKind.Object && problem.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
