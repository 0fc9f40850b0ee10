using Bitcurve.Search.Space;

namespace Bitcurve.Search.Trials;

/// <summary>One network, at one seed, measured on the test split.</summary>
public sealed record VerificationRun
{
    /// <summary>Empty for FP32.</summary>
    public required BitVector Bits { get; init; }

    /// <summary>Every reason to verify it, ascending; empty once a longer search no longer wants it.</summary>
    public required IReadOnlyList<VerificationGroup> Groups { get; init; }

    public required long Seed { get; init; }

    /// <summary>Epochs of fine-tuning.</summary>
    public required int Epochs { get; init; }

    public required int JobId { get; init; }

    /// <summary>Metric on the test split, null until the job ends.</summary>
    public double? Accuracy { get; init; }

    /// <summary>Why there is no result, null otherwise.</summary>
    public string? Failure { get; init; }
}
