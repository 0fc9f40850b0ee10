using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>Counts what a worker's events tell, and shows its device while it lives. Events come one after the other.</summary>
internal sealed class WorkerMetrics : IDisposable
{
    // Gauges belong to one worker: they end with it.
    private readonly Meter meter = new(WorkerTelemetry.Name);
    private readonly string device;
    private readonly TimeProvider time;
    private long? started;

    /// <param name="workerId">Attribute of the gauges.</param>
    /// <param name="device">Kind of the device, an attribute of all that depends on it.</param>
    /// <param name="monitor">Knows the device.</param>
    /// <param name="time">Measures jobs.</param>
    internal WorkerMetrics(string workerId, string device, DeviceMonitor monitor, TimeProvider time)
    {
        (this.device, this.time) = (device, time);
        KeyValuePair<string, object?>[] attributes = [new("worker", workerId), new("device", device)];
        IEnumerable<Measurement<T>> Observe<T>(T? value) where T : struct => value is { } known ? [new(known, attributes)] : [];
        meter.CreateObservableGauge("bitcurve.worker.device.memory.used", () => Observe(monitor.Latest?.MemoryUsedBytes), "By", "Memory of the device that is taken.");
        meter.CreateObservableGauge("bitcurve.worker.device.memory.size", () => Observe(monitor.Latest?.MemoryBytes), "By", "Memory of the device.");
        meter.CreateObservableGauge("bitcurve.worker.device.utilization", () => Observe(monitor.Latest?.Utilization), "1", "Share of the time in which the device computes.");
    }

    internal void Record(WorkerEvent happened)
    {
        KeyValuePair<string, object?> workload = new("workload", happened.Order.Workload);
        switch (happened)
        {
            case WorkerEvent.Started:
                started = time.GetTimestamp();
                break;
            case WorkerEvent.EpochFinished epoch:
                WorkerTelemetry.EpochDuration.Record(epoch.Seconds, workload, new("device", device));
                WorkerTelemetry.Images.Add(epoch.Images, workload, new("device", device));
                break;
            case WorkerEvent.Measured measured:
                WorkerTelemetry.EvaluationDuration.Record(measured.Seconds, workload, new("device", device));
                break;
            case WorkerEvent.Unheard:
                WorkerTelemetry.HeartbeatFailures.Add(1);
                break;
            case WorkerEvent.Finished { Report.Failure: var failure }:
                RecordEnd(failure is null ? "succeeded" : "failed");
                break;
            case WorkerEvent.Stopped:
                RecordEnd("stopped");
                break;
            case WorkerEvent.Released:
                RecordEnd("released");
                break;
            case WorkerEvent.Stepped:
                break;
            default:
                throw new UnreachableException($"a worker's event of kind {happened.GetType().Name}");
        }
    }

    public void Dispose() => meter.Dispose();

    private void RecordEnd(string outcome)
    {
        // A job that was refused never started.
        if (started is { } timestamp)
        {
            WorkerTelemetry.JobDuration.Record(time.GetElapsedTime(timestamp).TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));
            started = null;
        }
    }
}
