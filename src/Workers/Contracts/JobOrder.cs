using System.Text.Json.Serialization;

namespace Bitcurve.Workers.Contracts;

/// <summary>What a job does.</summary>
public enum JobKind
{
    /// <summary>Train the network in FP32 from scratch (or load the weights that the user brought).</summary>
    Baseline,

    /// <summary>Compress with the given bits and harmonics, fine-tune, and evaluate at the ordered epochs.</summary>
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

/// <summary>How block multipliers are stored.</summary>
public enum MultiplierPrecision
{
    /// <summary>Half precision, 16 bits: the thesis.</summary>
    Fp16,

    /// <summary>Single precision, 32 bits.</summary>
    Fp32,
}

/// <summary>Functions that a compressed kernel is a sum of (networks.md, ApproxConv).</summary>
public enum SeriesBasis
{
    /// <summary>cos(i x) on the middle three fifths of half a period.</summary>
    Cosine,

    /// <summary>Chebyshev polynomials T_i on [-1, 1].</summary>
    Chebyshev,
}

/// <summary>How the coefficients of a series are found from a trained kernel.</summary>
public enum SeriesFit
{
    /// <summary>Least squares in closed form.</summary>
    Closed,

    /// <summary>Gradient descent on the same error, as in the thesis (ch. 4).</summary>
    Gradient,
}

/// <summary>
/// How networks are quantised and compressed, equal for every job of one search. What is left at its default is not written for the fields
/// that came later: searches stored before stay the same to the byte.
/// </summary>
/// <param name="BlockSize">Input channels that share one multiplier; the thesis uses 32.</param>
/// <param name="Rounding">How weights become integers.</param>
/// <param name="QuantizeActivations">Whether each quantised layer's input is block floating point with that layer's bits.</param>
/// <param name="RecalibrateBatchNorm">Whether the 0-epoch task re-estimates the batch-norm statistics before it evaluates.</param>
/// <param name="Multipliers">How block multipliers are stored.</param>
/// <param name="Skip">Names of the layers that stay in FP32 with their kernels; null for none.</param>
/// <param name="Series">What compressed kernels are made of.</param>
/// <param name="Fit">How their coefficients are found.</param>
public sealed record QuantizerSettings(
    int BlockSize = 32,
    WeightRounding Rounding = WeightRounding.Nearest,
    bool QuantizeActivations = true,
    bool RecalibrateBatchNorm = false,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] MultiplierPrecision Multipliers = MultiplierPrecision.Fp16,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] IReadOnlyList<string>? Skip = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SeriesBasis Series = SeriesBasis.Cosine,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] SeriesFit Fit = SeriesFit.Closed)
{
    /// <summary>Bits of one stored block multiplier.</summary>
    public int MultiplierBits => Multipliers == MultiplierPrecision.Fp32 ? 32 : 16;

    /// <exception cref="ArgumentException">A block of less than one channel.</exception>
    public void Validate()
    {
        if (BlockSize < 1)
        {
            throw new ArgumentException($"Block size: expected at least 1 channel, actual {BlockSize}.");
        }
    }
}

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

    /// <summary>Bits per layer, 1..8, or 0 for a layer that stays in FP32; empty for FP32 everywhere.</summary>
    public IReadOnlyList<int> Bits { get; init; } = [];

    /// <summary>
    /// Harmonics per axis for each layer's kernels; a layer that is left alone has its largest extent. Empty for no series.
    /// </summary>
    public IReadOnlyList<int> Harmonics { get; init; } = [];

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

    /// <summary>As in <see cref="LeasedJob"/>, which carries it over a network: the order itself is the same whoever watches.</summary>
    [JsonIgnore]
    public string? TraceParent { get; init; }

    /// <summary>Bits, harmonics, or both with a slash between, one digit per layer; the empty text for FP32.</summary>
    public string SchemeText() => string.Join('/', new[] { Bits, Harmonics }.Where(levels => levels.Count > 0).Select(levels => string.Concat(levels)));

    /// <summary>Names the lease in requests over a network.</summary>
    public LeaseId Lease() => new(SearchId, JobId, FencingToken);
}
