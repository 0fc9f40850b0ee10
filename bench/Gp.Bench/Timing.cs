using System.Diagnostics;

namespace Bitcurve.Gp.Bench;

/// <summary>What one case took over its repetitions, milliseconds; processor time is that of all threads together.</summary>
/// <param name="MedianMs">Median on the wall.</param>
/// <param name="MinimumMs">Least on the wall.</param>
/// <param name="ProcessorMs">Median processor time; the figure to believe while other programs hold the cores.</param>
/// <param name="Repetitions">At least one.</param>
public sealed record Timing(double MedianMs, double MinimumMs, double ProcessorMs, int Repetitions)
{
    /// <summary>Repeats after one run that is not counted, until the time is over; calls of microseconds are measured in batches.</summary>
    public static Timing Of(Action action, TimeSpan duration, int fewest = 5, int most = 1000)
    {
        var batch = BatchOf(action);
        var repetitions = new List<Elapsed>();
        var start = Stopwatch.GetTimestamp();
        while (repetitions.Count < fewest || (repetitions.Count < most && Stopwatch.GetElapsedTime(start) < duration))
        {
            repetitions.Add(Elapsed.Of(() => Repeat(action, batch)));
        }
        return new Timing(MedianOf(repetitions.Select(r => r.WallMs)) / batch, repetitions.Min(r => r.WallMs) / batch,
            MedianOf(repetitions.Select(r => r.ProcessorMs)) / batch, repetitions.Count);
    }

    /// <summary>As many calls as fill 2 ms, so that neither the clock nor the tick of processor time shows.</summary>
    private static int BatchOf(Action action)
    {
        const double leastMs = 2;
        // Compiled code is replaced by better code after 30 calls and a pause; the first calls must not count.
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < 30 * leastMs;)
        {
            action();
        }
        Thread.Sleep(150);
        var once = Math.Min(Elapsed.Of(action).WallMs, Elapsed.Of(action).WallMs);
        return (int)Math.Max(1, Math.Ceiling(leastMs / Math.Max(once, 1e-4)));
    }

    private static void Repeat(Action action, int times)
    {
        for (var i = 0; i < times; i++)
        {
            action();
        }
    }

    private static double MedianOf(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
