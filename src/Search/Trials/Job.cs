using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>What a job is for.</summary>
public enum JobPurpose
{
    Baseline,
    Search,
    Verify,
}

/// <summary>Where a job stands.</summary>
public enum JobState
{
    Queued,
    Leased,
    Succeeded,
    Failed,
    Cancelled,
}

/// <summary>A worker's right to one job until a moment.</summary>
/// <param name="WorkerId">Who holds it.</param>
/// <param name="Token">Fencing token, unique within the search and growing.</param>
/// <param name="Expires">The job is given to someone else from here on, unless a heartbeat came first.</param>
public sealed record Lease(string WorkerId, long Token, DateTimeOffset Expires);

/// <summary>One piece of training with all that is known of its progress.</summary>
public sealed record Job
{
    public required int Id { get; init; }

    public required JobPurpose Purpose { get; init; }

    /// <summary>The trial that a search job belongs to, null otherwise.</summary>
    public int? TrialId { get; init; }

    public BitVector Bits { get; init; }

    public required long Seed { get; init; }

    public string? StartArtifact { get; init; }

    public int StartEpochs { get; init; }

    /// <summary>Ascending epochs to measure at.</summary>
    public required IReadOnlyList<int> EvaluateAt { get; init; }

    public required EvaluationSplit Split { get; init; }

    /// <summary>What a search job was charged when it was ordered, epochs; 0 for the others.</summary>
    public double CostEpochs { get; init; }

    public JobState State { get; init; } = JobState.Queued;

    public Lease? Lease { get; init; }

    /// <summary>Tokens of leases that ended without a report: their late report may still be news.</summary>
    public IReadOnlyList<long> LostTokens { get; init; } = [];

    /// <summary>A queued job is not given out before this moment, because a try failed just now; null for no such wait.</summary>
    public DateTimeOffset? NotBefore { get; init; }

    /// <summary>Tries that ended in a failure.</summary>
    public int Attempts { get; init; }

    /// <summary>Measured so far, ascending epochs, a subset of <see cref="EvaluateAt"/>.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Newest stored state that a successor can resume from, null for none beyond <see cref="StartArtifact"/>.</summary>
    public string? ResumeArtifact { get; init; }

    /// <summary>Epochs contained in <see cref="ResumeArtifact"/>.</summary>
    public int ResumeEpochs { get; init; }

    /// <summary>How far the current holder says it is, for the display only.</summary>
    public int EpochsDone { get; init; }

    /// <summary>Seconds and epochs of training and seconds of evaluation, summed over the reports of this job.</summary>
    public double TrainSeconds { get; init; }

    public double TrainedEpochs { get; init; }

    public double EvaluationSeconds { get; init; }

    /// <summary>Device that the last report came from; decides which learned seconds per epoch it belongs to.</summary>
    public string? DeviceKind { get; init; }

    /// <summary>Why it failed for good, null otherwise.</summary>
    public JobFailure? Failure { get; init; }

    public bool IsPending => State is JobState.Queued or JobState.Leased;

    public bool IsFullyMeasured => EvaluateAt.All(epochs => Measurements.Any(measurement => measurement.Epochs == epochs));

    /// <summary>Epochs still to measure, ascending.</summary>
    public IReadOnlyList<int> RemainingEvaluations =>
        [.. EvaluateAt.Where(epochs => Measurements.All(measurement => measurement.Epochs != epochs))];
}
