using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests;

/// <summary>How a running job ends before its time, by a clock that the training itself moves: ten seconds an epoch.</summary>
public sealed class JobEndTests
{
    private static readonly TimeSpan Epoch = TimeSpan.FromSeconds(10);

    private readonly ManualTime time = new();
    private readonly MemoryArtifacts artifacts = new();
    private readonly List<WorkerEvent> events = [];

    [Fact]
    public async Task RunAsync_EpochLongerThanTheInterval_RepeatsTheLastHeartbeat()
    {
        var repeated = new TaskCompletionSource();
        var source = new ScriptedSource(Orders.Baseline())
        {
            Answer = progress =>
            {
                repeated.TrySetResult();
                return HeartbeatAnswer.Continue;
            },
        };
        await RunAsync(source, happened =>
        {
            if (happened is WorkerEvent.Stepped { Epochs: 0, Steps: 1 })
            {
                time.Advance(TimeSpan.FromSeconds(30));
                repeated.Task.Wait();
            }
        });

        Assert.Equal([0, 1, 2, 2], source.Heartbeats.Select(h => h.EpochsDone));
        Assert.Equal(new JobProgress(0, null, [], 0) with { Measurements = source.Heartbeats[0].Measurements }, source.Heartbeats[0].WithoutReadings());
        Assert.Single(source.Reports);
    }

    [Fact]
    public async Task RunAsync_ToldToStopDuringAnEpoch_EndsItWithoutAReport()
    {
        var source = new ScriptedSource(Orders.Baseline(epochs: 500)) { Answer = _ => HeartbeatAnswer.Stop };
        await RunAsync(source, happened =>
        {
            if (happened is WorkerEvent.Stepped { Steps: 1 })
            {
                time.Advance(TimeSpan.FromSeconds(30));
            }
        });

        Assert.Single(source.Heartbeats);
        Assert.Empty(source.Reports);
        Assert.Empty(source.Released);
        Assert.IsType<WorkerEvent.Stopped>(events[^1]);
        Assert.InRange(events.OfType<WorkerEvent.EpochFinished>().Count(), 0, 499);
    }

    [Fact]
    public async Task RunAsync_HeartbeatsFail_TrainsOnAndRepeatsThem()
    {
        var failures = 2;
        var source = new ScriptedSource(Orders.Baseline())
        {
            Answer = _ => failures-- > 0 ? throw new HttpRequestException("no route") : HeartbeatAnswer.Continue,
        };
        var running = RunAsync(source);
        foreach (var _ in Enumerable.Range(0, 2))
        {
            await time.UntilSetAsync(TimeSpan.FromSeconds(1));
            time.Advance(TimeSpan.FromSeconds(1));
        }

        await running;
        Assert.Equal(["no route", "no route"], events.OfType<WorkerEvent.Unheard>().Select(e => e.Reason));
        Assert.Equal([1, 1, 1, 2, 2], source.Heartbeats.Select(h => h.EpochsDone));
        Assert.Null(Assert.Single(source.Reports).Failure);
    }

    [Fact]
    public async Task RunAsync_HeartbeatsFailForGood_EndsTheWorker()
    {
        var source = new ScriptedSource(Orders.Baseline(epochs: 500)) { Answer = _ => throw new InvalidOperationException("broken") };
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(source));

