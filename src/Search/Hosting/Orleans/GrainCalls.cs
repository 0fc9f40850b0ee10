using System.Data.Common;
using Bitcurve.Search.Store;

namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>Calls to grains whose silo may be lost on the way: tried again until the grain is up elsewhere, so only what may be repeated.</summary>
internal static class GrainCalls
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    /// <summary>Longer than the members of a cluster take to agree that one of them is dead.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Whether the same call may go well a moment later.</summary>
    internal static bool IsTransient(Exception problem) =>
        problem is OrleansException or TimeoutException or StoreUnavailableException or ObjectDisposedException or DbException;

    /// <exception cref="StoreUnavailableException">It went on failing.</exception>
    internal static async Task<T> RetryAsync<T>(
        Func<Task<T>> call, TimeProvider time, CancellationToken cancellation, Func<Exception, bool>? alsoTransient = null)
    {
        long started = time.GetTimestamp();
        for (TimeSpan pause = FirstPause; ; pause = pause < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await call().WaitAsync(cancellation);
            }
            catch (Exception problem) when (IsTransient(problem) || alsoTransient?.Invoke(problem) == true)
            {
                if (time.GetElapsedTime(started) > Patience)
                {
                    throw new StoreUnavailableException($"Cluster: expected an answer within {Patience.TotalSeconds} s, actual {problem.Message}", problem);
                }
            }

            await Task.Delay(pause, time, cancellation);
        }
    }
}
