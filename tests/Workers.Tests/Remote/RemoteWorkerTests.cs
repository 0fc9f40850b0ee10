using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Agent.Remote;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Remote;

/// <summary>Real training, ordered over the protocol.</summary>
public sealed class RemoteWorkerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("bitcurve-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task RunAsync_TwoMachines_TheSecondGoesOnFromTheFirstsBaseline()
    {
        var server = new FakeServer(Orders.Baseline());
        await WorkAsync(server, "first");
        var baseline = server.Reports[0].Measurements[0].Checkpoint!;
        server.Requests.Clear();
        server.Enqueue(FineTune(baseline, [0, 1]));
        await WorkAsync(server, "second");

        Assert.Contains($"GET artifacts/{baseline}", server.Requests);
        Assert.Equal([0, 1], server.Reports[1].Measurements.Select(m => m.Epochs));
        Assert.All(server.Reports[1].Measurements, m => Assert.Contains(m.Checkpoint!, server.Artifacts.Keys));
        Assert.DoesNotContain($"PATCH artifacts/{baseline}", server.Requests);
    }

    [Fact]
    public async Task RunAsync_ToldToLeave_ReleasesTheJobAndSaysGoodbye()
    {
        using var leave = new CancellationTokenSource();
        var server = new FakeServer(Orders.Baseline(epochs: 500))
        {
            Answer = progress =>
            {
                leave.Cancel();
                return HeartbeatAnswer.Continue;
            },
        };
        await WorkAsync(server, "worker", leave);

        Assert.Equal(["POST leases/s.1.1/release", "DELETE workers/worker?session=session-1"], server.Requests[^2..]);
        Assert.Empty(server.Reports);
        Assert.Null(server.Leased);
        Assert.Contains(server.Heartbeats[^1].Checkpoint!, server.Artifacts.Keys);
    }

    [Fact]
    public async Task RunAsync_DamagedStart_IsReportedAsTheJobsCrash()
    {
        var server = new FakeServer(FineTune(new string('a', 64), [0]));
        await WorkAsync(server, "worker");

        var failure = Assert.Single(server.Reports).Failure!;
        Assert.Equal(FailureKind.Crashed, failure.Kind);
        Assert.Equal($"FileNotFoundException: artifact {new string('a', 64)}: expected one that the server has, actual none", failure.Message);
    }

    private static JobOrder FineTune(string start, int[] evaluateAt) => Orders.Baseline(2) with
    {
        Kind = JobKind.FineTune,
        Bits = [8, 6, 4, 4, 3, 2, 2, 1],
        StartArtifact = start,
        EvaluateAt = evaluateAt,
    };

    // Until there is no more work, or told to leave; then goodbye.
    private async Task WorkAsync(FakeServer server, string name, CancellationTokenSource? leave = null)
    {
        using var noMore = leave is null ? new CancellationTokenSource() : CancellationTokenSource.CreateLinkedTokenSource(leave.Token);
        server.NoWork = noMore.Cancel;
        var connection = server.Connection();
        var cache = new ArtifactCache(Path.Combine(folder, name), 1 << 30, TimeProvider.System);
        var artifacts = new RemoteArtifacts(connection, cache, noMore.Token);
        var source = new HttpJobSource(connection, artifacts, TimeProvider.System);
        var options = new WorkerOptions { WorkerId = name, Workloads = [Orders.Tiny], Threads = 1, ReportsFaults = true };
        using var worker = new TrainingWorker(options, source, artifacts, TimeProvider.System);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => worker.RunAsync(noMore.Token));
        await source.LeaveAsync(default);
    }
}
