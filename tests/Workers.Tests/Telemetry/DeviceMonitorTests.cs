using Bitcurve.Workers.Agent.Telemetry;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Tests.Telemetry;

public sealed class DeviceMonitorTests
{
    private readonly ManualTime time = new();

    [Fact]
    public async Task Latest_AskedOften_ReadsOnceAnInterval()
    {
        var reads = 0;
        var monitor = new DeviceMonitor(() => new DeviceReading(++reads), time);

        Assert.Null(monitor.Latest);
        await monitor.Reading;
        time.Advance(DeviceMonitor.Interval - TimeSpan.FromTicks(1));
        Assert.Equal(1, monitor.Latest!.MemoryUsedBytes);
        await monitor.Reading;
        Assert.Equal(1, reads);
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(1, monitor.Latest!.MemoryUsedBytes);
        await monitor.Reading;
        Assert.Equal(2, monitor.Latest!.MemoryUsedBytes);
    }

    [Fact]
    public async Task Latest_ReadingHangs_WaitsForNobodyAndStartsNoSecond()
    {
        using var release = new ManualResetEventSlim();
        var reads = 0;
        var monitor = new DeviceMonitor(
            () =>
            {
                reads++;
                release.Wait();
                return null;
            },
            time);

        Assert.Null(monitor.Latest);
        time.Advance(2 * DeviceMonitor.Interval);
        Assert.Null(monitor.Latest);
        release.Set();
        await monitor.Reading;
        Assert.Equal(1, reads);
    }

    [Fact]
    public void Processor_BusyAndIdle_TellsTheShareOfAllCores()
    {
        var reader = new ProcessorReader(time);
        // By this clock next to no time has passed, while the processor time is real: more than all of it is all of it.
        time.Advance(TimeSpan.FromTicks(1));
        var until = Environment.CpuUsage.TotalTime + TimeSpan.FromMilliseconds(20);
        while (Environment.CpuUsage.TotalTime < until)
        {
        }

        var busy = reader.Read();
        Assert.Equal(1, busy.Utilization);
        Assert.InRange(busy.MemoryUsedBytes!.Value, 1 << 20, busy.MemoryBytes!.Value);

        // A year by the clock, moments by the processor.
        time.Advance(TimeSpan.FromDays(365));
        Assert.InRange(reader.Read().Utilization!.Value, 0, 0.001);
        Assert.Null(reader.Read().Utilization);
    }
}
