using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Bitcurve.Workers.Agent;
using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Telemetry;

public sealed class WorkerMetricsTests : IDisposable
{
    // Instruments are shared by the process: only what names this device, or takes as long as nothing else, is ours.
    private const string Device = "the device of WorkerMetricsTests";

    private readonly ManualTime time = new();
    private readonly ConcurrentQueue<string> seen = [];
    private readonly MeterListener listener = new();

    public WorkerMetricsTests()
    {
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter.Name == WorkerTelemetry.Name)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => See(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => See(instrument, value, tags));
        listener.Start();
    }

    public void Dispose() => listener.Dispose();

    [Fact]
    public void Record_EventsOfAJob_CountWhatTheyTell()
    {
        var order = Orders.Baseline();
        using var metrics = new WorkerMetrics("w", Device, new DeviceMonitor(() => null, time), time);

        metrics.Record(new WorkerEvent.Started(order));
        metrics.Record(new WorkerEvent.Stepped(order, 0, 1, 4));
        metrics.Record(new WorkerEvent.EpochFinished(order, 1, 0.5, 2.25, 768));
        metrics.Record(new WorkerEvent.Measured(order, new Measurement(1, 0.5), 0.75));
        time.Advance(TimeSpan.FromSeconds(98765));
        metrics.Record(new WorkerEvent.Released(order));

        Assert.Equal(
            [
                $"bitcurve.worker.epoch.duration s 2.25 workload=vgg8/shapes32-tiny device={Device}",
                $"bitcurve.worker.images {{image}} 768 workload=vgg8/shapes32-tiny device={Device}",
                $"bitcurve.worker.evaluation.duration s 0.75 workload=vgg8/shapes32-tiny device={Device}",
                "bitcurve.worker.job.duration s 98765 outcome=released",
            ],
            Ours());
    }

    [Fact]
    public void Record_RefusedJob_HasNoDuration()
    {
        using var metrics = new WorkerMetrics("w", Device, new DeviceMonitor(() => null, time), time);
        time.Advance(TimeSpan.FromSeconds(98765));

        metrics.Record(new WorkerEvent.Finished(Orders.Baseline(), new JobReport { Measurements = [] }));

        Assert.Empty(Ours());
    }

    [Fact]
    public async Task Gauges_OfAWorker_ShowItsDeviceWhileItLives()
    {
        var monitor = new DeviceMonitor(() => new DeviceReading(5 << 20, null, 0.5), time);
        using (new WorkerMetrics("w", Device, monitor, time))
        {
            Assert.Null(monitor.Latest);
            await monitor.Reading;
            listener.RecordObservableInstruments();
        }

        string[] shown =
        [
            $"bitcurve.worker.device.memory.used By 5242880 worker=w device={Device}",
            $"bitcurve.worker.device.utilization 1 0.5 worker=w device={Device}",
        ];
        Assert.Equal(shown, Ours());
        listener.RecordObservableInstruments();
        Assert.Equal(shown, Ours());
    }

    private IEnumerable<string> Ours() => seen.Where(line => line.Contains(Device, StringComparison.Ordinal) || line.Contains(" 98765 ", StringComparison.Ordinal));

    private void See<T>(Instrument instrument, T value, ReadOnlySpan<KeyValuePair<string, object?>> tags) where T : struct =>
        seen.Enqueue(FormattableString.Invariant($"{instrument.Name} {instrument.Unit} {value} {string.Join(' ', tags.ToArray().Select(tag => $"{tag.Key}={tag.Value}"))}"));
}
