namespace Bitcurve.Workers.Contracts;

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Train the network in FP32 from scratch (or load the weights that the user brought).</summary>
    Baseline,

    /// <summary>Quantise with the given bits, fine-tune, and evaluate at the ordered epochs.</summary>
    FineTune,
}

/// <summary>Which held-out images a measurement uses. The search sees validation only; verification reads the test split.</summary>
public enum EvaluationSplit
{
    Validation,
    Test,
}

/// <summary>How weights are rounded to integers (networks.md, DSConv quantiser).</summary>
public enum WeightRounding
{
    /// <summary>Round to nearest, ties to even: the authors' code.</summary>
    Nearest,

    /// <summary>Floor: the thesis's printed rule (ch. 3).</summary>
    Floor,
}

/// <summary>Quantiser settings, equal for every job of one search.</summary>
/// <param name="BlockSize">Input channels that share one multiplier; the thesis uses 32.</param>
/// <param name="Rounding">How weights become integers.</param>
/// <param name="QuantizeActivations">Whether each quantised layer's input is block floating point with that layer's bits.</param>
/// <param name="RecalibrateBatchNorm">Whether the 0-epoch task re-estimates the batch-norm statistics before it evaluates.</param>
public sealed record QuantizerSettings(
    int BlockSize = 32,
    WeightRounding Rounding = WeightRounding.Nearest,
    bool QuantizeActivations = true,
    bool RecalibrateBatchNorm = false);

/// <summary>One leased piece of work: start from an artifact, train to the last of <see cref="EvaluateAt"/>, measure on the way.</summary>
public sealed record JobOrder
{
    public required string SearchId { get; init; }

    /// <summary>Counts from 1 within the search.</summary>
    public required int JobId { get; init; }

    /// <summary>Grows with every lease of the search; a report or heartbeat with an older token is stale.</summary>
    public required long FencingToken { get; init; }

    /// <summary><see cref="WorkloadDescription.Name"/>.</summary>
    public required string Workload { get; init; }

    /// <summary><see cref="WorkloadDescription.ContentHash"/> that the search was created with; a worker with another one must refuse.</summary>
    public required string WorkloadHash { get; init; }

    public required JobKind Kind { get; init; }

    /// <summary>Bits per layer, 1..8; empty for FP32.</summary>
    public IReadOnlyList<int> Bits { get; init; } = [];

    /// <summary>Decides initial weights (baseline) or the order of images and augmentations (fine-tuning).</summary>
    public required long Seed { get; init; }

    /// <summary>Content hash of the artifact to start from; null when a baseline starts from nothing.</summary>
    public string? StartArtifact { get; init; }

    /// <summary>Epochs of this job's own training already contained in <see cref="StartArtifact"/> (0 = the FP32 baseline).</summary>
    public int StartEpochs { get; init; }

    /// <summary>Ascending epochs at which to measure; the last one is where training ends.</summary>
    public required IReadOnlyList<int> EvaluateAt { get; init; }

    public required EvaluationSplit Split { get; init; }

    public QuantizerSettings Quantizer { get; init; } = new();

    /// <summary>Seconds that one lease of this job may take; past them it ends as <see cref="FailureKind.Timeout"/>. Null for no limit.</summary>
    public double? TimeLimitSeconds { get; init; }

    /// <summary>Names the lease in requests over a network.</summary>
    public LeaseId Lease() => new(SearchId, JobId, FencingToken);
}
