namespace Bitcurve.Gp;

/// <summary>How many threads dense operations may use. Results don't depend on it, bit for bit.</summary>
public static class ComputeThreads
{
    /// <summary>Fewer multiplications than this stay on the caller's thread: starting a second one costs about ten microseconds.</summary>
    private const double LeastWork = 1e6;

    private static volatile int _maximum = Environment.ProcessorCount;

    [ThreadStatic]
    private static bool _insideFork;

    /// <summary>Threads of one operation, the caller's included, at least 1; all processors by default. For the whole process.</summary>
    /// <exception cref="ArgumentOutOfRangeException">When it is set below 1.</exception>
    public static int Maximum
    {
        get => _maximum;
        set => _maximum = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected at least 1 thread, got {value}.");
    }

    /// <summary>Into how many independent parts an operation should be cut: 1 when it is small or itself part of a larger one.</summary>
    /// <param name="multiplications">The whole operation's.</param>
    /// <param name="most">Parts possible, at least 1.</param>
    internal static int PartsOf(double multiplications, int most) =>
        // More parts than threads, so that a thread that lost its core to another program holds up little.
        _maximum == 1 || _insideFork || multiplications < LeastWork ? 1 : Math.Clamp(2 * _maximum, 1, Math.Max(1, most));

    /// <summary>Runs the parts 0..count-1, which must write to different places.</summary>
    internal static void ForEach(int count, Action<int> part)
    {
        if (count == 1)
        {
            part(0);
            return;
        }
        Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = _maximum }, index =>
        {
            var outer = _insideFork;
            _insideFork = true;
            try
            {
                part(index);
            }
            finally
            {
                _insideFork = outer;
            }
        });
    }
}
