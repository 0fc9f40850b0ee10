using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>Reads what this process takes of the machine: its resident memory, and its share of all cores since the reading before.</summary>
/// <param name="time">Measures the time between readings.</param>
internal sealed class ProcessorReader(TimeProvider time)
{
    private long before = time.GetTimestamp();
    private TimeSpan used = Environment.CpuUsage.TotalTime;

    internal DeviceReading Read()
    {
        var (now, total) = (time.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var available = time.GetElapsedTime(before, now) * Environment.ProcessorCount;
        double? share = available > TimeSpan.Zero ? Math.Clamp((total - used) / available, 0, 1) : null;
        (before, used) = (now, total);
        return new DeviceReading(Environment.WorkingSet, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes, share);
    }
}
