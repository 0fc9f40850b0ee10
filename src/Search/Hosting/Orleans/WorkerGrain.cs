using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Orleans;

/// <inheritdoc cref="IWorkerGrain"/>
internal sealed class WorkerGrain(
    [PersistentState(StateNames.Worker, StateNames.Storage)] IPersistentState<WorkerRecord> record, EngineParts parts) : Grain, IWorkerGrain
{
    private readonly StateWriter writer = new(record);
    private DateTimeOffset lastSeen;
    private bool hasRecalled;
    private WorkerReading? reading;

    private string Id => GrainKeys.WorkerId(this.GetPrimaryKeyString());

    private IIndexGrain Index => GrainFactory.GetGrain<IIndexGrain>(GrainKeys.Index);

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        lastSeen = record.State.LastSeen;
        return Task.CompletedTask;
    }

    public async Task<string> RegisterAsync(string registration)
    {
        WorkerRegistration announced = GrainJson.Read<WorkerRegistration>(registration);
        lastSeen = parts.Time.GetUtcNow();
        string session = Guid.NewGuid().ToString("N");
        await SaveAsync(record.State with
        {
            Registration = registration,
            Session = session,
            RegisteredAt = lastSeen,
            HasLeft = false,
            Lease = null,
        });
        KeyValuePair<string, string>[] offered =
            [.. announced.Workloads.Select(workload => KeyValuePair.Create(workload.Name, GrainJson.Write(workload)))];
        await Index.NoteWorkerAsync(Id, offered);
        await TakeJobsAsync(isLost: true);
        return session;
    }

    public async Task LeaveAsync(string session)
    {
        Require(session);
        await SaveAsync(record.State with { Session = "", HasLeft = true, Lease = null });
        await TakeJobsAsync(isLost: false);
    }

    public async Task<LeaseAttempt> TryLeaseAsync(string session)
    {
        Require(session);
        await RecallAsync();
        WorkerRecord asking = record.State;
        string[] hashes = [.. GrainJson.Read<WorkerRegistration>(asking.Registration!).Workloads.Select(workload => workload.ContentHash)];
        if (LastLease() is LeaseId last && await SearchOf(last.SearchId).OrderHeldByAsync(Id) is string held)
        {
            return Leased(held, hashes);
        }

        DueSearches due = await Index.DueAsync(hashes);
        foreach (string search in due.Ids)
        {
            if (await SearchOf(search).TryLeaseAsync(asking.Registration!) is not string order)
            {
                continue;
            }

            if (record.State.Session != session)
            {
                // It registered again or left meanwhile, and what it held then was taken back before this job was given.
                await SearchOf(search).TakeJobsAsync(Id, isLost: !record.State.HasLeft);
                throw new StaleSessionException(Id);
            }

            await SaveAsync(record.State with { Lease = GrainJson.Read<JobOrder>(order).Lease().ToString(), LeasedAt = parts.Time.GetUtcNow() });
            return Leased(order, hashes);
        }

        return new LeaseAttempt(null, hashes, due.Seen);
    }

    public Task SeenAsync()
    {
        lastSeen = parts.Time.GetUtcNow();
        return Task.CompletedTask;
    }

    public Task NoteAsync(string progress)
    {
        lastSeen = parts.Time.GetUtcNow();
        reading = WorkerReading.Of(GrainJson.Read<JobProgress>(progress), lastSeen) ?? reading;
        return Task.CompletedTask;
    }

    public Task CountAsync(string? failure)
    {
        lastSeen = parts.Time.GetUtcNow();
        WorkerRecord now = record.State;
        return SaveAsync(failure is null ? now with { Succeeded = now.Succeeded + 1 } : now with { Failed = now.Failed + 1, LastFailure = failure });
    }

    public async Task<string?> StatusAsync()
    {
        if (record.State.Registration is not string registration)
        {
            return null;
        }

        WorkerRegistration announced = GrainJson.Read<WorkerRegistration>(registration);
        string? held = LastLease() is LeaseId lease ? await SearchOf(lease.SearchId).HeldAsync(lease.JobId, lease.FencingToken) : null;
        (DateTimeOffset now, TimeSpan limit) = (parts.Time.GetUtcNow(), parts.Settings.LeaseDuration);
        WorkerReading? fresh = reading?.Within(limit, now);
        return GrainJson.Write(new WorkerStatus
        {
            WorkerId = Id,
            DeviceKind = announced.DeviceKind,
            Workloads = [.. announced.Workloads.Select(workload => workload.Name)],
            WorkloadHashes = [.. announced.Workloads.Select(workload => workload.ContentHash)],
            State = record.State.HasLeft ? WorkerState.Left : now - lastSeen > limit ? WorkerState.Lost : WorkerState.Online,
            RegisteredAt = record.State.RegisteredAt,
            LastSeen = lastSeen,
            Lease = held is null ? null : record.State.Lease,
            Job = held is null ? null : GrainJson.Read<WorkerJob>(held),
            JobSince = held is null ? null : record.State.LeasedAt,
            ImagesPerSecond = fresh?.ImagesPerSecond,
            Device = fresh?.Device,
            Succeeded = record.State.Succeeded,
            Failed = record.State.Failed,
            LastFailure = record.State.LastFailure,
        });
    }

    private LeaseId? LastLease() => record.State.Lease is string text ? LeaseId.Parse(text) : null;

    private LeaseAttempt Leased(string order, string[] hashes)
    {
        JobOrder job = GrainJson.Read<JobOrder>(order);
        var leased = new LeasedJob(job.Lease().ToString(), job, parts.Time.GetUtcNow() + parts.Settings.LeaseDuration);
        return new LeaseAttempt(GrainJson.Write(leased), hashes, 0);
    }

    /// <exception cref="StaleSessionException">Not registered, or another registration came later.</exception>
    private void Require(string session)
    {
        if (record.State.HasLeft || record.State.Session != session || session.Length == 0)
        {
            throw new StaleSessionException(Id);
        }

        lastSeen = parts.Time.GetUtcNow();
    }

    /// <summary>A silo may have been lost between a search's giving out a job and this grain's noting it: the searches know.</summary>
    private async Task RecallAsync()
    {
        if (hasRecalled)
        {
            return;
        }

        string[] running = await Index.RunningAsync();
        string?[] held = await Task.WhenAll(running.Select(search => SearchOf(search).OrderHeldByAsync(Id)));
        if (held.FirstOrDefault(order => order is not null) is string order)
        {
            string recalled = GrainJson.Read<JobOrder>(order).Lease().ToString();
            await SaveAsync(record.State with { Lease = recalled, LeasedAt = recalled == record.State.Lease ? record.State.LeasedAt : null });
        }

        hasRecalled = true;
    }

    private async Task TakeJobsAsync(bool isLost)
    {
        string[] running = await Index.RunningAsync();
        await Task.WhenAll(running.Select(search => SearchOf(search).TakeJobsAsync(Id, isLost)));
    }

    private async Task SaveAsync(WorkerRecord next)
    {
        record.State = next with { LastSeen = lastSeen };
        try
        {
            await writer.WriteAsync();
        }
        catch (OrleansException)
        {
            // The next activation knows what is stored.
            DeactivateOnIdle();
            throw;
        }
    }

    private ISearchGrain SearchOf(string id) => GrainFactory.GetGrain<ISearchGrain>(GrainKeys.Search(id));
}

/// <summary>Stored: a worker.</summary>
internal sealed record WorkerRecord
{
    /// <summary>JSON as it announced itself, null before it ever did.</summary>
    public string? Registration { get; init; }

    public string Session { get; init; } = "";

    public DateTimeOffset RegisteredAt { get; init; }

    /// <summary>At the time of this writing.</summary>
    public DateTimeOffset LastSeen { get; init; }

    public bool HasLeft { get; init; }

    /// <summary>Text of the lease that it was given last, whether or not it still holds.</summary>
    public string? Lease { get; init; }

    /// <summary>When that was; null where nobody knows.</summary>
    public DateTimeOffset? LeasedAt { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    /// <summary>What went wrong with the last of its jobs that failed.</summary>
    public string? LastFailure { get; init; }
}
