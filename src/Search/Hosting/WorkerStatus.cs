using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Hosting;

/// <summary>Where a worker stands.</summary>
public enum WorkerState
{
    /// <summary>Registered and heard of within a lease's time.</summary>
    Online,

    /// <summary>Silent for longer than a lease lasts.</summary>
    Lost,

    /// <summary>Said goodbye.</summary>
    Left,
}

/// <summary>What the server knows of a worker.</summary>
public sealed record WorkerStatus
{
    public required string WorkerId { get; init; }

    public required string DeviceKind { get; init; }

    public required IReadOnlyList<string> Workloads { get; init; }

    /// <summary>Content hashes of the workloads, in the same order: two workers may train one network by different recipes.</summary>
    public IReadOnlyList<string> WorkloadHashes { get; init; } = [];

    public required WorkerState State { get; init; }

    public required DateTimeOffset RegisteredAt { get; init; }

    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>Text of the lease that it holds, null while it is idle.</summary>
    public string? Lease { get; init; }

    /// <summary>What it works on, null while it is idle.</summary>
    public WorkerJob? Job { get; init; }

    /// <summary>When it got that job; null while it is idle, or where the server has started since.</summary>
    public DateTimeOffset? JobSince { get; init; }

    /// <summary>As it said last; null when it has said nothing for longer than a lease lasts.</summary>
    public double? ImagesPerSecond { get; init; }

    /// <inheritdoc cref="ImagesPerSecond"/>
    public DeviceReading? Device { get; init; }

    public int Succeeded { get; init; }

    public int Failed { get; init; }

    /// <summary>What went wrong with the last of its jobs that failed, one line; null when none has since the server started.</summary>
    public string? LastFailure { get; init; }
}

/// <summary>The job of a worker, in short.</summary>
/// <param name="SearchId">Of the search.</param>
/// <param name="JobId">Counts from 1 within the search.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Bits">Levels as people read them (<see cref="LevelText"/>); empty for FP32.</param>
/// <param name="EpochsDone">How far the worker says it is.</param>
/// <param name="Epochs">Where training ends.</param>
public sealed record WorkerJob(string SearchId, int JobId, JobPurpose Purpose, string Bits, int EpochsDone, int Epochs)
{
    public static WorkerJob Of(SearchState state, Job job) => new(
        state.Definition.Id,
        job.Id,
        job.Purpose,
        LevelText.Of(state.Definition.Space.Subject, job.Bits),
        Math.Max(job.EpochsDone, job.StartEpochs),
        job.EvaluateAt[^1]);
}

/// <summary>What a worker said of its device and speed, and when.</summary>
public sealed record WorkerReading(DateTimeOffset At, double? ImagesPerSecond, DeviceReading? Device)
{
    /// <summary>Null where the progress says nothing of them. What cannot be is not shown: a worker's word changes no search.</summary>
    public static WorkerReading? Of(JobProgress progress, DateTimeOffset now) => progress is { ImagesPerSecond: null, Device: null }
        ? null
        : new(now, Sound(progress.ImagesPerSecond), progress.Device is not { } device ? null : new(
            Sound(device.MemoryUsedBytes), Sound(device.MemoryBytes), Sound(device.Utilization)));

    /// <summary>This, or null when it is older than <paramref name="age"/>.</summary>
    public WorkerReading? Within(TimeSpan age, DateTimeOffset now) => now - At > age ? null : this;

    private static T? Sound<T>(T? figure) where T : struct, System.Numerics.INumber<T> =>
        figure is T value && T.IsFinite(value) && !T.IsNegative(value) ? value : null;
}
