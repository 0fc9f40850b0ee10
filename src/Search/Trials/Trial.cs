using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>One network of the search with everything learned about it at the search's seed.</summary>
public sealed record Trial
{
    public required int Id { get; init; }

    /// <summary>Unique within a search.</summary>
    public required BitVector Bits { get; init; }

    /// <summary>Curve parameters, d values.</summary>
    public required IReadOnlyList<double> W { get; init; }

    /// <summary>Validation results at the search's seed in ascending epochs: always the first few of the search's tasks.</summary>
    public IReadOnlyList<Measurement> Measurements { get; init; } = [];

    /// <summary>Failures of all its jobs, also of tries that were repeated with success.</summary>
    public IReadOnlyList<JobFailure> Failures { get; init; } = [];

    /// <summary>Why this network will not be tried again, null while it may be.</summary>
    public string? SetAside { get; init; }

    /// <summary>Epochs of the highest fidelity measured, -1 before the first.</summary>
    public int MeasuredEpochs => Measurements.Count == 0 ? -1 : Measurements[^1].Epochs;

    public bool IsMeasuredAt(int epochs) => Measurements.Any(measurement => measurement.Epochs == epochs);

    /// <summary>The measurement with the highest stored checkpoint at or below an epoch, null when nothing is stored.</summary>
    public Measurement? CheckpointUpTo(int epochs) =>
        Measurements.LastOrDefault(measurement => measurement.Checkpoint is not null && measurement.Epochs <= epochs);
}
