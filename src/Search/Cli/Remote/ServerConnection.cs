using System.CommandLine;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Cli.Remote;

/// <summary>A server that the command line talks to. Every refusal becomes one line (<see cref="ServerRefusedException"/>).</summary>
internal sealed class ServerConnection : IDisposable
{
    internal const string ServerVariable = "BITCURVE_SERVER";
    internal const string TokenVariable = "BITCURVE_TOKEN_FILE";
    private const string DefaultServer = "http://127.0.0.1:5080";

    private readonly HttpClient http;

    private ServerConnection(HttpClient http) => this.http = http;

    internal static Option<string> Server { get; } = new("--server")
    {
        Description = $"Address of the server [default: {ServerVariable}, else {DefaultServer}].",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(ServerVariable) ?? DefaultServer,
    };

    internal static Option<string?> TokenFile { get; } = new("--token-file")
    {
        Description = $"File with the token that 'bitcurve token create' printed [default: {TokenVariable}; a server on this machine may need none].",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable(TokenVariable),
    };

    /// <exception cref="ArgumentException">No address of a server, or no token in the file.</exception>
    internal static ServerConnection Open(ParseResult parsed)
    {
        var address = parsed.GetValue(Server)!;
        if (!Uri.TryCreate(address.TrimEnd('/') + "/", UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"--server: expected an address such as {DefaultServer}, actual '{address}'");
        }

        var http = new HttpClient { BaseAddress = uri, Timeout = Timeout.InfiniteTimeSpan };
        if (parsed.GetValue(TokenFile) is { Length: > 0 } path)
        {
            var token = File.Exists(path)
                ? File.ReadAllText(path).Trim()
                : throw new ArgumentException($"--token-file {path}: expected a file with a token, actual none there");
            if (token.Length == 0 || token.Any(char.IsWhiteSpace))
            {
                throw new ArgumentException($"--token-file {path}: expected one line with a token, actual {(token.Length == 0 ? "an empty file" : "more than one word")}");
            }

            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return new ServerConnection(http);
    }

    internal async Task<JsonElement> GetAsync(string path, CancellationToken cancellation)
    {
        using var response = await SendAsync(HttpMethod.Get, path, null, cancellation);
        return await ReadAsync(response, cancellation);
    }

    internal async Task<JsonElement> PostAsync(string path, object? body, CancellationToken cancellation, string? idempotencyKey = null)
    {
        using var response = await SendAsync(HttpMethod.Post, path, body, cancellation, idempotencyKey);
        return await ReadAsync(response, cancellation);
    }

    /// <summary>The body as it comes, for the caller to dispose of.</summary>
    internal async Task<Stream> DownloadAsync(string path, CancellationToken cancellation, string? lastEventId = null)
    {
        var response = await SendAsync(HttpMethod.Get, path, null, cancellation, lastEventId: lastEventId);
        return await response.Content.ReadAsStreamAsync(cancellation);
    }

    /// <summary>Every item of a paged list.</summary>
    internal async IAsyncEnumerable<JsonElement> ItemsAsync(string path, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        const int page = 500;
        string? after = null;
        do
        {
            var from = after is null ? "" : $"&after={Uri.EscapeDataString(after)}";
            var answer = await GetAsync($"{path}?limit={page}{from}", cancellation);
            foreach (var item in answer.GetProperty("items").EnumerateArray())
            {
                yield return item;
            }

            after = answer.TryGetProperty("next", out var next) && next.ValueKind != JsonValueKind.Null ? next.ToString() : null;
        }
        while (after is not null);
    }

    public void Dispose() => http.Dispose();

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body, CancellationToken cancellation, string? idempotencyKey = null, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(method, $"api/v1/{path}");
        if (body is not null)
        {
            request.Content = JsonContent.Create(body, body.GetType(), options: SearchJson.Options);
        }

        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        HttpResponseMessage response;
        try
        {
            response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        }
        catch (HttpRequestException problem)
        {
            throw new ServerRefusedException($"{http.BaseAddress}: expected a server there (bitcurve serve), actual: {problem.Message.TrimEnd('.')}.");
        }

        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw await ServerRefusedException.OfAsync(response, cancellation);
        }
    }

    private static async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        try
        {
            using var document = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), cancellationToken: cancellation);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            throw ServerRefusedException.NotOurs(response);
        }
    }
}
