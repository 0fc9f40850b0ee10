namespace Bitcurve.Search.Tests.Store;

/// <summary>The system's clock, telling when someone begins to wait; where asked, waiting takes no time.</summary>
internal sealed class PauseProbe(bool isInstant = false) : TimeProvider
{
    private readonly TaskCompletionSource first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first wait.</summary>
    public Task FirstPause => first.Task;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        first.TrySetResult();
        return base.CreateTimer(callback, state, isInstant && dueTime > TimeSpan.Zero ? TimeSpan.Zero : dueTime, period);
    }
}
