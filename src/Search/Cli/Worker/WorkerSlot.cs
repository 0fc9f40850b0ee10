using System.Security.Cryptography;
using Bitcurve.Models.Workloads;
using Bitcurve.Search.Telemetry;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Agent.Remote;
using Microsoft.Extensions.Logging;

namespace Bitcurve.Search.Cli;

/// <summary>One device's process of a worker.</summary>
internal static class WorkerSlot
{
    // Artifacts of a search are mostly small; fifty checkpoints of the largest network fit.
    private const long CacheBytes = 8L << 30;

    // With the farewell of a job and of the worker still within what a container is given to stop.
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan GoodbyeTime = TimeSpan.FromSeconds(2);

    internal static async Task<int> RunAsync(WorkerSettings settings, string device, CancellationToken terminated)
    {
        var time = TimeProvider.System;
        using var telemetry = OtlpExport.FromEnvironment("bitcurve-worker", [SearchTelemetry.WorkerName], [SearchTelemetry.WorkerName, SearchTelemetry.RuntimeMeter]);
        using var logs = LoggerFactory.Create(builder => telemetry?.AddLogs(builder));
        var parent = new ParentWatch(Console.In, terminated);
        var address = settings.ServerAddress;
        var workerId = $"{settings.Name}/{device}";
        var lines = new WorkerLines(workerId, Console.Error, logs.CreateLogger(SearchTelemetry.WorkerName));
        using var http = ServerConnection.Client(address, settings.ReadToken());
        var server = new ServerConnection(http, new RetryDelays(RandomNumberGenerator.GetInt32(int.MaxValue)), time);
        var cache = new ArtifactCache(Path.Combine(settings.Data, device.Replace(':', '-')), CacheBytes, time);
        var artifacts = new RemoteArtifacts(server, cache, parent.Leave);
        var source = new HttpJobSource(server, artifacts, time);
        using var worker = new TrainingWorker(Options(settings, device, workerId), source, artifacts, time);
        lines.Watch(server, source, address.AbsoluteUri.TrimEnd('/'));
        lines.Watch(worker);
        var code = await WorkAsync(worker, parent, lines);
        await SayGoodbyeAsync(source, lines);
        telemetry?.SendMetrics();
        return code;
    }

    private static WorkerOptions Options(WorkerSettings settings, string device, string workerId) => new()
    {
        WorkerId = workerId,
        Workloads = settings.OpenWorkloads(),
        Device = device,
        Precision = settings.Precision,
        DeviceKind = DeviceName.Of(device),
        Threads = settings.Threads ?? Environment.ProcessorCount,
        Cache = BaselineCache.OfUser(),
        GracePeriod = GracePeriod,
        ReportsFaults = true,
    };

    private static async Task<int> WorkAsync(TrainingWorker worker, ParentWatch parent, WorkerLines lines)
    {
        try
        {
            lines.Line("looking at networks and data, a few seconds");
            var offered = worker.Registration;
            lines.Line($"offers {offered.Workloads.Count} workload{(offered.Workloads.Count == 1 ? "" : "s")} on {offered.DeviceKind}: {Shortened([.. offered.Workloads.Select(w => w.Name)])}");
            await worker.RunAsync(parent.Leave, parent.Hurry);
        }
        catch (OperationCanceledException) when (parent.Leave.IsCancellationRequested)
        {
            lines.Line("leaves");
        }
        catch (ServerRefusedException refused)
        {
            lines.Line(refused.Message);
            return CommandLine.UserError;
        }
        catch (IOException problem) when (problem is not (FileNotFoundException or DirectoryNotFoundException))
        {
            // A full disk, mostly: worth another try when there is room again, and no fault of the job.
            lines.Line(problem.Message);
            return CommandLine.UnexpectedError;
        }

        return CommandLine.Success;
    }

    private static async Task SayGoodbyeAsync(HttpJobSource source, WorkerLines lines)
    {
        using var limit = new CancellationTokenSource(GoodbyeTime);
        try
        {
            await source.LeaveAsync(limit.Token);
        }
        catch (Exception problem) when (problem is OperationCanceledException or ServerRefusedException)
        {
            lines.Line("left without a goodbye: the server finds out when the lease ends");
        }
    }

    private static string Shortened(IReadOnlyList<string> names) =>
        names.Count <= 4 ? string.Join(", ", names) : $"{string.Join(", ", names.Take(3))} and {names.Count - 3} more";
}
