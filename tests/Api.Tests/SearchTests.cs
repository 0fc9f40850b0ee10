using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Bitcurve.Search.Api.Json;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Api.Tests;

public sealed class SearchTests : IAsyncLifetime
{
    private SearchApi api = null!;
    private ScriptedWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        api = await SearchApi.StartAsync();
        worker = new ScriptedWorker(api);
        await worker.JoinAsync();
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Create_Request_AnswersWithTheSearchAndItsAddress()
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Post, "/api/v1/searches", ScriptedWorker.Request);

        JsonNode search = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/api/v1/searches/{search["id"]}", $"{response.Headers.Location}");
        Assert.Equal(("running", "baseline", "tiny/made-up"), ((string)search["state"]!, (string)search["phase"]!, (string)search["workload"]!));
        Assert.Equal("""{"queued":1,"running":0,"succeeded":0,"failed":0}""", search["jobs"]!.ToJsonString());
        Assert.Equal(1, (int)search["version"]!);
        Assert.Equal("random", (string)search["definition"]!["selection"]!["strategy"]!);
        Assert.True(JsonNode.DeepEquals(search, await api.GetAsync($"{response.Headers.Location}")));
    }

    [Fact]
    public async Task Read_SearchThatNobodyCanServe_SaysWhy()
    {
        string id = (string)(await api.JsonAsync(HttpMethod.Post, "/api/v1/searches", ScriptedWorker.Request, 201))["id"]!;
        Assert.Null((await api.GetAsync($"/api/v1/searches/{id}"))["notice"]);
        var otherRecipe = new { workload = "tiny/made-up", description = Described(ScriptedWorker.Workload with { ContentHash = new string('b', 64) }), budget = "3jobs" };
        var otherNetwork = new { workload = "large/made-up", description = Described(ScriptedWorker.Workload with { Name = "large/made-up", ContentHash = new string('c', 64) }), budget = "3jobs" };

        Assert.Contains("by another recipe", await NoticeAsync(otherRecipe), StringComparison.Ordinal);
        Assert.Equal("No worker that is there offers large/made-up. Start one: bitcurve worker --server URL --workload large/made-up", await NoticeAsync(otherNetwork));
        await api.SendAsync(HttpMethod.Delete, $"/api/v1/workers/machine%2Fcpu?session={worker.Session}");
        Assert.StartsWith("No worker is there.", (string)(await api.GetAsync($"/api/v1/searches/{id}"))["notice"]!);
    }

    [Fact]
    public async Task Create_SameKeyAgain_IsTheSameSearch()
    {
        (string, string) key = ("Idempotency-Key", "night run 7");
        JsonNode first = await api.JsonAsync(HttpMethod.Post, "/api/v1/searches", ScriptedWorker.Request, 201, key);
        JsonNode again = await api.JsonAsync(HttpMethod.Post, "/api/v1/searches", ScriptedWorker.Request, 200, key);

        JsonNode problem = await api.JsonAsync(
            HttpMethod.Post, "/api/v1/searches", new { workload = ScriptedWorker.Workload.Name, seed = 1, budget = "3jobs", selection = new { strategy = "random" } }, 409, key);

        Assert.Equal((string)first["id"]!, (string)again["id"]!);
        Assert.Contains("seed: expected 0, actual 1", (string)problem["detail"]!);
        Assert.Single((await api.GetAsync("/api/v1/searches"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("tab\there")]
    public async Task Create_KeyOfOtherLetters_IsRefused(string key) =>
        Assert.Equal("Idempotency-Key", (string)(await api.JsonAsync(
            HttpMethod.Post, "/api/v1/searches", ScriptedWorker.Request, 400, ("Idempotency-Key", key)))["field"]!);

    [Fact]
    public async Task Create_KeyTooLong_IsRefused() => await api.JsonAsync(
        HttpMethod.Post, "/api/v1/searches", ScriptedWorker.Request, 400, ("Idempotency-Key", new string('k', 201)));

    [Fact]
    public async Task Create_UnknownWorkload_ListsTheKnownOnes()
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", new { workload = "vgg99/none" }, 422);

        Assert.Equal(("workload", "one of tiny/made-up", "'vgg99/none'"), ((string)problem["field"]!, (string)problem["expected"]!, (string)problem["actual"]!));
    }

    [Fact]
    public async Task Create_WorkloadThatTheRequestDescribes_NeedsNoWorker()
    {
        var described = ScriptedWorker.Workload with { Name = "brought/along" };

        JsonNode search = await api.PostAsync(
            "/api/v1/searches", ScriptedWorker.Json(new Search.Hosting.SearchRequest { Workload = "brought/along", Description = described }), 201);

        Assert.Equal("brought/along", (string)search["workload"]!);
    }

    [Theory]
    [InlineData("""{"workload":"tiny/made-up","budget":"plenty"}""", "budget")]
    [InlineData("""{"workload":"tiny/made-up","tasks":"3,2"}""", "tasks")]
    [InlineData("""{"workload":"tiny/made-up","bits":"0..9"}""", "bits")]
    [InlineData("""{"workload":"tiny/made-up","space":"line:2"}""", null)]
    [InlineData("""{"workload":"tiny/made-up","selection":{"strategy":"guess"}}""", "strategy")]
    [InlineData("""{"workload":"tiny/made-up","sharing":{"weight":0}}""", "weight")]
    [InlineData("""{"workload":"tiny/made-up","choosing":{"bitsPerAccuracy":-1}}""", null)]
    public async Task Create_ValuesThatDoNotFit_AreUnsuitable(string body, string? field)
    {
        JsonNode problem = await api.PostAsync("/api/v1/searches", JsonText.Of(body), 422);

        Assert.Contains("expected", (string)problem["detail"]!);
        if (field is not null)
        {
            Assert.Equal(field, (string?)problem["field"]);
        }
    }

    [Fact]
    public async Task List_Pages_GoThroughAllInOrder()
    {
        var created = new List<string>();
        for (int count = 0; count < 3; count++)
        {
            created.Add((string)(await api.PostAsync("/api/v1/searches", ScriptedWorker.Request, 201))["id"]!);
        }

        JsonNode first = await api.GetAsync("/api/v1/searches?limit=2");
        JsonNode second = await api.GetAsync($"/api/v1/searches?limit=2&after={first["next"]}");

        string[] listed = [.. first["items"]!.AsArray().Concat(second["items"]!.AsArray()).Select(item => (string)item!["id"]!)];
        Assert.Equal(created.Order(StringComparer.Ordinal), listed);
        Assert.Equal((2, 1), (first["items"]!.AsArray().Count, second["items"]!.AsArray().Count));
        Assert.Null(second["next"]);
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=501", "limit")]
    [InlineData("limit=ten", "limit")]
    [InlineData("limit=1&limit=2", "limit")]
    [InlineData("after=../x", "after")]
    public async Task List_QueryOfAnotherForm_IsRefused(string query, string field) =>
        Assert.Equal(field, (string)(await api.JsonAsync(HttpMethod.Get, $"/api/v1/searches?{query}", expected: 400))["field"]!);

    [Fact]
    public async Task Read_UnknownSearch_IsNotFound() =>
        Assert.Contains("unknown-7", (string)(await api.JsonAsync(HttpMethod.Get, "/api/v1/searches/unknown-7", expected: 404))["detail"]!);

    [Fact]
    public async Task History_AfterSomeJobs_IsPagedByNumber()
    {
        string id = await worker.CreateSearchAsync();
        await worker.WorkUntilIdleAsync();

        foreach (string what in (string[])["trials", "jobs", "decisions"])
        {
            JsonNode first = await api.GetAsync($"/api/v1/searches/{id}/{what}?limit=1");
            JsonNode rest = await api.GetAsync($"/api/v1/searches/{id}/{what}?after={first["next"]}");
            Assert.Equal(1, (int)first["items"]![0]!["id"]!);
            Assert.Equal(2, (int)rest["items"]![0]!["id"]!);
            Assert.Null(rest["next"]);
        }

        JsonNode journal = await api.GetAsync($"/api/v1/searches/{id}/journal?after=1&limit=2");
        Assert.Equal([2, 3], journal["items"]!.AsArray().Select(item => (int)item!["version"]!));
        Assert.Equal(3, (int)journal["next"]!);
        Assert.Equal("created", (string)(await api.GetAsync($"/api/v1/searches/{id}/journal"))["items"]![0]!["event"]!["kind"]!);
    }

    private async Task<string> NoticeAsync(object request) =>
        (string)(await api.JsonAsync(HttpMethod.Post, "/api/v1/searches", request, 201))["notice"]!;

    private static JsonNode Described(WorkloadDescription workload) => JsonSerializer.SerializeToNode(workload, ApiJson.Options)!;
}
