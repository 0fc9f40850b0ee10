using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests;

public sealed class TrainingWorkerTests : IDisposable
{
    private static readonly Workload Tiny = Workload.Open("vgg8/shapes32-tiny", baselineEpochs: 2);

    private readonly MemoryArtifacts artifacts = new();
    private readonly string cacheFolder = Directory.CreateTempSubdirectory("bitcurve-test-").FullName;

    public void Dispose() => Directory.Delete(cacheFolder, recursive: true);

    [Fact]
    public async Task RunAsync_Baseline_TrainsMeasuresAndStoresTheWeights()
    {
        var source = new ScriptedSource(Baseline());
        await RunAsync(source);

        var measurement = Assert.Single(Assert.Single(source.Reports).Measurements);
        Assert.Equal(2, measurement.Epochs);
        Assert.InRange(measurement.Accuracy, 0, 1);
        Assert.True(artifacts.Contains(measurement.Checkpoint!));
        Assert.Equal(2, source.Reports[0].TrainedEpochs);
    }

    [Fact]
    public async Task RunAsync_BaselineInTheCache_IsNotTrainedAgain()
    {
        var first = new ScriptedSource(Baseline());
        await RunAsync(first, cached: true);
        var second = new ScriptedSource(Baseline());
        await RunAsync(second, cached: true);

        Assert.Equal(0, second.Reports[0].TrainedEpochs);
        Assert.Equal(first.Reports[0].Measurements[0].Accuracy, second.Reports[0].Measurements[0].Accuracy);
    }

    [Fact]
    public async Task RunAsync_FineTuning_MeasuresEveryOrderedTaskOnTheWay()
    {
        var start = await BaselineArtifactAsync();
        var source = new ScriptedSource(FineTune(start, 0, [0, 1, 2]));
        await RunAsync(source);

        Assert.Equal([0, 1, 2], source.Reports[0].Measurements.Select(m => m.Epochs));
        Assert.All(source.Reports[0].Measurements, m => Assert.True(artifacts.Contains(m.Checkpoint!)));
        Assert.Equal(start, source.Reports[0].Measurements[0].Checkpoint);
        Assert.Null(source.Reports[0].Failure);
    }

    [Fact]
    public async Task RunAsync_ResumedFromACheckpoint_MeasuresTheSameAsInOneGo()
    {
        var start = await BaselineArtifactAsync();
        var whole = new ScriptedSource(FineTune(start, 0, [1, 3]));
        await RunAsync(whole);
        var checkpoint = whole.Reports[0].Measurements[0].Checkpoint!;
        var rest = new ScriptedSource(FineTune(checkpoint, 1, [3]));
        await RunAsync(rest);

        Assert.Equal(whole.Reports[0].Measurements[1], rest.Reports[0].Measurements[0]);
        Assert.Equal(2, rest.Reports[0].TrainedEpochs);
    }

    [Fact]
    public async Task RunAsync_Heartbeats_CarryACheckpointOfExactlyTheEpochsDone()
    {
        var start = await BaselineArtifactAsync();
        var source = new ScriptedSource(FineTune(start, 0, [0, 2]));
        await RunAsync(source);

        // Evaluation at 0, epoch 1, epoch 2, evaluation at 2.
        Assert.Equal([0, 1, 2, 2], source.Heartbeats.Select(h => h.EpochsDone));
        Assert.All(source.Heartbeats, h => Assert.True(artifacts.Contains(h.Checkpoint!)));
        Assert.Equal([1, 1, 1, 2], source.Heartbeats.Select(h => h.Measurements.Count));
    }

    [Fact]
    public async Task RunAsync_ToldToStop_ReportsNothingAndTakesTheNextOrder()
    {
        var start = await BaselineArtifactAsync();
        var source = new ScriptedSource(FineTune(start, 0, [0, 5]), FineTune(start, 0, [0]))
        {
            Answer = progress => progress.EpochsDone == 1 ? HeartbeatAnswer.Stop : HeartbeatAnswer.Continue,
        };
        await RunAsync(source);

        Assert.Equal([0], Assert.Single(source.Reports).Measurements.Select(m => m.Epochs));
    }

    [Fact]
    public async Task RunAsync_Cancelled_EndsWithoutAReport()
    {
        var start = await BaselineArtifactAsync();
        using var cancellation = new CancellationTokenSource();
        var source = new ScriptedSource(FineTune(start, 0, [0, 5]))
        {
            Answer = _ =>
            {
                cancellation.Cancel();
                return HeartbeatAnswer.Continue;
            },
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync(source, cancellation: cancellation.Token));
        Assert.Empty(source.Reports);
    }

