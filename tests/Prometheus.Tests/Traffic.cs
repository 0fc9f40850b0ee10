using System.Net;
using Bitcurve.Api.Tests;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Prometheus.Tests;

/// <summary>Workers and callers that do everything that a service sees in a day, again and again: train, fail, fall silent, ask for what is not there.</summary>
internal sealed class Traffic
{
    private const int ForgetEvery = 10;
    private const int FailEvery = 4;

    private static readonly DeviceReading Reading = new(MemoryUsedBytes: 3L << 30, MemoryBytes: 8L << 30, Utilization: 0.75);

    private readonly SearchApi api;
    private readonly ScriptedWorker worker;
    private readonly ScriptedWorker forgetful;
    private int rounds;

    private Traffic(SearchApi api)
    {
        this.api = api;
        worker = new ScriptedWorker(api, "steady/cpu");
        forgetful = new ScriptedWorker(api, "forgetful/cpu");
    }

    /// <summary>The search that they work for.</summary>
    internal string Search { get; private set; } = "";

    internal static async Task<Traffic> BeginAsync(SearchApi api)
    {
        var traffic = new Traffic(api);
        traffic.Search = await traffic.worker.CreateSearchAsync(new { workload = ScriptedWorker.Workload.Name, budget = "5000jobs", space = "bezier:3" });
        return traffic;
    }

    /// <summary>A job more, and now and then something that goes wrong.</summary>
    internal async Task GoOnAsync()
    {
        rounds++;
        if (rounds % ForgetEvery == 1)
        {
            await forgetful.JoinAsync();
            Assert.NotNull(await forgetful.LeaseAsync());
        }

        if (await worker.LeaseAsync(waitSeconds: 5) is LeasedJob job)
        {
            await HeartbeatAsync(job, new JobProgress(0, null, [], 0.5, ImagesPerSecond: 1234, Reading));
            await (rounds % FailEvery == 0 ? FailAsync(job) : worker.ReportAsync(job));
        }

        await AskForWhatIsNotThereAsync();
    }

    private Task HeartbeatAsync(LeasedJob job, JobProgress progress) =>
        api.JsonAsync(HttpMethod.Post, $"/api/v1/leases/{job.LeaseId}/heartbeat", ScriptedWorker.Json(progress));

    private Task FailAsync(LeasedJob job) => api.JsonAsync(
        HttpMethod.Put,
        $"/api/v1/leases/{job.LeaseId}/report",
        ScriptedWorker.Json(new JobReport { Measurements = [], Failure = new JobFailure(FailureKind.Diverged, "the loss is not a number"), TrainSeconds = 1 }));

    private async Task AskForWhatIsNotThereAsync()
    {
        using HttpResponseMessage response = await api.SendAsync(HttpMethod.Get, "/api/v1/searches/none");
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }
}
