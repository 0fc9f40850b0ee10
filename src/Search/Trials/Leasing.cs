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
        worker.RequireSuitable(state.Definition.Workload);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(duration, TimeSpan.Zero);
        SearchState expired = state.ExpireLeases(now);
        SearchState timed = ActiveClock.Advance(expired, now);
        SearchState current = timed.NeedsSelection(now) ? Ordering.SelectNext(timed, strategy, now) : timed;
        (SearchState granted, JobOrder? order) = current.GrantQueued(worker.WorkerId, worker.DeviceKind, now, duration);
        if (order is not null)
        {
            return (granted, new LeaseOutcome(LeaseAnswer.Granted, order));
        }

        // A question that changes nothing must not wake those who wait for a change: the seconds are counted with the next event.
        SearchState asked = ReferenceEquals(current, timed) ? expired : current;
        return (asked, new LeaseOutcome(current.HasEnded ? LeaseAnswer.Ended : LeaseAnswer.NothingNow));
    }

    /// <summary>Whether a worker that asks now can be served only after the strategy named another job.</summary>
    public static bool NeedsSelection(this SearchState state, DateTimeOffset now) =>
        state.Phase == SearchPhase.Searching && !state.Paused && NextQueued(state, now) is null;

    /// <summary>Whether a job waits that a worker could have now.</summary>
    public static bool HasQueued(this SearchState state, DateTimeOffset now) =>
        !state.HasEnded && !state.Paused && NextQueued(state, now) is not null;

    /// <summary>Gives the oldest waiting job to a worker; the state stays and the order is null when there is none.</summary>
    public static (SearchState State, JobOrder? Order) GrantQueued(
        this SearchState state, string workerId, string deviceKind, DateTimeOffset now, TimeSpan duration)
    {
        if (state.HasEnded || state.Paused || NextQueued(state, now) is not Job queued)
        {
            return (state, null);
        }

        long token = state.LastToken + 1;
        Job leased = queued with
        {
            State = JobState.Leased,
            Lease = new Lease(workerId, token, now + duration),
            DeviceKind = deviceKind,
            NotBefore = null,
        };
        SearchState granted = ActiveClock.Advance(state, now).WithJob(leased) with { LastToken = token };
        return (granted, Ordering.OrderFor(granted.Definition, leased));
    }

    /// <summary>The order of a job that a worker holds, null when it holds none: for one that lost the answer to its request.</summary>
    public static JobOrder? OrderHeldBy(this SearchState state, string workerId) =>
        state.PendingJobs.FirstOrDefault(job => job.Lease?.WorkerId == workerId) is Job held ? Ordering.OrderFor(state.Definition, held) : null;

    /// <summary>Extends a lease and keeps what a successor could resume from; tells a worker without a valid lease to stop.</summary>
    public static (SearchState State, HeartbeatAnswer Answer) Heartbeat(
        this SearchState state, JobOrder order, JobProgress progress, DateTimeOffset now, TimeSpan duration)
    {
        Reporting.RequireOwn(state, order);
        return state.Heartbeat(order.JobId, order.FencingToken, progress, now, duration);
    }

    /// <inheritdoc cref="Heartbeat(SearchState, JobOrder, JobProgress, DateTimeOffset, TimeSpan)"/>
    /// <exception cref="ArgumentException">No such job.</exception>
    public static (SearchState State, HeartbeatAnswer Answer) Heartbeat(
        this SearchState state, int jobId, long token, JobProgress progress, DateTimeOffset now, TimeSpan duration)
    {
        Job job = state.JobById(jobId);
        if (job.Lease?.Token != token)
        {
            return (state, HeartbeatAnswer.Stop);
        }

        Job extended = Progress.Keep(job, progress) with { Lease = job.Lease with { Expires = now + duration } };
        return (ActiveClock.Advance(state.WithJob(extended), now), HeartbeatAnswer.Continue);
    }

    /// <summary>Takes back every job whose lease has expired; a worker that fell silent counts as one failed try.</summary>
    public static SearchState ExpireLeases(this SearchState state, DateTimeOffset now) =>
        Lose(state, job => job.Lease!.Expires <= now, "sent no heartbeat in time", now);

    /// <summary>Takes back what a worker holds that is known to have died; counts as one failed try.</summary>
    public static SearchState LoseWorker(this SearchState state, string workerId, DateTimeOffset now) =>
        Lose(state, job => job.Lease!.WorkerId == workerId, "started anew without finishing its job", now);

    /// <summary>Takes back a job that its worker gives up in good order: no try is counted. A stale token changes nothing.</summary>
    public static SearchState Release(this SearchState state, int jobId, long token) =>
        state.JobById(jobId) is { Lease: Lease lease } job && lease.Token == token ? TakeBack(state, job) : state;

    /// <summary>Lets every lease begin again: while the host was away nobody could send a heartbeat. Its absence counts as no search time.</summary>
    public static SearchState RenewLeases(this SearchState state, DateTimeOffset now, TimeSpan duration)
    {
        Job Renewed(Job job) => job.Lease is Lease lease ? job with { Lease = lease with { Expires = now + duration } } : job;
        bool hasLeases = state.PendingJobs.Any(job => job.Lease is not null);
        return hasLeases || state.ActiveThrough is not null
            ? state with { Jobs = [.. state.Jobs.Select(Renewed)], ActiveThrough = null }
            : state;
    }

    /// <summary>
    /// Takes back every job at once: the only process that could hold a lease is known to be gone. No try is counted, so stopping and
    /// starting a search as often as one likes never costs a trial.
    /// </summary>
    public static SearchState ReleaseAll(this SearchState state)
    {
        foreach (Job job in state.PendingJobs.Where(job => job.Lease is not null))
        {
            state = TakeBack(state, job);
        }

        return state.ActiveThrough is null ? state : state with { ActiveThrough = null };
    }

    /// <summary>When the first of the present leases expires, null when nothing is leased.</summary>
    public static DateTimeOffset? NextExpiry(this SearchState state) => state.PendingJobs.Min(job => job.Lease?.Expires);

    /// <summary>When time alone next changes what a worker can have: a lease expires, or the pause before another try is over.</summary>
    public static DateTimeOffset? NextDue(this SearchState state) => state.PendingJobs.Min(job => job.Lease?.Expires ?? job.NotBefore);

    private static SearchState TakeBack(SearchState state, Job job)
    {
        Job lost = WithoutLease(job);
        return lost.IsFullyMeasured ? Outcomes.Succeed(state, lost) : state.WithJob(lost with { State = JobState.Queued });
    }

    private static SearchState Lose(SearchState state, Func<Job, bool> isLost, string why, DateTimeOffset now)
    {
        foreach (Job job in state.PendingJobs.Where(job => job.Lease is not null && isLost(job)))
        {
            string message = $"Worker {job.Lease!.WorkerId} {why}.";
            state = Outcomes.Fail(state, WithoutLease(job), new JobFailure(FailureKind.LostWorker, message), now);
        }

        return state;
    }

    /// <summary>Oldest waiting job of the present phase: after a top-up, verification waits until the search is done again.</summary>
    private static Job? NextQueued(SearchState state, DateTimeOffset now) => state.PendingJobs.FirstOrDefault(
        job => job.State == JobState.Queued
            && (job.NotBefore is null || job.NotBefore <= now)
            && (job.Purpose != JobPurpose.Verify || state.Phase == SearchPhase.Verifying));

    private static Job WithoutLease(Job job) =>
        job with { Lease = null, LostTokens = [.. job.LostTokens, job.Lease!.Token], EpochsDone = 0 };

    /// <exception cref="ArgumentException">The worker does not offer the very same workload.</exception>
    public static void RequireSuitable(this WorkerRegistration worker, WorkloadDescription workload)
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
