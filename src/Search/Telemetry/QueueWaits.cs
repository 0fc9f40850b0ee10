using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Telemetry;

/// <summary>
/// How long the jobs of one search wait for a worker, by the times of its events. A pause before another try is no wait. Of jobs that
/// were queued before this process knew the search nothing is known. For one thread at a time.
/// </summary>
internal sealed class QueueWaits
{
    private readonly Dictionary<int, DateTimeOffset?> queuedSince = [];

    /// <param name="opened">The search at first.</param>
    /// <param name="since">When the jobs that wait now were queued; null where that is not known.</param>
    internal QueueWaits(SearchState opened, DateTimeOffset? since) => Note(opened, since);

    /// <summary>Records the wait that an event ends, notes those that it begins.</summary>
    internal void Follow(in JournalStep step)
    {
        switch (step.Event)
        {
            case SearchEvent.Heartbeat:
                return;
            case SearchEvent.Leased when step.Answer.Order is { } order:
                if (queuedSince.Remove(order.JobId, out DateTimeOffset? since) && since is not null)
                {
                    JournalInstruments.Waited(step.After.JobById(order.JobId), step.Event.At - since.Value);
                }

                return;
            default:
                Note(step.After, step.Event.At);
                return;
        }
    }

    private void Note(SearchState state, DateTimeOffset? since)
    {
        if (state.HasEnded)
        {
            queuedSince.Clear();
            return;
        }

        foreach (Job job in state.PendingJobs.Where(job => job.State == JobState.Queued))
        {
            queuedSince.TryAdd(job.Id, since < job.NotBefore ? job.NotBefore : since);
        }
    }
}
