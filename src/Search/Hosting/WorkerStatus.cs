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

    public int Succeeded { get; init; }

    public int Failed { get; init; }
}
