using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Bitcurve.Search.Api;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting;
using Bitcurve.Search.Store;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Api.Tests;

/// <summary>A server on a free port of loopback, as <c>bitcurve serve</c> starts it, with the engine of these tests.</summary>
internal sealed class SearchApi : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("bitcurve-api-");
    private readonly Dictionary<string, string> tokens = [];

    private SearchApi()
    {
        Artifacts = new FileArtifactStore(Path.Combine(folder.FullName, "artifacts"), maximumUploadBytes: 1000);
    }

    internal WebApplication App { get; private set; } = null!;

    internal HttpClient Http { get; private set; } = null!;

    internal FileArtifactStore Artifacts { get; }

    internal CapturedLog Log { get; } = new();

    internal string TokenFilePath => Path.Combine(folder.FullName, "tokens");

    /// <summary>With tokens for all roles, or on loopback without any.</summary>
    internal static async Task<SearchApi> StartAsync(
        bool withTokens = false, Func<ServerOptions, ServerOptions>? change = null, ISearchService? service = null, Func<Task>? askStore = null)
    {
        var api = new SearchApi();
        if (withTokens)
        {
            foreach (Role role in Enum.GetValues<Role>())
            {
                await api.AddTokenAsync(role);
            }
        }

        ApiEngine engine = await ApiEngine.OpenAsync(api.folder.FullName);
        var options = new ServerOptions { Listen = ListenAddress.Parse("http://127.0.0.1:0"), TokenFile = api.TokenFilePath, Engine = engine.Name, Store = "memory" };
        api.App = SearchServer.Create(change?.Invoke(options) ?? options, new ServerParts
        {
            Service = services => service ?? engine.Service(services),
            Artifacts = api.Artifacts,
            AskStore = _ => askStore?.Invoke() ?? Task.CompletedTask,
            Configure = builder =>
            {
                builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(api.Log);
                if (service is null)
                {
                    engine.Configure(builder);
                }
            },
        });
        await api.App.StartAsync();
        api.Http = new HttpClient { BaseAddress = new Uri(api.Address) };
        return api;
    }

    internal string Address => App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    internal string TokenOf(Role role) => tokens[role.ToString()];

    internal async Task<string> AddTokenAsync(Role role)
    {
        string token = Token.New();
        await TokenFile.AppendAsync(
            TokenFilePath, new TokenEntry(role, $"{role}", Token.IdOf(token)!, Token.HashOf(token), TimeProvider.System.GetUtcNow()), TimeProvider.System, CancellationToken.None);
        return tokens[role.ToString()] = token;
    }

    internal Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, object? body = null, string? token = null, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = body is null ? null : body as HttpContent ?? JsonContent.Create(body) };
        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        foreach ((string name, string value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>The answer's body; the status must be the expected one.</summary>
    internal async Task<JsonNode> JsonAsync(
        HttpMethod method, string path, object? body = null, int expected = 200, params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(method, path, body, null, headers);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True((int)response.StatusCode == expected, $"{method} {path}: expected {expected}, actual {(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!;
    }

    internal Task<JsonNode> GetAsync(string path) => JsonAsync(HttpMethod.Get, path);

    internal Task<JsonNode> PostAsync(string path, object? body = null, int expected = 200) => JsonAsync(HttpMethod.Post, path, body, expected);

    public async ValueTask DisposeAsync()
    {
        Http?.Dispose();
        await App.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
