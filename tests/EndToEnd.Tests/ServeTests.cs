using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

public sealed class ServeTests : IDisposable
{
    private const string Layers = """[{"name":"conv1","weightShape":[8,8,3,3],"macs":1000},{"name":"conv2","weightShape":[8,8,3,3],"macs":1000}]""";
    private const string Description = $$"""{"name":"tiny/none","contentHash":"0a","metric":"accuracy","layers":{{Layers}},"baselineEpochs":1}""";
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Serve_Terminated_AnswersWhoeverWaitsAndEndsWell()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server");
        Assert.Matches(@"^bitcurve: serving http://127\.0\.0\.1:[0-9]+ \(data .*server, (local|orleans), sqlite\)$", server.Greeting);
        JsonNode session = await PostAsync(server, "workers", $$"""{"workerId":"w","deviceKind":"cpu","workloads":[{{Description}}]}""");
        Task<HttpResponseMessage> waiting = server.Http.PostAsync(
            "/api/v1/leases", Json($$"""{"workerId":"w","session":"{{session["session"]}}","waitSeconds":60}"""));
        Assert.Equal("ready\n", await server.Http.GetStringAsync("/health/ready"));

        Finished finished = await server.SignalAsync("TERM");

        Assert.Equal((0, ""), (finished.ExitCode, finished.Error));
        Assert.Equal(HttpStatusCode.NoContent, (await waiting).StatusCode);
    }

    [Fact]
    public async Task Serve_KilledAndStartedAgain_HasItsSearches()
    {
        string id;
        await using (var server = await ServerProcess.StartAsync(scratch, "--data", "server"))
        {
            id = (string)(await PostAsync(server, "searches", $$"""{"workload":"tiny/none","description":{{Description}}}"""))["id"]!;
            await server.SignalAsync("KILL");
        }

        await using var again = await ServerProcess.StartAsync(scratch, "--data", "server");

        Assert.Equal("running", (string)JsonNode.Parse(await again.Http.GetStringAsync($"/api/v1/searches/{id}"))!["state"]!);
    }

    [Fact]
    public async Task Serve_FolderOfAnotherServer_IsRefused()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server");

        AssertRefused(await RunAsync("serve", "--data", "server"), $"is in use by process {server.Id}.");
    }

    [Fact]
    public async Task Serve_PortOfAnotherServer_IsRefused()
    {
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server");
        string address = server.Http.BaseAddress!.ToString().TrimEnd('/');

        AssertRefused(await RunAsync("serve", "--data", "other", "--listen", address), address, "in use");
    }

    [Fact]
    public async Task Serve_TokenFile_LetsOnlyItsTokensIn()
    {
        Finished created = await RunAsync("token", "create", "--role", "viewer", "--name", "lab", "--token-file", "tokens", "--json");
        JsonNode token = JsonNode.Parse(created.Output)!;
        Assert.Equal((0, "viewer", "lab"), (created.ExitCode, (string)token["role"]!, (string)token["name"]!));
        await using var server = await ServerProcess.StartAsync(scratch, "--data", "server", "--token-file", "tokens");

        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync("/api/v1/server")).StatusCode);
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (string)token["token"]!);
        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/api/v1/server")).StatusCode);
        Assert.DoesNotContain(((string)token["token"]!)[12..], File.ReadAllText(scratch.PathOf("tokens")));
    }

    [Fact]
    public async Task TokenCreate_DefaultFile_IsWhereTheServerLooks()
    {
        Finished created = await RunAsync("token", "create", "--role", "admin");

        Assert.Matches("^bc_[0-9a-f]{8}_[A-Za-z0-9_-]{43}\n$", created.Output);
        await using var server = await ServerProcess.StartAsync(scratch);
        Assert.Equal(HttpStatusCode.Unauthorized, (await server.Http.GetAsync("/api/v1/server")).StatusCode);
    }

    [Theory]
    [InlineData("--listen http://0.0.0.0:0", "at least one token", "bitcurve token create --role admin")]
    [InlineData("--listen nowhere", "--listen: expected http://ADDRESS:PORT", "actual 'nowhere'")]
    [InlineData("--store mysql", "--store: expected sqlite or a PostgreSQL connection string", "actual 'mysql'")]
    [InlineData("--engine steam", "--engine: expected", "actual 'steam'")]
    [InlineData("--lease 0.5", "--lease: expected 1 second or more", "actual 0.5")]
    [InlineData("--token-file none", "--token-file: expected a file", "bitcurve token create")]
    [InlineData("--lease soon", "'--lease': expected a number", "bitcurve serve --help")]
    public async Task Serve_WhatCannotBe_IsOneLine(string arguments, params string[] parts) =>
        AssertRefused(await RunAsync(["serve", .. arguments.Split(' ')]), parts);

    [Fact]
    public async Task Serve_FolderOfARun_IsRefused()
    {
        Directory.CreateDirectory(scratch.PathOf("run"));
        File.WriteAllText(scratch.PathOf("run/search.db"), "");

        AssertRefused(await RunAsync("serve", "--data", "run"), "expected a server's folder or a new one, actual one of 'bitcurve run'");
    }

    [Fact]
    public async Task Serve_FolderOfAnotherEngine_IsRefused()
    {
        Directory.CreateDirectory(scratch.PathOf("server"));
        File.WriteAllText(scratch.PathOf("server/server.db"), "");
        File.WriteAllText(scratch.PathOf("server/cluster.db"), "");

        AssertRefused(await RunAsync("serve", "--data", "server"), "--data: expected a new folder or one of this engine", "Serve it with --engine");
    }

    [Fact]
    public async Task TokenCreate_UnknownRole_IsOneLine() =>
        AssertRefused(await RunAsync("token", "create", "--role", "boss"), "--role: expected admin, worker or viewer, actual 'boss'");

    private Task<Finished> RunAsync(params string[] arguments) => Executable.RunAsync(scratch, arguments);

    private static StringContent Json(string text) => new(text, MediaTypeHeaderValue.Parse("application/json"));

    private static async Task<JsonNode> PostAsync(ServerProcess server, string path, string body)
    {
        using HttpResponseMessage response = await server.Http.PostAsync($"/api/v1/{path}", Json(body));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonNode>())!;
    }

    private static void AssertRefused(Finished finished, params string[] parts)
    {
        Assert.Equal((2, ""), (finished.ExitCode, finished.Output));
        string message = Assert.Single(finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("bitcurve: ", message);
        Assert.All(parts, part => Assert.Contains(part, message));
    }
}
