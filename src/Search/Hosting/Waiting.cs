namespace Bitcurve.Search.Hosting;

/// <summary>Waiting for work.</summary>
internal static class Waiting
{
    /// <summary>Until the task completes or the moment has come (null for never), whichever is first.</summary>
    internal static async Task UntilAsync(Task change, DateTimeOffset? moment, TimeProvider time, CancellationToken cancellation)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        TimeSpan delay = Timeout.InfiniteTimeSpan;
        if (moment is DateTimeOffset due)
        {
            TimeSpan left = due - time.GetUtcNow();
            delay = left > TimeSpan.Zero ? left : TimeSpan.Zero;
        }

        await Task.WhenAny(change, Task.Delay(delay, time, waiting.Token));
        await waiting.CancelAsync();
        cancellation.ThrowIfCancellationRequested();
    }
}
