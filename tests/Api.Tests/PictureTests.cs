using System.Net;
using System.Text.Json.Nodes;
using Bitcurve.Search.Api.Security;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Api.Tests;

public sealed class PictureTests
{
    [Fact]
    public async Task Picture_SinceAnEarlierOne_HasOnlyWhatIsOther()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string picture = $"/api/v1/searches/{await worker.CreateSearchAsync()}/picture";
        await worker.ReportAsync((await worker.LeaseAsync())!);
        await worker.ReportAsync((await worker.LeaseAsync())!);
        LeasedJob second = (await worker.LeaseAsync())!;
        JsonNode before = await api.GetAsync(picture);
        await worker.ReportAsync(second);
        await worker.LeaseAsync();

        JsonNode news = await api.GetAsync($"{picture}?since={before["version"]}");

        Assert.Equal([1, 2], Numbers(before["trials"]!["id"]!));
        Assert.Equal([2, 3], Numbers(news["trials"]!["id"]!));
        Assert.Equal([3], Numbers(news["decisions"]!["id"]!));
        Assert.Equal((long)before["version"]!, (long)news["since"]!);
        Assert.Equal([false, true], news["trials"]!["pending"]!.AsArray().Select(pending => (bool)pending!));
        Assert.NotNull(news["chosen"]);
    }

    [Fact]
    public async Task Picture_SinceItself_HasNothingNew()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string picture = $"/api/v1/searches/{await worker.CreateSearchAsync()}/picture";
        await worker.WorkUntilIdleAsync();
        JsonNode complete = await api.GetAsync(picture);

        JsonNode news = await api.GetAsync($"{picture}?since={complete["version"]}");

        Assert.Equal(3, Numbers(complete["trials"]!["id"]!).Length);
        Assert.Empty(news["trials"]!["id"]!.AsArray());
        Assert.Empty(news["decisions"]!["id"]!.AsArray());
    }

    [Fact]
    public async Task Picture_OnlyAFlagIsOther_HasThatTrial()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string search = $"/api/v1/searches/{await worker.CreateSearchAsync()}";
        await worker.ReportAsync((await worker.LeaseAsync())!);
        await worker.LeaseAsync();
        JsonNode before = await api.GetAsync($"{search}/picture");
        await api.PostAsync($"{search}/cancel");

        JsonNode news = await api.GetAsync($"{search}/picture?since={before["version"]}");

        Assert.True((bool)before["trials"]!["pending"]![0]!);
        Assert.Equal([1], Numbers(news["trials"]!["id"]!));
        Assert.False((bool)news["trials"]!["pending"]![0]!);
        Assert.Equal("cancelled", (string)news["phase"]!);
    }

    [Fact]
    public async Task Picture_SinceAVersionThatNobodyWasTold_IsComplete()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string picture = $"/api/v1/searches/{await worker.CreateSearchAsync()}/picture";
        await worker.WorkUntilIdleAsync();

        JsonNode complete = await api.GetAsync($"{picture}?since=2");

        Assert.Equal((0, 3), ((int)complete["since"]!, complete["trials"]!["id"]!.AsArray().Count));
        Assert.Equal(400, (int)(await api.JsonAsync(HttpMethod.Get, $"{picture}?since=soon", expected: 400))["status"]!);
    }

    [Fact]
    public async Task Model_FirstAskedFor_IsBeingComputedAndThenThere()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string model = $"/api/v1/searches/{await worker.CreateSearchAsync()}/model";
        Assert.Equal("Nothing has been measured yet.", (string)(await api.GetAsync(model))["unavailable"]!);
        await worker.WorkUntilIdleAsync();

        JsonNode answer = await api.GetAsync(model);
        while ((string?)answer["unavailable"] is string reason)
        {
            Assert.Equal("The model is being computed.", reason);
            answer = await api.GetAsync(model);
        }

        Assert.Equal(2, answer["slices"]!.AsArray().Count);
        Assert.Equal([1, 2, 3], Numbers(answer["estimates"]!["trialId"]!));
        Assert.Equal((long)(await api.GetAsync(model.Replace("/model", "/picture")))["version"]!, (long)answer["version"]!);
    }

    [Fact]
    public async Task Me_EveryRole_IsToldWhoItIs()
    {
        await using SearchApi api = await SearchApi.StartAsync(withTokens: true);

        foreach (Role role in (Role[])[Role.Admin, Role.Viewer])
        {
            using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/me", token: api.TokenOf(role));
            JsonNode me = JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal(($"{role}", $"{role}".ToLowerInvariant()), ((string)me["name"]!, (string)me["role"]!));
        }
    }

    [Fact]
    public async Task Me_WithoutTokens_IsAnonymousAndMayDoAll()
    {
        await using SearchApi api = await SearchApi.StartAsync();

        JsonNode me = await api.GetAsync("/api/v1/me");

        Assert.Equal(("anonymous", "admin", false), ((string)me["name"]!, (string)me["role"]!, (bool)me["tokens"]!));
    }

    [Fact]
    public async Task Summary_OfASearch_HasRegretGainAndBudgetLeft()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string id = await worker.CreateSearchAsync(new { workload = ScriptedWorker.Workload.Name, budget = "4jobs" });
        await worker.ReportAsync((await worker.LeaseAsync())!);
        await worker.ReportAsync((await worker.LeaseAsync())!);

        JsonNode search = (await api.GetAsync("/api/v1/searches"))["items"]![0]!;
        JsonNode decision = (await api.GetAsync($"/api/v1/searches/{id}/decisions"))["items"]![0]!;

        Assert.Equal(0.75, (double)search["budgetLeft"]!);
        Assert.Equal((double)decision["gainNats"]!, (double)search["informationGain"]!);
        Assert.Equal((double?)decision["expectedRegret"], (double?)search["expectedRegret"]);
        int bits = ((string)search["bestBits"]!).Sum(digit => digit - '0');
        Assert.Equal((double)search["bestAccuracy"]! - ((bits - 16) / 1000.0), (double)search["bestEffective"]!, 1e-12);
    }

    [Fact]
    public async Task Search_AfterItsFirstJob_HasAForecastUntilItIsPaused()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string search = $"/api/v1/searches/{await worker.CreateSearchAsync(new { workload = ScriptedWorker.Workload.Name, tasks = "1,5", budget = "4jobs" })}";
        await worker.ReportAsync((await worker.LeaseAsync())!);
        Assert.Null((await api.GetAsync(search))["forecast"]);
        await worker.ReportAsync((await worker.LeaseAsync())!);

        JsonNode forecast = (await api.GetAsync(search))["forecast"]!;
        JsonNode paused = await api.PostAsync($"{search}/pause");

        Assert.True((double)forecast["secondsLeft"]! > 0);
        Assert.InRange((double)forecast["secondsLeft"]!, (double)forecast["secondsLow"]!, (double)forecast["secondsHigh"]!);
        Assert.EndsWith("1 worker", (string)forecast["basis"]!);
        Assert.Null(paused["forecast"]);
    }

    private static int[] Numbers(JsonNode list) => [.. list.AsArray().Select(number => (int)number!)];
}
