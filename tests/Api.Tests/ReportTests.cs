using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Bitcurve.Search.Dashboard;
using Bitcurve.Search.Report;

namespace Bitcurve.Api.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task Report_FinishedSearch_IsThatOfARun()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string id = await worker.CreateSearchAsync();
        await worker.WorkUntilIdleAsync();

        SearchReport report = ReportJson.Deserialize(await TextAsync(api, $"/api/v1/searches/{id}/report", "application/json"));
        string[] table = (await TextAsync(api, $"/api/v1/searches/{id}/trials.csv", "text/csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal((id, "cpu"), (report.SearchId, report.Timings.DeviceKind));
        Assert.NotNull(report.Chosen);
        Assert.NotEmpty(report.PredictedFront);
        Assert.Null(report.Timings.FitAndChooseSeconds);
        Assert.Equal(1 + report.Trials.Sum(trial => Math.Max(1, trial.Measurements.Count)), table.Length);
    }

    [Fact]
    public async Task Report_AskedForTwice_IsTheVeryOneUntilSomethingHappens()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string address = $"/api/v1/searches/{await worker.CreateSearchAsync()}";

        string first = await TextAsync(api, $"{address}/report", "application/json");
        string second = await TextAsync(api, $"{address}/report", "application/json");
        await api.PostAsync($"{address}/cancel");
        string third = await TextAsync(api, $"{address}/report", "application/json");

        Assert.Equal(first, second);
        Assert.Equal(("baseline", "cancelled"), ((string)JsonNode.Parse(first)!["phase"]!, (string)JsonNode.Parse(third)!["phase"]!));
    }

    [Fact]
    public async Task Page_ItsOwnScript_IsTheOnlyOneThatMayRun()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        string id = await new ScriptedWorker(api).CreateSearchAsync();
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/report.html");

        string page = await response.Content.ReadAsStringAsync();
        string policy = string.Concat(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("default-src 'none'", policy);
        string[] scripts = [.. Regex.Matches(page, "<script type=\"module\">(.*?)</script>", RegexOptions.Singleline).Select(match => match.Groups[1].Value)];
        if (ChartBundle.Embedded.Script is null)
        {
            Assert.Empty(scripts);
            Assert.Contains("script-src 'none'", policy);
        }
        else
        {
            string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Assert.Single(scripts))));
            Assert.Contains($"script-src 'sha256-{hash}';", policy);
        }
    }

    [Fact]
    public async Task Weights_OnceTheyAreThere_AreTheCheckpoints()
    {
        await using SearchApi api = await SearchApi.StartAsync();
        var worker = new ScriptedWorker(api);
        string id = await worker.CreateSearchAsync();
        JsonNode problem = await api.JsonAsync(HttpMethod.Get, $"/api/v1/searches/{id}/weights/baseline", expected: 404);
        Assert.Contains("Weights: expected", (string)problem["detail"]!);

        await worker.WorkUntilIdleAsync();

        JsonNode search = await api.GetAsync($"/api/v1/searches/{id}");
        JsonNode trial = (await api.GetAsync($"/api/v1/searches/{id}/trials"))["items"]!.AsArray()
            .Single(item => (string)item!["bits"]! == (string)search["bestBits"]!)!;
        await AssertWeightsAsync(api, id, "baseline", (string)search["baseline"]!["checkpoint"]!);
        await AssertWeightsAsync(api, id, "chosen", (string)trial["measurements"]!.AsArray()[^1]!["checkpoint"]!);
    }

    private static async Task AssertWeightsAsync(SearchApi api, string id, string which, string hash)
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, $"/api/v1/searches/{id}/weights/{which}");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{id}-{which}.safetensors", response.Content.Headers.ContentDisposition?.FileName);
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(await response.Content.ReadAsByteArrayAsync())));
    }

    private static async Task<string> TextAsync(SearchApi api, string path, string contentType)
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, path);
        string text = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal(contentType, response.Content.Headers.ContentType?.MediaType);
        return text;
    }
}
