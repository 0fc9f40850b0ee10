using System.Net;
using System.Text.Json.Nodes;

namespace Bitcurve.Api.Tests;

/// <summary>Bodies that are not as they must be, and addresses that lead nowhere.</summary>
public sealed class BodyTests : IAsyncLifetime
{
    private SearchApi api = null!;

    public async ValueTask InitializeAsync() => api = await SearchApi.StartAsync(change: options => options with { MaximumBodyBytes = 2000 });

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData("""{"budget":"3jobs"}""", "workload", "text", "none")]
    [InlineData("""{"workload":null}""", "workload", "text", "null")]
    [InlineData("""{"workload":7}""", "workload", "text", "7")]
    [InlineData("""{"workload":"w","seed":"one"}""", "seed", "a whole number", "\"one\"")]
    [InlineData("""{"workload":"w","seed":1.5}""", "seed", "a whole number", "1.5")]
    [InlineData("""{"workload":"w","selection":{"nugget":"yes"}}""", "selection.nugget", "true or false", "\"yes\"")]
    [InlineData("""{"workload":"w","selection":[]}""", "selection", "an object", "[]")]
    [InlineData("""{"workload":"w","choosing":{"rankBy":"luck"}}""", "choosing.rankBy", "one of effective, accuracy, memory, bits, bitOperations", "\"luck\"")]
    [InlineData("""{"workload":"w","choosing":{"rankBy":1}}""", "choosing.rankBy", "one of effective, accuracy, memory, bits, bitOperations", "1")]
    [InlineData("""{"workload":"w","verification":{"groups":["chosen","other"]}}""", "verification.groups[1]", "one of fp32, chosen, front, reversed, uniform", "\"other\"")]
    [InlineData("""{"workload":"w","workload":"x"}""", "workload", "one value", "two")]
    [InlineData("""[1]""", "body", "an object", "[1]")]
    [InlineData("""null""", "body", "an object", "null")]
    public async Task Body_FieldOfAnotherKind_IsNamedWithWhatWasExpected(string body, string field, string expected, string actual)
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", JsonText.Of(body), 400);

        Assert.Equal((field, expected, actual), ((string)problem["field"]!, (string)problem["expected"]!, (string)problem["actual"]!));
        Assert.Equal($"{field}: expected {expected}, actual {actual}.", (string)problem["detail"]!);
    }

    [Theory]
    [InlineData("""{"workload":"w","nugget":true}""", "nugget")]
    [InlineData("""{"workload":"w","selection":{"nuget":true}}""", "selection.nuget")]
    [InlineData("""{"Workload":"w"}""", "Workload")]
    public async Task Body_UnknownField_IsNamedWithTheKnownOnes(string body, string field)
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", JsonText.Of(body), 400);

        Assert.Equal((field, "an unknown field"), ((string)problem["field"]!, (string)problem["actual"]!));
        Assert.Contains(field.ToLowerInvariant()[^3..], (string)problem["expected"]!.ToString().ToLowerInvariant());
        Assert.DoesNotContain("System.", problem.ToJsonString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("workload: w")]
    [InlineData("""{"workload":"w",}""")]
    public async Task Body_NoJson_SaysWhereItEnds(string body)
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", JsonText.Of(body), 400);

        Assert.Matches("^body: expected JSON, actual text that is none from line 1, byte [0-9]+ on.$", (string)problem["detail"]!);
    }

    [Fact]
    public async Task Body_NestedTooDeeply_IsNoJson() =>
        await api.PostAsync("/api/v1/searches", JsonText.Of(new string('[', 500) + new string(']', 500)), 400);

    [Fact]
    public async Task Body_TooLarge_IsRefused()
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", new { workload = new string('w', 3000) }, 413);
        Assert.Equal("Too large", (string)problem["title"]!);
    }

    [Fact]
    public async Task Body_AnotherContentType_IsRefused()
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", JsonText.Of("workload=w", "application/x-www-form-urlencoded"), 415);
        Assert.Contains("expected application/json", (string)problem["detail"]!);
    }

    [Theory]
    [InlineData("GET", "/nowhere", 404)]
    [InlineData("GET", "/api/v1/nothing", 404)]
    [InlineData("GET", "/api/v1/searches/a_b", 404)]
    [InlineData("GET", "/api/v1/searches/..%2F..%2Fserver.db", 404)]
    [InlineData("GET", "/api/v1/searches/unknown/weights/other", 404)]
    [InlineData("POST", "/api/v1/leases/not-a-lease/release", 404)]
    [InlineData("DELETE", "/api/v1/searches", 405)]
    public async Task Address_LeadsNowhere_IsAProblem(string method, string path, int status)
    {
        using HttpResponseMessage response = await api.SendAsync(new HttpMethod(method), path);

        JsonNode problem = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal((HttpStatusCode)status, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, (int)problem["status"]!);
        Assert.NotEmpty((string)problem["detail"]!);
    }

    [Fact]
    public async Task Answer_Any_TellsNothingOfTheServerAndForbidsGuessing()
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/server");

        Assert.Empty(response.Headers.Server);
        Assert.Equal("nosniff", string.Concat(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Contains("default-src 'none'", string.Concat(response.Headers.GetValues("Content-Security-Policy")));
    }
}
