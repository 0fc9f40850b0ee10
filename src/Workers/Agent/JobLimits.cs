namespace Bitcurve.Workers.Agent;

/// <summary>
/// When a running job is given up: at its time limit; and when the worker was told to leave, at once or after the running epoch, if that is
/// expected to end within the grace. Thread-safe.
/// </summary>
internal sealed class JobLimits : IDisposable
{
    // What the last heartbeat and the release may take after the grace.
    private static readonly TimeSpan FarewellTime = TimeSpan.FromSeconds(5);

    // Timers count milliseconds in 32 bits.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly Lock gate = new();
    private readonly TimeSpan grace;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource timeLimit;
    private readonly CancellationTokenSource abandon;
    private readonly CancellationTokenSource farewell;
    private readonly CancellationToken leave;
    private readonly CancellationTokenRegistration leaving;
    private readonly CancellationTokenRegistration hurrying;
    private TimeSpan? epochDuration;
    private long? epochStarted;

    /// <param name="limitSeconds">From now on; null for none.</param>
    /// <param name="grace">See <see cref="WorkerOptions.GracePeriod"/>.</param>
    /// <param name="time">Measures both.</param>
    /// <param name="leave">Cancelled when the worker is told to leave.</param>
    /// <param name="hurry">Cancelled when it is to leave without any grace.</param>
    internal JobLimits(double? limitSeconds, TimeSpan grace, TimeProvider time, CancellationToken leave, CancellationToken hurry)
    {
        (this.grace, this.time, this.leave) = (grace, time, leave);
        LimitSeconds = limitSeconds;
        timeLimit = new(limitSeconds is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, LongestTimer.TotalSeconds)) : Timeout.InfiniteTimeSpan, time);
        abandon = new(Timeout.InfiniteTimeSpan, time);
        farewell = new(Timeout.InfiniteTimeSpan, time);
        leaving = leave.Register(Leave);
        hurrying = hurry.Register(Hurry);
    }

    internal double? LimitSeconds { get; }

    internal bool IsTimeOver => timeLimit.IsCancellationRequested;

    internal bool IsLeaving => leave.IsCancellationRequested;

    /// <summary>Cancelled when talking to the source is given up as well.</summary>
    internal CancellationToken Farewell => farewell.Token;

    /// <summary>A token that ends an epoch: at the time limit, when the epoch is abandoned, or with <paramref name="other"/>.</summary>
    internal CancellationTokenSource Epoch(CancellationToken other) =>
        CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, abandon.Token, other);

    /// <summary>Between two steps: whether there should be another. One who leaves still evaluates within the grace, but trains no more.</summary>
    /// <exception cref="OperationCanceledException">The time is over, or the worker leaves.</exception>
    internal void ThrowIfOver(bool isEvaluationDue)
    {
        timeLimit.Token.ThrowIfCancellationRequested();
        (isEvaluationDue ? abandon.Token : leave).ThrowIfCancellationRequested();
    }

    internal void EpochStarts()
    {
        lock (gate)
        {
            epochStarted = time.GetTimestamp();
        }
    }

    internal void EpochEnded()
    {
        lock (gate)
        {
            epochDuration = time.GetElapsedTime(epochStarted!.Value);
            epochStarted = null;
        }
    }

    public void Dispose()
    {
        leaving.Dispose();
        hurrying.Dispose();
        timeLimit.Dispose();
        abandon.Dispose();
        farewell.Dispose();
    }

    private void Leave()
    {
        farewell.CancelAfter(grace + FarewellTime);
        if (ExpectedLeft() <= grace)
        {
            abandon.CancelAfter(grace);
        }
        else
        {
            abandon.Cancel();
        }
    }

    private void Hurry()
    {
        farewell.CancelAfter(FarewellTime);
        abandon.Cancel();
    }

    // Of the running epoch, as long as the one before; a first one may take forever.
    private TimeSpan ExpectedLeft()
    {
        lock (gate)
        {
            return epochStarted is not { } started ? TimeSpan.Zero
                : epochDuration is { } duration ? duration - time.GetElapsedTime(started)
                : TimeSpan.MaxValue;
        }
    }
}
