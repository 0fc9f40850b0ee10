using System.Diagnostics;

namespace Bitcurve.Gp.Bench;

/// <summary>What one repetition took: time on the wall, and processor time of all threads of this process. Both in milliseconds.</summary>
/// <remarks>Processor time stays comparable while other programs hold the cores, where the wall does not.</remarks>
public readonly record struct Elapsed(double WallMs, double ProcessorMs)
{
    public static Elapsed Of(Action action)
    {
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        action();
        var wall = Stopwatch.GetElapsedTime(start);
        return new Elapsed(wall.TotalMilliseconds, (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds);
    }
}
