using Bitcurve.Models.Data;

namespace Bitcurve.Models.Training.Occupancy;

/// <summary>Shapes to train and to measure occupancy networks on. Immutable and thread-safe.</summary>
public sealed record OccupancyData
{
    public required IReadOnlyList<OccupancyShape> Train { get; init; }

    public required IReadOnlyList<OccupancyShape> Validation { get; init; }

    public required IReadOnlyList<OccupancyShape> Test { get; init; }

    /// <summary>K names.</summary>
    public required IReadOnlyList<string> Categories { get; init; }

    /// <summary>For each category the labels that its shapes' parts may have; empty lists for shapes without known parts.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> PartsOfCategory { get; init; }

    /// <summary>SHA-256 (hex) of all shapes.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Part labels, of all categories together: one more than the largest.</summary>
    public int PartCount => PartsOfCategory.SelectMany(parts => parts).DefaultIfEmpty(0).Max() + 1;

    public IReadOnlyList<OccupancyShape> this[Split split] => split switch
    {
        Split.Train => Train,
        Split.Validation => Validation,
        Split.Test => Test,
        _ => throw new ArgumentOutOfRangeException(nameof(split), split, "expected train, validation or test"),
    };
}
