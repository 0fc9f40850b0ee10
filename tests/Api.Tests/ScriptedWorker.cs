using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Bitcurve.Search.Api.Json;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Api.Tests;

/// <summary>A worker over HTTP whose accuracies are a function of bits and epochs.</summary>
internal sealed class ScriptedWorker(SearchApi api, string id = "machine/cpu")
{
    internal static readonly WorkloadDescription Workload = new(
        "tiny/made-up",
        new string('a', 64),
        "accuracy",
        [.. Enumerable.Range(1, 4).Select(layer => new LayerDescription($"conv{layer}", [16, 16, 3, 3], 1_000_000))],
        BaselineEpochs: 3);

    internal static readonly object Request = new { workload = Workload.Name, budget = "3jobs", selection = new { strategy = "random" } };

    /// <summary>The workload that it can train.</summary>
    internal WorkloadDescription Offered { get; init; } = Workload;

    /// <summary>What is measured of an order, from its accuracy.</summary>
    internal Func<JobOrder, double, double> Measure { get; init; } = (_, accuracy) => accuracy;

    internal string Session { get; private set; } = "";

    internal async Task JoinAsync()
    {
        JsonNode session = await api.PostAsync("/api/v1/workers", Json(new WorkerRegistration(id, "cpu", [Offered])));
        Session = (string)session["session"]!;
    }

    /// <summary>Null when there is no work at once.</summary>
    internal async Task<LeasedJob?> LeaseAsync(double waitSeconds = 0)
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Post, "/api/v1/leases", Json(new LeaseRequest(id, Session, waitSeconds)));
        response.EnsureSuccessStatusCode();
        return response.StatusCode == HttpStatusCode.NoContent
            ? null
            : await response.Content.ReadFromJsonAsync<LeasedJob>(ApiJson.Options);
    }

    /// <summary>Uploads a checkpoint and reports what was ordered.</summary>
    internal async Task<JsonNode> ReportAsync(LeasedJob job)
    {
        byte[] checkpoint = RandomNumberGenerator.GetBytes(100);
        string hash = Convert.ToHexStringLower(SHA256.HashData(checkpoint));
        (await UploadAsync(hash, 0, checkpoint, checkpoint.Length)).EnsureSuccessStatusCode();
        var report = new JobReport
        {
            Measurements = [.. job.Order.EvaluateAt.Select(epochs => new Measurement(epochs, Measure(job.Order, Accuracy(job.Order, epochs)), hash))],
            TrainSeconds = 1,
            TrainedEpochs = job.Order.EvaluateAt[^1],
        };
        return await api.JsonAsync(HttpMethod.Put, $"/api/v1/leases/{job.LeaseId}/report", Json(report));
    }

    internal async Task WorkUntilIdleAsync()
    {
        while (await LeaseAsync() is LeasedJob job)
        {
            await ReportAsync(job);
        }
    }

    internal Task<HttpResponseMessage> UploadAsync(string hash, long offset, byte[] part, long length) => api.SendAsync(
        HttpMethod.Patch, $"/api/v1/artifacts/{hash}", new ByteArrayContent(part), null, ("Upload-Offset", $"{offset}"), ("Upload-Length", $"{length}"));

    /// <summary>Creates a search on this worker's workload and returns its id.</summary>
    internal async Task<string> CreateSearchAsync(object? request = null)
    {
        await JoinAsync();
        return (string)(await api.PostAsync("/api/v1/searches", request ?? Request, 201))["id"]!;
    }

    internal static JsonContent Json<T>(T value) => JsonContent.Create(value, options: ApiJson.Options);

    private static double Accuracy(JobOrder order, int epochs) =>
        0.95 - (0.5 / Math.Pow(2, order.Bits.Count == 0 ? 8 : order.Bits.Average())) - (0.1 / (1 + epochs));
}
