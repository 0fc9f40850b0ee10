using System.Text.Json;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Trials;

/// <summary>What to run next, and why.</summary>
public sealed record SelectedJob
{
    public required BitVector Bits { get; init; }

    /// <summary>Curve parameters that give the bits, d values.</summary>
    public required IReadOnlyList<double> W { get; init; }

    /// <summary>Task to reach, epochs.</summary>
    public required int Epochs { get; init; }

    public double GainNats { get; init; }

    public double CostEpochs { get; init; }

    /// <summary>What the device that asked is expected to take; null where costs are counted in epochs alone.</summary>
    public double? ExpectedSeconds { get; init; }

    public double Score { get; init; }

    public IReadOnlyList<RunnerUp> RunnersUp { get; init; } = [];

    public double? PosteriorMean { get; init; }

    public double? PosteriorDeviation { get; init; }

    /// <summary>Effective accuracy that the model expects to be lost by stopping before this job, in units of its scale; null without a model.</summary>
    public double? ExpectedRegret { get; init; }

    public required string Reason { get; init; }

    /// <summary>What the strategy wants back in <see cref="SearchState.SelectionMemory"/>; null keeps the stored one.</summary>
    public JsonElement? Memory { get; init; }
}

/// <summary>
/// Picks the next job of a search. Pure: the same state gives the same answer, in every process; draws come from the search's seed.
/// </summary>
public interface ISelectionStrategy
{
    /// <summary>
    /// Null when nothing that the budget allows is left at present. A selection must be one that
    /// <see cref="CostModel.MarginalCost"/> accepts, and affordable.
    /// </summary>
    SelectedJob? Next(SearchState state);
}
