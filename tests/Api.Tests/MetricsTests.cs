using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Bitcurve.Search.Api.Security;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Api.Tests;

/// <summary><c>GET /metrics</c> of a server whose searches and workers are known.</summary>
[Collection(nameof(MetricsTests))]
public sealed class MetricsTests
{
    [Fact]
    public async Task Metrics_OfASearchInTheMiddle_TellWhereItStands()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        const string name = "machine-1/cpu";
        var worker = new ScriptedWorker(api, name);
        string id = await worker.CreateSearchAsync(new { workload = ScriptedWorker.Workload.Name, budget = "4jobs", selection = new { strategy = "random" } });
        await worker.ReportAsync((await worker.LeaseAsync())!);
        await worker.ReportAsync((await worker.LeaseAsync())!);
        LeasedJob job = (await worker.LeaseAsync())!;
        var progress = new JobProgress(0, null, [], 1, 250.5, new DeviceReading(MemoryUsedBytes: 3_000_000_000, MemoryBytes: 8_000_000_000, Utilization: 0.25));
        await api.PostAsync($"/api/v1/leases/{job.LeaseId}/heartbeat", ScriptedWorker.Json(progress));

        string page = await PageAsync(api);

        Assert.Equal(1, Value(page, "bitcurve_search_running", $"search=\"{id}\",workload=\"{ScriptedWorker.Workload.Name}\""));
        Assert.Equal(1, Value(page, "bitcurve_search_jobs", $"search=\"{id}\",state=\"running\""));
        Assert.Equal(2, Value(page, "bitcurve_search_jobs", $"search=\"{id}\",state=\"succeeded\""));
        Assert.Equal(0.5, Value(page, "bitcurve_search_budget_left_ratio", $"search=\"{id}\""));
        Assert.InRange(Value(page, "bitcurve_search_best_accuracy_ratio", $"search=\"{id}\""), 0.1, 0.95);
        Assert.InRange(Value(page, "bitcurve_search_best_effective_ratio", $"search=\"{id}\""), 0.1, 1);
        Assert.Equal(0, Value(page, "bitcurve_search_information_gain", $"search=\"{id}\""));
        Assert.Equal(1, Value(page, "bitcurve_jobs_ended_total", $"outcome=\"succeeded\",purpose=\"baseline\",search=\"{id}\""));
        Assert.Equal(1, Value(page, "bitcurve_jobs_ended_total", $"outcome=\"succeeded\",purpose=\"search\",search=\"{id}\""));
        Assert.Equal(1, Value(page, "bitcurve_measurements_total", $"epochs=\"3\",search=\"{id}\""));
        Assert.Equal(1, Value(page, "bitcurve_workers", "state=\"online\""));
        Assert.Equal(0, Value(page, "bitcurve_workers", "state=\"left\""));
        Assert.Equal(1, Value(page, "bitcurve_worker_busy", $"worker=\"{name}\""));
        Assert.Equal(250.5, Value(page, "bitcurve_worker_throughput_per_second", $"device=\"cpu\",worker=\"{name}\""));
        Assert.Equal(3e9, Value(page, "bitcurve_worker_device_memory_used_bytes", $"device=\"cpu\",worker=\"{name}\""));
        Assert.Equal(8e9, Value(page, "bitcurve_worker_device_memory_size_bytes", $"device=\"cpu\",worker=\"{name}\""));
        Assert.Equal(0.25, Value(page, "bitcurve_worker_device_utilization_ratio", $"device=\"cpu\",worker=\"{name}\""));
        Assert.True(Value(page, "bitcurve_decision_duration_seconds_count", "strategy=\"random\"") >= 2);
        Assert.Contains("bitcurve_store_append_duration_seconds_bucket{le=\"0.0005\"}", page);
        Assert.Contains("http_route=\"/api/v1/leases\"", page);
        Assert.Contains("dotnet_process_memory_working_set_bytes ", page);
    }

    [Fact]
    public async Task Metrics_AfterASearchHasEnded_HaveItsCountsAndNoStanding()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string id = await worker.CreateSearchAsync();
        Assert.Contains($"bitcurve_search_running{{search=\"{id}\"", await PageAsync(api));
        await api.PostAsync($"/api/v1/searches/{id}/pause");
        Assert.Equal(0, Value(await PageAsync(api), "bitcurve_search_running", $"search=\"{id}\",workload=\"{ScriptedWorker.Workload.Name}\""));
        await api.PostAsync($"/api/v1/searches/{id}/cancel");

        string page = await PageAsync(api);

        Assert.DoesNotContain($"bitcurve_search_running{{search=\"{id}\"", page);
        Assert.DoesNotContain($"bitcurve_search_jobs{{search=\"{id}\"", page);
    }

    [Fact]
    public async Task Metrics_WithTokens_AreForViewers()
    {
        await using SearchApi api = await SearchApi.StartAsync(withTokens: true);

        using HttpResponseMessage viewer = await api.SendAsync(HttpMethod.Get, "/metrics", token: api.TokenOf(Role.Viewer));
        using HttpResponseMessage worker = await api.SendAsync(HttpMethod.Get, "/metrics", token: api.TokenOf(Role.Worker));
        using HttpResponseMessage nobody = await api.SendAsync(HttpMethod.Get, "/metrics");

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Unauthorized), (viewer.StatusCode, worker.StatusCode, nobody.StatusCode));
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", $"{viewer.Content.Headers.ContentType}");
    }

    [Fact]
    public async Task Metrics_EveryLine_IsWellFormed()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        await PageAsync(api);
        string[] lines = (await PageAsync(api)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.All(lines, line => Assert.Matches(
            @"^(# HELP [a-z_:][a-z0-9_:]* .+|# TYPE [a-z_:][a-z0-9_:]* (counter|gauge|histogram)|[a-z_:][a-z0-9_:]*(\{([a-z_][a-z0-9_]*=""([^""\\]|\\[\\""n])*"",?)+\})? [-+0-9.eEInfNa]+)$", line));
        string[] types = [.. lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2])];
        Assert.Equal(types.Distinct(), types);
    }

    // Meters belong to the process: another server in it would be on the page too.
    [CollectionDefinition(nameof(MetricsTests), DisableParallelization = true)]
    public sealed class Alone;

    private static async Task<string> PageAsync(SearchApi api)
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/metrics");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    private static double Value(string page, string name, string labels)
    {
        Match line = Regex.Match(page, $@"^{name}\{{{Regex.Escape(labels)}\}} (\S+)$", RegexOptions.Multiline);
        Assert.True(line.Success, $"{name}{{{labels}}} is not on the page");
        return double.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture);
    }
}
