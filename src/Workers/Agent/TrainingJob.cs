using System.Diagnostics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Networks;
using Bitcurve.Models.Training;
using Bitcurve.Models.Weights;
using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;
using static TorchSharp.torch;

namespace Bitcurve.Workers.Agent;

/// <summary>
/// One order being carried out: trains epoch by epoch, evaluates where ordered, stores a checkpoint after every epoch. Members run on the tensor
/// thread, or read what its last step left.
/// </summary>
internal sealed class TrainingJob(JobOrder order, Workload workload, IArtifactStore artifacts, WorkerOptions options, TimeProvider time, Action<WorkerEvent> notify)
    : IDisposable
{
    private readonly List<Measurement> measurements = [];

    // What was trained with less than single precision is no baseline for others.
    private readonly BaselineCache? cache = options.Precision == ComputePrecision.Fp32 ? options.Cache : null;
    private readonly Throughput throughput = new(time);
    private TrainingRun? run;
    private bool fromCache;
    private double trainSeconds;
    private double evaluationSeconds;
    private int startEpochs;

    /// <summary>What a heartbeat says now.</summary>
    internal JobProgress Progress(string? checkpoint) => new(EpochsDone, checkpoint, [.. measurements], trainSeconds);

    /// <inheritdoc cref="Throughput.ImagesPerSecond"/>
    internal double? ImagesPerSecond => throughput.ImagesPerSecond;

    internal bool IsDone => EpochsDone == order.EvaluateAt[^1] && measurements.Count == order.EvaluateAt.Count;

    /// <summary>Whether the next step evaluates instead of training an epoch.</summary>
    internal bool IsEvaluationDue => measurements.Count < order.EvaluateAt.Count && order.EvaluateAt[measurements.Count] == EpochsDone;

    private int EpochsDone => fromCache ? order.EvaluateAt[^1] : run!.Epochs;

    private Split Split => order.Split == EvaluationSplit.Test ? Split.Test : Split.Validation;

    /// <summary>Builds the network and loads where to start from.</summary>
    /// <exception cref="ArgumentException">The order's bits or harmonics do not fit the network.</exception>
    internal void Open()
    {
        using var span = WorkerTelemetry.Start("load");
        var on = device(options.Device);
        if (order.Kind == JobKind.Baseline)
        {
            run = TrainingRun.FromScratch(workload.Problem, workload.Baseline, order.Seed, on);
            run.Network.ComputeIn(options.Precision);
            OpenBaseline();
        }
        else
        {
            run = FineTuningRun.Create(workload, order.Bits, order.Harmonics, order.Quantizer, order.Seed, on);
            run.Network.ComputeIn(options.Precision);
            Load(order.StartArtifact ?? throw new InvalidOperationException("a fine-tuning order needs an artifact to start from"), resume: order.StartEpochs > 0);
        }

        startEpochs = EpochsDone;
    }

    /// <summary>Evaluates if it is due here, otherwise trains one epoch. Returns the checkpoint stored, if any.</summary>
    internal string? Advance(CancellationToken cancellation)
    {
        if (IsEvaluationDue)
        {
            return Evaluate();
        }

        Train(cancellation);
        return Keep();
    }

    internal JobReport Report(JobFailure? failure = null) => new()
    {
        Measurements = [.. measurements],
        Failure = failure,
        TrainSeconds = trainSeconds,
        TrainedEpochs = run is null ? 0 : EpochsDone - startEpochs,
        EvaluationSeconds = evaluationSeconds,
    };

    public void Dispose() => run?.Dispose();

    private void Train(CancellationToken cancellation)
    {
        var (started, epoch) = (time.GetTimestamp(), run!.Epochs);
        using var span = JobSpan.Step("epoch", epoch + 1);
        throughput.EpochStarts();
        var loss = run.TrainEpoch(
            step =>
            {
                throughput.StepDone(step * run.BatchSize);
                notify(new WorkerEvent.Stepped(order, epoch, step, run.StepsPerEpoch));
            },
            cancellation);
        throughput.EpochEnded();
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        trainSeconds += seconds;
        notify(new WorkerEvent.EpochFinished(order, run.Epochs, loss, seconds, run.StepsPerEpoch * run.BatchSize));
    }

    private string Evaluate()
    {
        var started = time.GetTimestamp();
        var accuracy = Accuracy();
        var seconds = time.GetElapsedTime(started).TotalSeconds;
        evaluationSeconds += seconds;

        // At 0 epochs nothing was trained: the state is the baseline's, stored already.
        var checkpoint = order.Kind == JobKind.FineTune && EpochsDone == 0 ? order.StartArtifact! : Keep();
        var measurement = new Measurement(EpochsDone, accuracy, checkpoint);
        measurements.Add(measurement);
        if (order.Kind == JobKind.Baseline && IsDone && !fromCache && workload.WeightsFile is null)
        {
            cache?.Store(workload, order.Seed, run!.Save);
        }

        notify(new WorkerEvent.Measured(order, measurement, seconds));
        return checkpoint;
    }

    // Two spans, one after the other: quantising the weights (which FP32 needs none of), and going through the images.
    private double Accuracy()
    {
        var recalibrate = order is { Kind: JobKind.FineTune, Quantizer.RecalibrateBatchNorm: true } && EpochsDone == 0;
        using var quantising = order.Bits.Any(bits => bits > 0) ? JobSpan.Step("quantise", EpochsDone) : null;
        Activity? evaluating = null;
        void Evaluating()
        {
            quantising?.Stop();
            evaluating = JobSpan.Step("evaluate", EpochsDone);
        }

        try
        {
            return recalibrate ? run!.EvaluateRecalibrated(Split, Evaluating) : run!.Evaluate(Split, Evaluating);
        }
        finally
        {
            evaluating?.Dispose();
        }
    }

    private string Keep()
    {
        using var span = JobSpan.Step("checkpoint", EpochsDone);
        return artifacts.Put(run!.Save);
    }

    private void OpenBaseline()
    {
        if (workload.WeightsFile is { } weights)
        {
            using var file = SafetensorsFile.Open(weights);
            run!.LoadWeights(file, weights);
        }
        else if (cache?.Find(workload, order.Seed) is { } cached)
        {
            using var file = SafetensorsFile.Open(cached);
            run!.LoadWeights(file, cached);
            fromCache = true;
        }
        else if (order.StartArtifact is { } artifact)
        {
            Load(artifact, resume: true);
        }
    }

    private void Load(string artifact, bool resume)
    {
        using var file = SafetensorsFile.Open(artifacts.OpenRead(artifact), artifact);
        if (resume)
        {
            run!.Resume(file, artifact);
        }
        else
        {
            run!.LoadWeights(file, artifact);
        }
    }
}
