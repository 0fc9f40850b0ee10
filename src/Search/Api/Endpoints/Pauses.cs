using System.Runtime.CompilerServices;

namespace Bitcurve.Search.Api.Endpoints;

/// <summary>Makes the silences of a sequence visible.</summary>
internal static class Pauses
{
    /// <summary>The items as they come, and null whenever none has come for so long.</summary>
    internal static async IAsyncEnumerable<T?> WithPauses<T>(
        this IAsyncEnumerable<T> items, TimeSpan longest, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using IAsyncEnumerator<T> source = items.GetAsyncEnumerator(ending.Token);
        Task<bool> next = Task.FromResult(true);
        try
        {
            while (true)
            {
                next = source.MoveNextAsync().AsTask();
                while (!await CompletesWithinAsync(next, longest, time))
                {
                    yield return null;
                }

                if (!await next)
                {
                    yield break;
                }

                yield return source.Current;
            }
        }
        finally
        {
            // A sequence must not be disposed of while it is asked for its next item.
            await ending.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task<bool> CompletesWithinAsync(Task task, TimeSpan longest, TimeProvider time)
    {
        using var waiting = new CancellationTokenSource();
        bool completes = await Task.WhenAny(task, Task.Delay(longest, time, waiting.Token)) == task;
        await waiting.CancelAsync();
        return completes;
    }
}