    [Fact]
    public async Task RunAsync_TestSplit_IsAnotherMeasurementThanValidation()
    {
        var start = await BaselineArtifactAsync();
        var source = new ScriptedSource(
            FineTune(start, 0, [0]) with { Bits = [] },
            FineTune(start, 0, [0]) with { Bits = [], Split = EvaluationSplit.Test });
        await RunAsync(source);

        using var network = Bitcurve.Models.Training.TrainingRun.FineTuning(
            Tiny.Problem, Tiny.FineTuning, [], Bitcurve.Models.Quantization.QuantizerOptions.Default, 0, TorchSharp.torch.CPU);
        using (var file = Bitcurve.Models.Weights.SafetensorsFile.Open(artifacts.OpenRead(start)))
        {
            network.LoadWeights(file, start);
        }

        Assert.Equal(network.Evaluate(Bitcurve.Models.Data.Split.Validation), source.Reports[0].Measurements[0].Accuracy);
        Assert.Equal(network.Evaluate(Bitcurve.Models.Data.Split.Test), source.Reports[1].Measurements[0].Accuracy);
    }

    [Fact]
    public async Task RunAsync_OrderForOtherContent_IsRefused()
    {
        var source = new ScriptedSource(Baseline() with { WorkloadHash = new string('0', 64) });
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(source));

        Assert.Contains("the order is for vgg8/shapes32-tiny with content 000000000000", error.Message);
    }

    [Fact]
    public async Task RunAsync_Diverging_ReportsItAsData()
    {
        var exploding = Workload.Open("vgg8/shapes32-tiny", baselineEpochs: 2, schedule: new Bitcurve.Models.Training.LearningRateSchedule.Constant(1e30));
        var diverging = new ScriptedSource(Baseline() with { WorkloadHash = exploding.ContentHash });
        await RunAsync(diverging, workload: exploding);

        Assert.Equal(FailureKind.Diverged, diverging.Reports[0].Failure!.Kind);
        Assert.Contains("the loss was not finite in epoch 1", diverging.Reports[0].Failure!.Message);
    }

    [Fact]
    public async Task RunAsync_WrongNumberOfBits_StopsWithTheReason()
    {
        var start = await BaselineArtifactAsync();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunAsync(new ScriptedSource(FineTune(start, 0, [0]) with { Bits = [4, 4] })));

        Assert.Contains("8 quantised layers, got 2", error.Message);
    }

    [Fact]
    public void Describe_Workload_CarriesLayersAndHash()
    {
        var description = TrainingWorker.Describe(Tiny);

        Assert.Equal(("vgg8/shapes32-tiny", Tiny.ContentHash, "accuracy", 8, 2), (description.Name, description.ContentHash, description.Metric, description.Layers.Count, description.BaselineEpochs));
    }

    private static JobOrder Baseline() => new()
    {
        SearchId = "s",
        JobId = 1,
        FencingToken = 1,
        Workload = Tiny.Name,
        WorkloadHash = Tiny.ContentHash,
        Kind = JobKind.Baseline,
        Seed = 0,
        EvaluateAt = [2],
        Split = EvaluationSplit.Validation,
    };

    private static JobOrder FineTune(string start, int startEpochs, int[] evaluateAt) => Baseline() with
    {
        Kind = JobKind.FineTune,
        Bits = [8, 6, 4, 4, 3, 2, 2, 1],
        StartArtifact = start,
        StartEpochs = startEpochs,
        EvaluateAt = evaluateAt,
    };

    private async Task<string> BaselineArtifactAsync()
    {
        var source = new ScriptedSource(Baseline());
        await RunAsync(source);
        return source.Reports[0].Measurements[0].Checkpoint!;
    }

    private async Task RunAsync(IJobSource source, bool cached = false, Workload? workload = null, CancellationToken cancellation = default)
    {
        var options = new WorkerOptions
        {
            WorkerId = "test",
            Workloads = [workload ?? Tiny],
            Threads = 1,
            Cache = cached ? new BaselineCache(cacheFolder) : null,
        };
        using var worker = new TrainingWorker(options, source, artifacts, TimeProvider.System);
        await worker.RunAsync(cancellation);
    }
}
