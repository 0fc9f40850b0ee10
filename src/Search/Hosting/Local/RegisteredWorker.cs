using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting.Local;

/// <summary>A worker as it is stored: sessions outlive the server, so that a restart takes nobody's job away.</summary>
internal sealed record StoredWorker(WorkerRegistration Registration, string Session, DateTimeOffset RegisteredAt, bool HasLeft);

/// <summary>A worker with what only this process knows of it.</summary>
internal sealed class RegisteredWorker(StoredWorker stored, DateTimeOffset lastSeen, RegisteredWorker? earlier = null)
{
    private int succeeded = earlier?.succeeded ?? 0;
    private int failed = earlier?.failed ?? 0;
    private string? lastFailure = earlier?.lastFailure;
    private WorkerReading? reading;

    internal StoredWorker Stored { get; } = stored;

    internal IReadOnlyCollection<string> WorkloadHashes { get; } = [.. stored.Registration.Workloads.Select(workload => workload.ContentHash)];

    internal DateTimeOffset LastSeen { get; set; } = lastSeen;

    /// <summary>The lease that it was given last, whether or not it still holds.</summary>
    internal LeaseId? Lease { get; set; }

    /// <summary>When <see cref="Lease"/> was given; null for one that is older than this process.</summary>
    internal DateTimeOffset? LeasedAt { get; set; }

    /// <summary>One request for work of a worker is answered at a time: two at once would get it two jobs.</summary>
    internal SemaphoreSlim Asking { get; } = new(1, 1);

    internal void Count(JobReport report)
    {
        _ = report.Failure is null ? Interlocked.Increment(ref succeeded) : Interlocked.Increment(ref failed);
        lastFailure = report.Failure?.Message ?? lastFailure;
    }

    /// <summary>Keeps what it says of its device and speed.</summary>
    internal void Note(JobProgress progress, DateTimeOffset now) => reading = WorkerReading.Of(progress, now) ?? reading;

    /// <param name="now">The present.</param>
    /// <param name="leaseDuration">One that is silent for longer is lost.</param>
    /// <param name="job">What it holds, null for nothing.</param>
    internal WorkerStatus Status(DateTimeOffset now, TimeSpan leaseDuration, WorkerJob? job)
    {
        WorkerReading? fresh = reading?.Within(leaseDuration, now);
        return new WorkerStatus
        {
            WorkerId = Stored.Registration.WorkerId,
            DeviceKind = Stored.Registration.DeviceKind,
            Workloads = [.. Stored.Registration.Workloads.Select(workload => workload.Name)],
            WorkloadHashes = [.. Stored.Registration.Workloads.Select(workload => workload.ContentHash)],
            State = Stored.HasLeft ? WorkerState.Left : now - LastSeen > leaseDuration ? WorkerState.Lost : WorkerState.Online,
            RegisteredAt = Stored.RegisteredAt,
            LastSeen = LastSeen,
            Lease = job is null ? null : Lease.ToString(),
            Job = job,
            JobSince = job is null ? null : LeasedAt,
            ImagesPerSecond = fresh?.ImagesPerSecond,
            Device = fresh?.Device,
            Succeeded = succeeded,
            Failed = failed,
            LastFailure = lastFailure,
        };
    }
}
