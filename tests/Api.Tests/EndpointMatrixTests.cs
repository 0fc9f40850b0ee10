using System.Net;
using System.Text.RegularExpressions;
using Bitcurve.Search.Api.Security;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Bitcurve.Api.Tests;

/// <summary>Who may call what. An endpoint that is added without a line here fails.</summary>
public sealed class EndpointMatrixTests
{
    // v: viewer and admin; w: worker and admin; a: admin alone; -: anyone.
    private static readonly Dictionary<string, char> Allowed = new()
    {
        ["GET /"] = '-',
        ["GET /assets/{file}"] = '-',
        ["GET /health/live"] = '-',
        ["GET /health/ready"] = '-',
        ["GET /metrics"] = 'v',
        ["GET /openapi/{documentName}.json"] = '-',
        ["GET /api/v1/server"] = 'v',
        ["GET /api/v1/me"] = 'v',
        ["GET /api/v1/workloads"] = 'v',
        ["POST /api/v1/searches"] = 'a',
        ["GET /api/v1/searches"] = 'v',
        ["GET /api/v1/searches/{id}"] = 'v',
        ["POST /api/v1/searches/{id}/pause"] = 'a',
        ["POST /api/v1/searches/{id}/resume"] = 'a',
        ["POST /api/v1/searches/{id}/cancel"] = 'a',
        ["POST /api/v1/searches/{id}/top-up"] = 'a',
        ["POST /api/v1/searches/{id}/extend"] = 'a',
        ["GET /api/v1/searches/{id}/trials"] = 'v',
        ["GET /api/v1/searches/{id}/jobs"] = 'v',
        ["GET /api/v1/searches/{id}/decisions"] = 'v',
        ["GET /api/v1/searches/{id}/journal"] = 'v',
        ["GET /api/v1/searches/{id}/events"] = 'v',
        ["GET /api/v1/searches/{id}/report"] = 'v',
        ["GET /api/v1/searches/{id}/report.html"] = 'v',
        ["GET /api/v1/searches/{id}/trials.csv"] = 'v',
        ["GET /api/v1/searches/{id}/picture"] = 'v',
        ["GET /api/v1/searches/{id}/model"] = 'v',
        ["GET /api/v1/searches/{id}/weights/{which}"] = 'v',
        ["GET /api/v1/workers"] = 'v',
        ["POST /api/v1/workers"] = 'w',
        ["DELETE /api/v1/workers/{id}"] = 'w',
        ["POST /api/v1/leases"] = 'w',
        ["POST /api/v1/leases/{leaseId}/heartbeat"] = 'w',
        ["PUT /api/v1/leases/{leaseId}/report"] = 'w',
        ["POST /api/v1/leases/{leaseId}/release"] = 'w',
        ["GET /api/v1/artifacts/{sha256}"] = 'w',
        ["HEAD /api/v1/artifacts/{sha256}"] = 'w',
        ["PATCH /api/v1/artifacts/{sha256}"] = 'w',
    };

    [Theory]
    [InlineData("none")]
    [InlineData("wrong")]
    [InlineData("viewer")]
    [InlineData("worker")]
    [InlineData("admin")]
    public async Task Endpoint_EveryCaller_IsLetInOrNotAsTheTableSays(string caller)
    {
        await using SearchApi api = await SearchApi.StartAsync(withTokens: true);
        string? token = caller switch
        {
            "none" => null,
            "wrong" => Token.New(),
            _ => api.TokenOf(Enum.Parse<Role>(caller, ignoreCase: true)),
        };
        string[] endpoints = EndpointsOf(api);
        Assert.Equal(Allowed.Keys.Order(), endpoints.Order());

        foreach (string endpoint in endpoints)
        {
            string[] parts = endpoint.Split(' ');
            using HttpResponseMessage response = await api.SendAsync(new HttpMethod(parts[0]), Filled(parts[1]), token: token);

            HttpStatusCode? refusal = Refusal(Allowed[endpoint], caller);
            Assert.True(
                refusal is null ? response.StatusCode is not (HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden) : response.StatusCode == refusal,
                $"{endpoint} for {caller}: {response.StatusCode}");
            Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
        }
    }

    [Fact]
    public async Task Document_HasEveryEndpoint()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var paths = (await api.GetAsync("/openapi/v1.json"))["paths"]!.AsObject();

        Assert.All(Allowed.Keys.Where(endpoint => !endpoint.Contains("openapi")), endpoint =>
        {
            string[] parts = endpoint.Split(' ');
            Assert.NotNull(paths[parts[1]]?[parts[0].ToLowerInvariant()]?["summary"]);
        });
    }

    [Fact]
    public void Samples_HaveEveryEndpoint()
    {
        string[] requests = [.. Regex.Matches(Repository.Read("samples/requests.http"), @"^([A-Z]+) \{\{server\}\}([^\s?]+)", RegexOptions.Multiline)
            .Select(match => $"{match.Groups[1].Value} {match.Groups[2].Value}")];

        Assert.All(Allowed.Keys, endpoint => Assert.Contains(requests, request => Regex.IsMatch(request, $"^{Regex.Replace(endpoint, @"\{\w+\}", "[^/]+")}$")));
        Assert.All(requests, request => Assert.Contains(Allowed.Keys, endpoint => Regex.IsMatch(request, $"^{Regex.Replace(endpoint, @"\{\w+\}", "[^/]+")}$")));
    }

    private static string[] EndpointsOf(SearchApi api) =>
    [
        .. api.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().SelectMany(endpoint =>
            (endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["ANY"])
                .Select(method => $"{method} {WithoutConstraints(endpoint.RoutePattern.RawText!)}")),
    ];

    private static string WithoutConstraints(string pattern) => Regex.Replace(pattern, @"\{(\w+):.*?\)\}", "{$1}");

    private static string Filled(string pattern) => pattern
        .Replace("{documentName}", "v1").Replace("{id}", "unknown-1").Replace("{which}", "chosen")
        .Replace("{leaseId}", "unknown-1.1.1").Replace("{sha256}", new string('0', 64));

    private static HttpStatusCode? Refusal(char allowed, string caller) => (allowed, caller) switch
    {
        ('-', _) or (_, "admin") or ('v', "viewer") or ('w', "worker") => null,
        (_, "none" or "wrong") => HttpStatusCode.Unauthorized,
        _ => HttpStatusCode.Forbidden,
    };
}
