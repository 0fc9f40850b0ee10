namespace Bitcurve.Workers.Agent.Telemetry;

/// <summary>Images trained on in a second: of the last epoch that ended, and before that of the running one. Thread-safe.</summary>
internal sealed class Throughput(TimeProvider time)
{
    private readonly Lock gate = new();
    private long started;
    private int images;
    private double? lastEpoch;

    /// <summary>Null before the first step.</summary>
    internal double? ImagesPerSecond
    {
        get
        {
            lock (gate)
            {
                return lastEpoch ?? Present();
            }
        }
    }

    internal void EpochStarts()
    {
        lock (gate)
        {
            (started, images) = (time.GetTimestamp(), 0);
        }
    }

    /// <param name="imagesSoFar">In the running epoch.</param>
    internal void StepDone(int imagesSoFar)
    {
        lock (gate)
        {
            images = imagesSoFar;
        }
    }

    internal void EpochEnded()
    {
        lock (gate)
        {
            lastEpoch = Present() ?? lastEpoch;
        }
    }

    private double? Present() => images > 0 && time.GetElapsedTime(started) is var elapsed && elapsed > TimeSpan.Zero ? images / elapsed.TotalSeconds : null;
}
