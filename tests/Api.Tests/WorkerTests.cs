using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Api.Tests;

public sealed class WorkerTests : IAsyncLifetime
{
    private SearchApi api = null!;
    private ScriptedWorker worker = null!;

    public async ValueTask InitializeAsync()
    {
        api = await SearchApi.StartAsync();
        worker = new ScriptedWorker(api);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Worker_WholeSearch_GoesThroughHttpAlone()
    {
        string id = await worker.CreateSearchAsync();

        LeasedJob baseline = (await worker.LeaseAsync())!;
        JsonNode reply = await api.PostAsync($"/api/v1/leases/{baseline.LeaseId}/heartbeat", ScriptedWorker.Json(new JobProgress(1, null, [], 0.5)));
        Assert.Equal("continue", (string)reply["answer"]!);
        Assert.Equal("accepted", (string)(await worker.ReportAsync(baseline))["answer"]!);
        Assert.Equal("dropped", (string)(await worker.ReportAsync(baseline))["answer"]!);
        await worker.WorkUntilIdleAsync();

        JsonNode search = await api.GetAsync($"/api/v1/searches/{id}");
        Assert.Equal(("completed", 3), ((string)search["state"]!, (int)search["decisions"]!));
        JsonNode known = Assert.Single((await api.GetAsync("/api/v1/workers"))["items"]!.AsArray())!;
        Assert.Equal(("machine/cpu", "online"), ((string)known["workerId"]!, (string)known["state"]!));
        Assert.Equal("tiny/made-up", (string)Assert.Single((await api.GetAsync("/api/v1/workloads"))["items"]!.AsArray())!["name"]!);
    }

    [Fact]
    public async Task Heartbeat_WithReadings_ShowsThemInTheFleetAndNotInTheJournal()
    {
        string id = await worker.CreateSearchAsync();
        LeasedJob baseline = (await worker.LeaseAsync())!;
        var device = new DeviceReading(MemoryUsedBytes: -1, MemoryBytes: 1000, Utilization: 0.5);

        await api.PostAsync(
            $"/api/v1/leases/{baseline.LeaseId}/heartbeat", ScriptedWorker.Json(new JobProgress(1, null, [], 0.5, ImagesPerSecond: 250, device)));

        JsonNode known = Assert.Single((await api.GetAsync("/api/v1/workers"))["items"]!.AsArray())!;
        Assert.Equal($$"""{"searchId":"{{id}}","jobId":1,"purpose":"baseline","bits":"","epochsDone":1,"epochs":3}""", known["job"]!.ToJsonString());
        Assert.Equal("""{"memoryBytes":1000,"utilization":0.5}""", known["device"]!.ToJsonString());
        Assert.Equal(250, (double)known["imagesPerSecond"]!);
        Assert.NotNull(known["jobSince"]);
        Assert.DoesNotContain("imagesPerSecond", (await api.GetAsync($"/api/v1/searches/{id}/journal")).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Heartbeat_ReadingOfAnotherKind_IsRefusedByName()
    {
        await worker.CreateSearchAsync();
        LeasedJob baseline = (await worker.LeaseAsync())!;
        using var progress = new StringContent(
            """{"epochsDone":1,"checkpoint":null,"measurements":[],"trainSeconds":0,"device":{"fan":3}}""", Encoding.UTF8, "application/json");

        JsonNode problem = await api.PostAsync($"/api/v1/leases/{baseline.LeaseId}/heartbeat", progress, 400);

        Assert.Contains("device.fan: expected one of the fields memoryUsedBytes, memoryBytes, utilization", (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lease_SessionOfAnEarlierRegistration_IsStale()
    {
        await worker.JoinAsync();
        string earlier = worker.Session;
        await worker.JoinAsync();

        JsonNode problem = await api.PostAsync("/api/v1/leases", ScriptedWorker.Json(new LeaseRequest("machine/cpu", earlier, 0)), 409);
        await api.PostAsync("/api/v1/leases", ScriptedWorker.Json(new LeaseRequest("nobody", earlier, 0)), 409);

        Assert.Equal("Stale session", (string)problem["title"]!);
    }

    [Fact]
    public async Task Release_HeldJob_IsGivenOutAgain()
    {
        await worker.CreateSearchAsync();
        LeasedJob job = (await worker.LeaseAsync())!;

        using HttpResponseMessage released = await api.SendAsync(HttpMethod.Post, $"/api/v1/leases/{job.LeaseId}/release");

        Assert.Equal(HttpStatusCode.NoContent, released.StatusCode);
        LeasedJob again = (await worker.LeaseAsync())!;
        Assert.Equal(job.Order.JobId, again.Order.JobId);
        Assert.NotEqual(job.LeaseId, again.LeaseId);
    }

    [Theory]
    [InlineData("rack 1/gpu:0")]
    [InlineData("100%2F")]
    [InlineData("größe")]
    public async Task Leave_NameOfAnyLetters_IsTheWorkers(string name)
    {
        var named = new ScriptedWorker(api, name);
        await named.JoinAsync();

        using HttpResponseMessage left = await api.SendAsync(HttpMethod.Delete, $"/api/v1/workers/{Uri.EscapeDataString(name)}?session={named.Session}");

        Assert.Equal(HttpStatusCode.NoContent, left.StatusCode);
        Assert.Equal("left", (string)Assert.Single((await api.GetAsync("/api/v1/workers"))["items"]!.AsArray())!["state"]!);
    }

    [Fact]
    public async Task Leave_AnotherSession_IsStale()
    {
        await worker.JoinAsync();
        await api.JsonAsync(HttpMethod.Delete, "/api/v1/workers/machine%2Fcpu?session=other", expected: 409);
        await api.JsonAsync(HttpMethod.Delete, "/api/v1/workers/machine%2Fcpu", expected: 400);
    }

    [Theory]
    [InlineData("""{"workerId":"","deviceKind":"cpu","workloads":[]}""", "workerId")]
    [InlineData("""{"workerId":"a\nb","deviceKind":"cpu","workloads":[]}""", "workerId")]
    [InlineData("""{"workerId":"a","deviceKind":"cpu","workloads":[]}""", "workloads")]
    [InlineData("""{"workerId":"a","deviceKind":"cpu","workloads":[{"name":"n","contentHash":"h","metric":"m","layers":[],"baselineEpochs":1}]}""", "workloads[0].layers")]
    [InlineData("""{"workerId":"a","deviceKind":"cpu","workloads":[{"name":"n","contentHash":"h","metric":"m","layers":[{"name":"l","weightShape":[0],"macs":1}],"baselineEpochs":1}]}""", "workloads[0].layers[0].weightShape")]
    [InlineData("""{"workerId":"a","deviceKind":"cpu","workloads":[{"name":"n","contentHash":"h","metric":"m","layers":[{"name":"l","weightShape":[1],"macs":1,"sharesWith":"l"}],"baselineEpochs":1}]}""", "workloads[0].layers[0].sharesWith")]
    [InlineData("""{"workerId":"a","deviceKind":"cpu","workloads":[{"name":"n","contentHash":"h","metric":"m","layers":[{"name":"l","weightShape":[1],"macs":1},{"name":"k","weightShape":[1],"macs":1,"sharesWith":"j"}],"baselineEpochs":1,"goal":"minimize","metricIsFraction":false}]}""", "workloads[0].layers[1].sharesWith")]
    public async Task Register_WhatCannotBeSearched_IsUnsuitable(string body, string field) =>
        Assert.Equal(field, (string)(await api.PostAsync("/api/v1/workers", JsonText.Of(body), 422))["field"]!);

    [Theory]
    [InlineData(-1.0)]
    [InlineData(61.0)]
    [InlineData(double.NaN)]
    public async Task Lease_WaitOutOfRange_IsUnsuitable(double seconds)
    {
        await worker.JoinAsync();
        Assert.Equal("waitSeconds", (string)(await api.PostAsync(
            "/api/v1/leases", ScriptedWorker.Json(new LeaseRequest("machine/cpu", worker.Session, seconds)), 422))["field"]!);
    }

    [Fact]
    public async Task Heartbeat_UnknownJob_IsUnsuitable()
    {
        string id = await worker.CreateSearchAsync();
        JsonNode problem = await api.PostAsync($"/api/v1/leases/{id}.99.1/heartbeat", ScriptedWorker.Json(new JobProgress(1, null, [], 0)), 422);
        Assert.Equal(("job", "99"), ((string)problem["field"]!, (string)problem["actual"]!));
    }

    [Fact]
    public async Task Stop_WaitingWorker_IsSentHomeWithNothing()
    {
        await worker.JoinAsync();
        Task<LeasedJob?> waiting = worker.LeaseAsync(waitSeconds: 60);

        // The request is being served once the server has seen the worker again.
        while (!api.Log.Lines.Any(line => line.Contains("Executing endpoint", StringComparison.Ordinal) && line.Contains("/api/v1/leases", StringComparison.Ordinal)))
        {
            await Task.Yield();
        }

        await api.App.StopAsync();

        Assert.Null(await waiting);
    }
}
