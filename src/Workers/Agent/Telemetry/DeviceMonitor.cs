using Bitcurve.Workers.Contracts;

namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>
/// The last reading of a device, taken anew in the background when somebody asks and it is old: nobody waits for it, least of all the
/// training. Thread-safe.
/// </summary>
/// <param name="read">Takes a reading, null where there is none; one at a time.</param>
/// <param name="time">Measures a reading's age.</param>
internal sealed class DeviceMonitor(Func<DeviceReading?> read, TimeProvider time)
{
    // Below the shortest heartbeat in use; asking the driver starts a process.
    internal static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private long? asked;
    private Task reading = Task.CompletedTask;
    private DeviceReading? latest;

    /// <summary>As known when asked; null before the first reading, and where the device tells nothing.</summary>
    internal DeviceReading? Latest
    {
        get
        {
            var known = Volatile.Read(ref latest);
            Refresh();
            return known;
        }
    }

    /// <summary>Completes with the reading under way, if any.</summary>
    internal Task Reading
    {
        get
        {
            lock (gate)
            {
                return reading;
            }
        }
    }

    /// <summary>The monitor of a device as libtorch names it.</summary>
    internal static DeviceMonitor Of(string device, TimeProvider time) => device.StartsWith("cuda", StringComparison.Ordinal)
        ? new DeviceMonitor(new GraphicsReader(device).Read, time)
        : new DeviceMonitor(new ProcessorReader(time).Read, time);

    private void Refresh()
    {
        lock (gate)
        {
            if (!reading.IsCompleted || (asked is { } last && time.GetElapsedTime(last) < Interval))
            {
                return;
            }

            asked = time.GetTimestamp();
            reading = Task.Run(() => Volatile.Write(ref latest, read()));
        }
    }
}
