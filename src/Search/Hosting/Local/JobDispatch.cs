using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>Brings workers and searches of one process together. Thread-safe.</summary>
internal sealed class JobDispatch(SearchDirectory searches, WorkerDirectory workers, ServiceSettings settings, TimeProvider time)
{
    /// <summary>Workers that wait for work.</summary>
    internal WaitingWorkers Waiting { get; } = new();

    /// <inheritdoc cref="ISearchService.LeaseAsync"/>
    internal async Task<LeasedJob?> LeaseAsync(string workerId, string session, TimeSpan wait, CancellationToken cancellation)
    {
        RegisteredWorker worker = workers.Require(workerId, session);
        await worker.Asking.WaitAsync(cancellation);
        try
        {
            long started = time.GetTimestamp();
            while (true)
            {
                worker = workers.Require(workerId, session);
                // Not cancelled: a job that is journalled as given out must be known to the worker entry, or a repeated question would get another.
                if (await AskAsync(worker) is LeasedJob job)
                {
                    Waiting.WakeNext(worker.WorkloadHashes);
                    return job;
                }

                TimeSpan left = wait - time.GetElapsedTime(started);
                if (left <= TimeSpan.Zero || !await Waiting.WaitAsync(worker.WorkloadHashes, left, time, cancellation))
                {
                    return null;
                }
            }
        }
        finally
        {
            worker.Asking.Release();
        }
    }

    /// <summary>Notes that the holder of a lease was heard of.</summary>
    /// <exception cref="ArgumentException">The search has no such job.</exception>
    internal RegisteredWorker? Saw(SearchState state, LeaseId lease)
    {
        RegisteredWorker? worker = state.JobById(lease.JobId).Lease is Lease held && held.Token == lease.FencingToken
            ? workers.Find(held.WorkerId)
            : null;
        worker?.LastSeen = time.GetUtcNow();
        return worker;
    }

    /// <summary>Takes back what a worker holds: as lost when it registered again, as handed back when it left.</summary>
    internal async Task TakeJobsAsync(string workerId, bool isLost, CancellationToken cancellation)
    {
        foreach (SearchHost host in searches.RunningHosts())
        {
            foreach (Job job in host.State.PendingJobs.Where(job => job.Lease?.WorkerId == workerId))
            {
                long token = job.Lease!.Token;
                await host.ApplyAsync(
                    now => isLost ? new SearchEvent.WorkerLost(now, workerId) : new SearchEvent.Released(now, job.Id, token), cancellation);
            }
        }
    }

    /// <summary>After a restart: which worker holds which job.</summary>
    internal void RecallLeases()
    {
        foreach (SearchState state in searches.RunningHosts().Select(host => host.State))
        {
            foreach (Job job in state.PendingJobs.Where(job => job.Lease is not null))
            {
                workers.Find(job.Lease!.WorkerId)?.Lease = new LeaseId(state.Definition.Id, job.Id, job.Lease.Token);
            }
        }
    }

    /// <summary>The job that the worker holds already, else one of the searches that are due.</summary>
    private async Task<LeasedJob?> AskAsync(RegisteredWorker worker)
    {
        WorkerRegistration registration = worker.Stored.Registration;
        if (worker.Lease is LeaseId last
            && (await searches.HostAsync(last.SearchId)).State.OrderHeldBy(registration.WorkerId) is JobOrder held)
        {
            return Leased(worker, held);
        }

        foreach (ShareClaim claim in FairShare.Order(searches.Claims(), worker.WorkloadHashes))
        {
            SearchHost host = await searches.HostAsync(claim.Id);
            if (await host.TryLeaseAsync(registration, CancellationToken.None) is JobOrder order)
            {
                return Leased(worker, order);
            }
        }

        return null;
    }

    private LeasedJob Leased(RegisteredWorker worker, JobOrder order)
    {
        LeaseId lease = order.Lease();
        worker.LeasedAt = worker.Lease == lease ? worker.LeasedAt : time.GetUtcNow();
        worker.Lease = lease;
        return new LeasedJob(lease.ToString(), order, time.GetUtcNow() + settings.LeaseDuration);
    }
}
