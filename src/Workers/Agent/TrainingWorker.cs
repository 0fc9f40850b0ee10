using Bitcurve.Models.Workloads;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;
using static TorchSharp.torch;

namespace Bitcurve.Workers.Agent;

/// <summary>
/// A worker: leases orders from a source one at a time, carries them out on one device, and reports, until the source has no more work.
/// Killed at any moment it loses the running epoch and what is just under way to the source.
/// </summary>
public sealed class TrainingWorker : IDisposable
{
    private readonly WorkerOptions options;
    private readonly IJobSource source;
    private readonly IArtifactStore artifacts;
    private readonly TimeProvider time;
    private readonly TensorThread thread;
    private readonly Lazy<WorkerRegistration> registration;
    private readonly DeviceMonitor monitor;
    private readonly WorkerMetrics metrics;

    public TrainingWorker(WorkerOptions options, IJobSource source, IArtifactStore artifacts, TimeProvider time)
    {
        (this.options, this.source, this.artifacts, this.time) = (options, source, artifacts, time);
        var deviceKind = options.DeviceKind ?? options.Device.Split(':')[0];
        registration = new(() => new(options.WorkerId, deviceKind, [.. options.Workloads.Select(Describe)]));
        monitor = DeviceMonitor.Of(options.Device, time);
        metrics = new WorkerMetrics(options.WorkerId, deviceKind, monitor, time);
        thread = new TensorThread($"tensors of {options.WorkerId}", () => set_num_threads(options.Threads));
    }

    /// <summary>Raised on the worker's threads.</summary>
    public event Action<WorkerEvent>? Happened;

    /// <summary>What the source is told when this worker joins. The first call looks at the data of every workload: seconds.</summary>
    public WorkerRegistration Registration => registration.Value;

    /// <summary>The contract's view of a workload.</summary>
    public static WorkloadDescription Describe(Workload workload) => new(
        workload.Name,
        workload.ContentHash,
        workload.Problem.Metric.Name,
        [.. workload.Layers.Select(l => new LayerDescription(l.Name, l.WeightShape, l.Macs, l.KeepsKernel, l.SharesWith))],
        workload.WeightsFile is null ? workload.Baseline.Epochs : 0,
        workload.Problem.Metric.Goal == Models.Training.MetricGoal.Minimize ? MetricGoal.Minimize : MetricGoal.Maximize,
        workload.Problem.Metric.IsFraction);

    /// <summary>Works until the source has no more.</summary>
    /// <param name="cancellation">
    /// Tells the worker to leave: the running epoch is finished if <see cref="WorkerOptions.GracePeriod"/> allows, and the job handed back.
    /// </param>
    /// <param name="hurry">After <paramref name="cancellation"/>: no grace any more.</param>
    /// <exception cref="OperationCanceledException">It left.</exception>
    public async Task RunAsync(CancellationToken cancellation, CancellationToken hurry = default)
    {
        while (await source.LeaseAsync(Registration, cancellation) is { } order)
        {
            await CarryOutAsync(order, cancellation, hurry);
        }
    }

    public void Dispose()
    {
        thread.Dispose();
        metrics.Dispose();
    }

    private async Task CarryOutAsync(JobOrder order, CancellationToken cancellation, CancellationToken hurry)
    {
        if (options.Workloads.FirstOrDefault(w => w.Name == order.Workload && w.ContentHash == order.WorkloadHash) is not { } workload)
        {
            await RefuseAsync(order, cancellation);
            return;
        }

        var job = new TrainingJob(order, workload, artifacts, options, time, Notify);
        try
        {
            await new JobRun(order, job, thread, source, monitor, options, time, Notify).RunAsync(cancellation, hurry);
        }
        finally
        {
            await thread.Run(job.Dispose);
        }
    }

    private async Task RefuseAsync(JobOrder order, CancellationToken cancellation)
    {
        var hash = order.WorkloadHash;
        var reason = $"the order is for {order.Workload} with content {hash[..Math.Min(12, hash.Length)]}, which this worker does not have";
        if (!options.ReportsFaults)
        {
            throw new InvalidOperationException(reason);
        }

        var refusal = new JobReport { Measurements = [], Failure = new JobFailure(FailureKind.Crashed, reason) };
        await source.ReportAsync(order, refusal, cancellation);
        Notify(new WorkerEvent.Finished(order, refusal));
    }

    private void Notify(WorkerEvent happened)
    {
        metrics.Record(happened);
        Happened?.Invoke(happened);
    }
}
