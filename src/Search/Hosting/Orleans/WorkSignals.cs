namespace Bitcurve.Search.Hosting.Orleans;

/// <summary>
/// Who waits for work on which workloads. A change wakes one of them: whoever takes a job changes the search's claim, which wakes the next,
/// so that a thousand idle workers do not all ask again whenever one job ends. For one caller at a time.
/// </summary>
internal sealed class WorkSignals(TimeProvider time)
{
    private readonly LinkedList<Waiter> waiters = [];
    private readonly Dictionary<string, long> changes = new(StringComparer.Ordinal);

    private sealed record Waiter(string[] WorkloadHashes, TaskCompletionSource Woken);

    /// <summary>Counts the wakes so far.</summary>
    internal long Seen { get; private set; }

    internal void Wake(string workloadHash)
    {
        changes[workloadHash] = ++Seen;
        for (LinkedListNode<Waiter>? node = waiters.First; node is not null; node = node.Next)
        {
            if (node.Value.WorkloadHashes.Contains(workloadHash))
            {
                waiters.Remove(node);
                node.Value.Woken.SetResult();
                return;
            }
        }
    }

    /// <summary>At once when there was a wake after <paramref name="seen"/>.</summary>
    internal async Task WaitAsync(string[] workloadHashes, long seen, TimeSpan wait)
    {
        if (workloadHashes.Any(hash => changes.GetValueOrDefault(hash) > seen))
        {
            return;
        }

        var waiter = new Waiter(workloadHashes, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        LinkedListNode<Waiter> node = waiters.AddLast(waiter);
        try
        {
            await waiter.Woken.Task.WaitAsync(wait, time);
        }
        catch (TimeoutException)
        {
            waiters.Remove(node);
        }
    }
}
