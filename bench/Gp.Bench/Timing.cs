using System.Diagnostics;

namespace Bitcurve.Gp.Bench;

/// <summary>What one case took over its repetitions, milliseconds; processor time is that of all threads together.</summary>
/// <param name="MedianMs">Median on the wall.</param>
/// <param name="MinimumMs">Least on the wall.</param>
/// <param name="ProcessorMs">Median processor time; the figure to believe while other programs hold the cores.</param>
/// <param name="Repetitions">At least one.</param>
public sealed record Timing(double MedianMs, double MinimumMs, double ProcessorMs, int Repetitions)
{
    /// <summary>Fills the pause in which the runtime replaces code by better code, and the caches.</summary>
    private const double WarmUpMs = 60;

    /// <summary>Repeats until the time is over; what takes microseconds runs in batches of about 2 ms.</summary>
    public static Timing Of(Action action, TimeSpan duration, int fewest = 5, int most = 1000)
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalMilliseconds < WarmUpMs;)
        {
            action();
        }
        // The runtime compiles better code in the background, and only while nothing new needs compiling.
        Thread.Sleep(150);
        var batch = BatchOf(action);
        var repetitions = new List<Elapsed>();
        var begin = Stopwatch.GetTimestamp();
        while (repetitions.Count < fewest || (repetitions.Count < most && Stopwatch.GetElapsedTime(begin) < duration))
        {
            repetitions.Add(Elapsed.Of(() => Repeat(action, batch)));
        }
        return Summary(repetitions, batch);
    }

    /// <summary>So many runs, each on what <paramref name="prepare"/> makes anew outside the measurement; none is left out.</summary>
    public static Timing OfPrepared<T>(Func<T> prepare, Action<T> action, int repetitions)
    {
        var elapsed = new List<Elapsed>();
        for (var i = 0; i < repetitions; i++)
        {
            var subject = prepare();
            elapsed.Add(Elapsed.Of(() => action(subject)));
        }
        return Summary(elapsed, 1);
    }

    private static Timing Summary(List<Elapsed> repetitions, int batch) => new(
        MedianOf(repetitions.Select(r => r.WallMs)) / batch,
        repetitions.Min(r => r.WallMs) / batch,
        MedianOf(repetitions.Select(r => r.ProcessorMs)) / batch,
        repetitions.Count);

    private static int BatchOf(Action action)
    {
        const double leastMs = 2;
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
