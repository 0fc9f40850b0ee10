using System.Runtime.InteropServices;
using Bitcurve.Models.Training;
using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Contracts;
using static TorchSharp.torch;

namespace Bitcurve.Workers.Agent;

/// <summary>
/// A worker: leases orders from a source one at a time, carries them out on one device, and reports, until the source has no more work.
/// Whatever it was told is stored before it goes on; killed at any moment it loses at most one epoch.
/// </summary>
public sealed class TrainingWorker : IDisposable
{
    private readonly WorkerOptions options;
    private readonly IJobSource source;
    private readonly IArtifactStore artifacts;
    private readonly TimeProvider time;
    private readonly TensorThread thread;

    public TrainingWorker(WorkerOptions options, IJobSource source, IArtifactStore artifacts, TimeProvider time)
    {
        (this.options, this.source, this.artifacts, this.time) = (options, source, artifacts, time);
        thread = new TensorThread($"tensors of {options.WorkerId}", () => set_num_threads(options.Threads));
    }

    /// <summary>Raised on the tensor thread.</summary>
    public event Action<WorkerEvent>? Happened;

    /// <summary>What the source is told when this worker joins.</summary>
    public WorkerRegistration Registration => new(options.WorkerId, options.Device.Split(':')[0], [.. options.Workloads.Select(Describe)]);

    /// <summary>The contract's view of a workload.</summary>
    public static WorkloadDescription Describe(Workload workload) => new(
        workload.Name,
        workload.ContentHash,
        "accuracy",
        [.. workload.Layers.Select(l => new LayerDescription(l.Name, l.WeightShape, l.Macs))],
        workload.WeightsFile is null ? workload.Baseline.Epochs : 0);

    /// <summary>Works until the source has no more, or until cancelled (then the running epoch is given up; its job stays leased).</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        while (await source.LeaseAsync(Registration, cancellation) is { } order)
        {
            await CarryOutAsync(order, cancellation);
        }
    }

    public void Dispose() => thread.Dispose();

    private async Task CarryOutAsync(JobOrder order, CancellationToken cancellation)
    {
        var workload = options.Workloads.FirstOrDefault(w => w.Name == order.Workload && w.ContentHash == order.WorkloadHash)
            ?? throw new InvalidOperationException($"the order is for {order.Workload} with content {order.WorkloadHash[..12]}, which this worker does not have");
        Notify(new WorkerEvent.Started(order));
        var job = new TrainingJob(order, workload, artifacts, options.Cache, options.Device, time, Notify);
        try
        {
            if (await TrainAsync(order, job, cancellation) is { } report)
            {
                await source.ReportAsync(order, report, cancellation);
                Notify(new WorkerEvent.Finished(order, report));
            }
        }
        finally
        {
            await thread.Run(job.Dispose);
        }
    }

    // Null when the source does not want the job any more.
    private async Task<JobReport?> TrainAsync(JobOrder order, TrainingJob job, CancellationToken cancellation)
    {
        try
        {
            await thread.Run(job.Open);
            while (!job.IsDone)
            {
                var checkpoint = await thread.Run(() => job.Advance(cancellation));
                if (await source.HeartbeatAsync(order, job.Progress(checkpoint), cancellation) == HeartbeatAnswer.Stop)
                {
                    return null;
                }
            }

            return job.Report();
        }
        catch (DivergedException diverged)
        {
            return job.Report(new JobFailure(FailureKind.Diverged, diverged.Message));
        }
        catch (ExternalException native)
        {
            return job.Report(new JobFailure(Kind(native), native.Message.Split('\n')[0]));
        }
        catch (OutOfMemoryException memory)
        {
            return job.Report(new JobFailure(FailureKind.OutOfMemory, memory.Message));
        }
    }

    private static FailureKind Kind(ExternalException native) =>
        native.Message.Contains("out of memory", StringComparison.OrdinalIgnoreCase) || native.Message.Contains("not enough memory", StringComparison.OrdinalIgnoreCase)
            ? FailureKind.OutOfMemory
            : FailureKind.Crashed;

    private void Notify(WorkerEvent happened) => Happened?.Invoke(happened);
}