        Assert.Equal("broken", error.Message);
        Assert.Empty(source.Reports);
    }

    [Fact]
    public async Task RunAsync_TimeLimitWithinAnEpoch_ReportsATimeout()
    {
        var source = new ScriptedSource(Orders.Baseline(epochs: 500) with { TimeLimitSeconds = 25 });
        await RunAsync(source, AnEpochTakesTenSeconds);

        var report = Assert.Single(source.Reports);
        Assert.Equal(new JobFailure(FailureKind.Timeout, "the job's time limit of 25 s was reached"), report.Failure);
        Assert.Equal(2, report.TrainedEpochs);
        Assert.Equal([1, 2], source.Heartbeats.Select(h => h.EpochsDone));
    }

    [Fact]
    public async Task RunAsync_LeavingWithGrace_FinishesTheEpochAndHandsTheJobBack()
    {
        var (source, error) = await LeaveInTheThirdEpochAsync(grace: TimeSpan.FromSeconds(20));

        Assert.NotNull(error);
        Assert.Equal([1, 2, 3], source.Heartbeats.Select(h => h.EpochsDone));
        Assert.True(artifacts.Contains(source.Heartbeats[^1].Checkpoint!));
        Assert.Single(source.Released);
        Assert.Empty(source.Reports);
    }

    [Fact]
    public async Task RunAsync_LeavingWithTooLittleGrace_AbandonsTheEpochAndHandsTheJobBack()
    {
        var (source, error) = await LeaveInTheThirdEpochAsync(grace: TimeSpan.FromSeconds(5));

        Assert.NotNull(error);
        Assert.Equal([1, 2], source.Heartbeats.Select(h => h.EpochsDone));
        Assert.Single(source.Released);
        Assert.Empty(source.Reports);
    }

    [Fact]
    public async Task RunAsync_LeavingInAHurry_AbandonsTheEpochDespiteTheGrace()
    {
        var (source, _) = await LeaveInTheThirdEpochAsync(grace: TimeSpan.FromSeconds(20), inAHurry: true);

        Assert.Equal([1, 2], source.Heartbeats.Select(h => h.EpochsDone));
        Assert.Single(source.Released);
    }

    [Fact]
    public async Task RunAsync_LeavingInTheLastEpoch_ReportsTheResult()
    {
        var (source, error) = await LeaveInTheThirdEpochAsync(grace: TimeSpan.FromSeconds(20), epochs: 3);

        Assert.NotNull(error);
        Assert.Equal(3, Assert.Single(Assert.Single(source.Reports).Measurements).Epochs);
        Assert.Empty(source.Released);
    }

    [Fact]
    public async Task RunAsync_FaultInAJob_IsItsCrashWhereOthersWait()
    {
        var source = new ScriptedSource(
            Orders.Baseline() with { Kind = JobKind.FineTune, StartArtifact = artifacts.Put(_ => { }), Bits = [4, 4] },
            Orders.Baseline(2) with { WorkloadHash = new string('0', 64) },
            Orders.Baseline(3));
        await RunAsync(source, options: o => o with { ReportsFaults = true });

        Assert.Equal([FailureKind.Crashed, FailureKind.Crashed, null], source.Reports.Select(r => r.Failure?.Kind));
        Assert.Contains("8 quantised layers, got 2", source.Reports[0].Failure!.Message);
        Assert.Contains("with content 000000000000, which this worker does not have", source.Reports[1].Failure!.Message);
    }

    // A baseline of ten epochs; in the middle of the third the worker is told to leave.
    private async Task<(ScriptedSource Source, Exception? Error)> LeaveInTheThirdEpochAsync(TimeSpan grace, bool inAHurry = false, int epochs = 10)
    {
        using var leave = new CancellationTokenSource();
        using var hurry = new CancellationTokenSource();
        var source = new ScriptedSource(Orders.Baseline(epochs: epochs));
        var error = await Record.ExceptionAsync(() => RunAsync(
            source,
            happened =>
            {
                AnEpochTakesTenSeconds(happened);
                if (happened is WorkerEvent.Stepped { Epochs: 2, Steps: 1 })
                {
                    leave.Cancel();
                    (inAHurry ? hurry : leave).Cancel();
                }
            },
            o => o with { GracePeriod = grace },
            leave.Token,
            hurry.Token));
        Assert.True(error is null or OperationCanceledException, $"{error}");
        return (source, error);
    }

    private void AnEpochTakesTenSeconds(WorkerEvent happened)
    {
        if (happened is WorkerEvent.Stepped stepped)
        {
            time.Advance(Epoch / stepped.StepsPerEpoch);
        }
    }

    private async Task RunAsync(
        ScriptedSource source,
        Action<WorkerEvent>? watch = null,
        Func<WorkerOptions, WorkerOptions>? options = null,
        CancellationToken leave = default,
        CancellationToken hurry = default)
    {
        var defaults = new WorkerOptions { WorkerId = "test", Workloads = [Orders.Tiny], Threads = 1 };
        using var worker = new TrainingWorker(options?.Invoke(defaults) ?? defaults, source, artifacts, time);
        worker.Happened += happened =>
        {
            lock (events)
            {
                events.Add(happened);
            }

            watch?.Invoke(happened);
        };
        await worker.RunAsync(leave, hurry);
    }
}
