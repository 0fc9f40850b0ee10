using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>What a worker is told when it asks for work.</summary>
public enum LeaseAnswer
{
    Granted,

    /// <summary>Ask again after the search changed or a lease expired.</summary>
    NothingNow,

    /// <summary>This search will not have work again.</summary>
    Ended,
}

/// <summary>The answer, and the order exactly when granted.</summary>
public sealed record LeaseOutcome(LeaseAnswer Answer, JobOrder? Order = null);

/// <summary>Transitions that give jobs out and take them back.</summary>
public static class Leasing
{
    /// <summary>
    /// The next job for a worker: one that waits already, else one that the strategy selects. Moves to verification when nothing is
    /// affordable and nothing runs. Expired leases end first.
    /// </summary>
    /// <exception cref="ArgumentException">The worker cannot train this search's workload, or the lease would not last.</exception>
    /// <exception cref="InvalidOperationException">The strategy selected what may not be ordered.</exception>
    public static (SearchState State, LeaseOutcome Outcome) Lease(
        this SearchState state, WorkerRegistration worker, DateTimeOffset now, TimeSpan duration, ISelectionStrategy strategy)
    {
        RequireSuitable(worker, state.Definition.Workload);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        SearchState expired = state.ExpireLeases(now);
        SearchState timed = ActiveClock.Advance(expired, now);
        bool mayOrder = timed.Phase == SearchPhase.Searching && !timed.Paused && NextQueued(timed) is null;
        SearchState current = mayOrder ? Ordering.SelectNext(timed, strategy) : timed;
        if (!current.HasEnded && !current.Paused && NextQueued(current) is Job queued)
        {
            return Grant(current, queued, worker, now + duration);
        }

        // A question that changes nothing must not wake those who wait for a change: the seconds are counted with the next event.
        SearchState asked = ReferenceEquals(current, timed) ? expired : current;
        return (asked, new LeaseOutcome(current.HasEnded ? LeaseAnswer.Ended : LeaseAnswer.NothingNow));
    }

    /// <summary>Extends a lease and keeps what a successor could resume from; tells a worker without a valid lease to stop.</summary>
    public static (SearchState State, HeartbeatAnswer Answer) Heartbeat(
        this SearchState state, JobOrder order, JobProgress progress, DateTimeOffset now, TimeSpan duration)
    {
        Job job = Reporting.RequireOwnJob(state, order);
        if (job.Lease?.Token != order.FencingToken)
        {
            return (state, HeartbeatAnswer.Stop);
        }

        Job extended = Progress.Keep(job, progress) with { Lease = job.Lease with { Expires = now + duration } };
        return (ActiveClock.Advance(state.WithJob(extended), now), HeartbeatAnswer.Continue);
    }

    /// <summary>Takes back every job whose lease has expired; a worker that fell silent counts as one failed try.</summary>
    public static SearchState ExpireLeases(this SearchState state, DateTimeOffset now)
    {
        foreach (Job job in state.Jobs.Where(job => job.Lease is Lease lease && lease.Expires <= now))
        {
            string message = $"Worker {job.Lease!.WorkerId} sent no heartbeat in time.";
            state = Outcomes.Fail(state, WithoutLease(job), new JobFailure(FailureKind.LostWorker, message));
        }

        return state;
    }

    /// <summary>
    /// Takes back every job at once: the only process that could hold a lease is known to be gone. No try is counted, so stopping and
    /// starting a search as often as one likes never costs a trial.
    /// </summary>
    public static SearchState ReleaseAll(this SearchState state)
    {
        foreach (Job job in state.Jobs.Where(job => job.Lease is not null))
        {
            Job lost = WithoutLease(job);
            state = lost.IsFullyMeasured ? Outcomes.Succeed(state, lost) : state.WithJob(lost with { State = JobState.Queued });
        }

        return state with { ActiveThrough = null };
    }

    /// <summary>When the first of the present leases expires, null when nothing is leased.</summary>
    public static DateTimeOffset? NextExpiry(this SearchState state) => state.Jobs.Min(job => job.Lease?.Expires);

    private static (SearchState State, LeaseOutcome Outcome) Grant(
        SearchState state, Job job, WorkerRegistration worker, DateTimeOffset expires)
    {
        long token = state.LastToken + 1;
        Job leased = job with
        {
            State = JobState.Leased,
            Lease = new Lease(worker.WorkerId, token, expires),
            DeviceKind = worker.DeviceKind,
        };
        SearchState granted = state.WithJob(leased) with { LastToken = token };
        return (granted, new LeaseOutcome(LeaseAnswer.Granted, Ordering.OrderFor(granted.Definition, leased)));
    }

    /// <summary>Oldest waiting job of the present phase: after a top-up, verification waits until the search is done again.</summary>
    private static Job? NextQueued(SearchState state) => state.Jobs.FirstOrDefault(
        job => job.State == JobState.Queued && (job.Purpose != JobPurpose.Verify || state.Phase == SearchPhase.Verifying));

    private static Job WithoutLease(Job job) =>
        job with { Lease = null, LostTokens = [.. job.LostTokens, job.Lease!.Token], EpochsDone = 0 };

    private static void RequireSuitable(WorkerRegistration worker, WorkloadDescription workload)
    {
        WorkloadDescription? offered = worker.Workloads.FirstOrDefault(candidate => candidate.Name == workload.Name);
        if (offered?.ContentHash != workload.ContentHash)
        {
            string actual = offered is null ? "none of that name" : $"hash {offered.ContentHash}";
            throw new ArgumentException(
                $"Worker {worker.WorkerId}: expected workload {workload.Name} with hash {workload.ContentHash}, actual {actual}.",
                nameof(worker));
        }
    }
}
