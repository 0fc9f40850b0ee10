using System.Net;
using System.Net.Sockets;
using System.Text;
using Bitcurve.Search.Api.Security;

namespace Bitcurve.Api.Tests;

/// <summary>Callers that send too much, too slowly or too often.</summary>
public sealed class LimitTests
{
    // Bounds a hang on a busy machine; no test waits for it.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    [Fact]
    public async Task Headers_NeverFinished_AreCut()
    {
        await using SearchApi api = await SearchApi.StartAsync(change: options => options with { HeadersTimeout = TimeSpan.FromSeconds(1) });

        string answer = await SendRawAsync(api, "GET /api/v1/server HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

        Assert.StartsWith("HTTP/1.1 408", answer);
    }

    [Fact]
    public async Task Body_NeverFinished_IsCut()
    {
        await using SearchApi api = await SearchApi.StartAsync(change: options => options with
        {
            MinimumBodyBytesPerSecond = 1e6,
            BodyGrace = TimeSpan.FromSeconds(1.5),
        });

        string answer = await SendRawAsync(
            api, "POST /api/v1/searches HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");

        Assert.StartsWith("HTTP/1.1 408", answer);
        Assert.Contains("\"title\":\"Too slow\"", answer);
    }

    [Fact]
    public async Task Headers_TooLarge_AreRefused()
    {
        await using SearchApi api = await SearchApi.StartAsync();

        string answer = await SendRawAsync(api, $"GET /api/v1/server HTTP/1.1\r\nHost: localhost\r\nX-Large: {new string('x', 20_000)}\r\n\r\n");

        Assert.StartsWith("HTTP/1.1 431", answer);
    }

    [Fact]
    public async Task Requests_TooMany_AreToldWhenToComeBack()
    {
        await using SearchApi api = await SearchApi.StartAsync(
            withTokens: true, change: options => options with { RequestsPerSecond = 1, RequestBurst = 3 });
        using HttpResponseMessage refused = await FirstRefusedAsync(api, api.TokenOf(Role.Viewer));

        Assert.Equal("1", string.Concat(refused.Headers.GetValues("Retry-After")));
        Assert.Contains("\"title\":\"Too many requests\"", await refused.Content.ReadAsStringAsync());

        using HttpResponseMessage otherToken = await api.SendAsync(HttpMethod.Get, "/api/v1/server", token: api.TokenOf(Role.Admin));
        using HttpResponseMessage health = await api.SendAsync(HttpMethod.Get, "/health/live");
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (otherToken.StatusCode, health.StatusCode));
    }

    [Fact]
    public async Task Guesses_TooMany_AreSlowedDownTogether()
    {
        await using SearchApi api = await SearchApi.StartAsync(
            withTokens: true, change: options => options with { RequestsPerSecond = 1, RequestBurst = 3 });

        using HttpResponseMessage refused = await FirstRefusedAsync(api, token: null);
    }

    [Fact]
    public async Task Tokens_WhateverHappens_AreNeverLogged()
    {
        await using SearchApi api = await SearchApi.StartAsync(withTokens: true);
        string wrong = Token.New();
        foreach (string token in (string[])[wrong, api.TokenOf(Role.Admin), api.TokenOf(Role.Worker)])
        {
            (await api.SendAsync(HttpMethod.Get, "/api/v1/server", token: token)).Dispose();
            (await api.SendAsync(HttpMethod.Post, "/api/v1/searches", JsonText.Of("{"), token)).Dispose();
        }

        Assert.NotEmpty(api.Log.Lines);
        Assert.DoesNotContain(api.Log.Lines, line => line.Contains(wrong[12..]) || line.Contains(api.TokenOf(Role.Admin)[12..]) || line.Contains(api.TokenOf(Role.Worker)[12..]));
    }

    // Without a token every request is a guess by someone else: a fresh one each time.
    private static async Task<HttpResponseMessage> FirstRefusedAsync(SearchApi api, string? token)
    {
        for (int request = 0; request < 1000; request++)
        {
            HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/server", token: token ?? Token.New());
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                return response;
            }

            response.Dispose();
        }

        throw new InvalidOperationException("None of 1000 requests at one a second was refused.");
    }

    /// <summary>Sends bytes and no more, and returns what the server says before it closes the connection.</summary>
    private static async Task<string> SendRawAsync(SearchApi api, string text)
    {
        using var limit = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(api.Address).Port, limit.Token);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), limit.Token);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(limit.Token);
    }
}
