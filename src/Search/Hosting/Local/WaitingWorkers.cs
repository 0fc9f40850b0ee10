namespace Bitcurve.Search.Hosting.Local;

/// <summary>
/// Workers that wait for work, by what they offer. A change wakes one waiter of every group that could use it, and whoever found work wakes
/// the next: a thousand idle workers do not all ask again whenever one job ends. Thread-safe.
/// </summary>
internal sealed class WaitingWorkers
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Group> groups = new(StringComparer.Ordinal);
    private bool closed;

    private sealed class Group(IReadOnlyCollection<string> workloadHashes)
    {
        internal IReadOnlyCollection<string> WorkloadHashes { get; } = workloadHashes;

        internal LinkedList<TaskCompletionSource> Waiters { get; } = [];

        /// <summary>A wake came while nobody waited: the next one asks once more before it sleeps.</summary>
        internal bool IsWoken { get; set; }
    }

    /// <summary>Until woken, or at once when a wake came that nobody has used yet.</summary>
    /// <returns>False when the time was over first, or the server closes.</returns>
    internal async Task<bool> WaitAsync(
        IReadOnlyCollection<string> workloadHashes, TimeSpan wait, TimeProvider time, CancellationToken cancellation)
    {
        Group group;
        LinkedListNode<TaskCompletionSource> node;
        lock (gate)
        {
            group = GroupOf(workloadHashes);
            if (closed || group.IsWoken)
            {
                group.IsWoken = false;
                return !closed;
            }

            node = group.Waiters.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }

        bool woken = false;
        try
        {
            await node.Value.Task.WaitAsync(wait, time, cancellation);
            woken = true;
            return !closed;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            Leave(group, node, woken);
        }
    }

    /// <summary>There may be work for workers that offer this workload.</summary>
    internal void Wake(string workloadHash)
    {
        lock (gate)
        {
            foreach (Group group in groups.Values.Where(group => group.WorkloadHashes.Contains(workloadHash)))
            {
                Wake(group);
            }
        }
    }

    /// <summary>Someone of this group found work: there may be more.</summary>
    internal void WakeNext(IReadOnlyCollection<string> workloadHashes)
    {
        lock (gate)
        {
            Group group = GroupOf(workloadHashes);
            if (group.Waiters.Count > 0)
            {
                Wake(group);
            }
        }
    }

    /// <summary>Sends everybody home: the server closes.</summary>
    internal void Close()
    {
        lock (gate)
        {
            closed = true;
            foreach (TaskCompletionSource waiter in groups.Values.SelectMany(group => group.Waiters))
            {
                waiter.TrySetResult();
            }
        }
    }

    private static void Wake(Group group)
    {
        if (group.Waiters.First is not LinkedListNode<TaskCompletionSource> first)
        {
            group.IsWoken = true;
            return;
        }

        group.Waiters.RemoveFirst();
        first.Value.TrySetResult();
    }

    /// <summary>One that gave up in the moment in which it was woken passes the wake on.</summary>
    private void Leave(Group group, LinkedListNode<TaskCompletionSource> node, bool woken)
    {
        lock (gate)
        {
            if (node.List is not null)
            {
                group.Waiters.Remove(node);
            }
            else if (!woken)
            {
                Wake(group);
            }
        }
    }

    private Group GroupOf(IReadOnlyCollection<string> workloadHashes)
    {
        string key = string.Join(',', workloadHashes.Order(StringComparer.Ordinal));
        if (!groups.TryGetValue(key, out Group? group))
        {
            groups[key] = group = new Group(workloadHashes);
        }

        return group;
    }
}
