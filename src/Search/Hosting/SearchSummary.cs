using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Hosting;

/// <summary>Where a search stands, in a word.</summary>
public enum SearchStatus
{
    Running,
    Paused,
    Completed,
    Cancelled,
    Failed,
}

/// <summary>Jobs of a search by where they stand; cancelled ones are not counted.</summary>
public sealed record JobCounts(int Queued, int Running, int Succeeded, int Failed)
{
    public static JobCounts Of(SearchState state) => new(
        state.Jobs.Count(job => job.State == JobState.Queued),
        state.Jobs.Count(job => job.State == JobState.Leased),
        state.Jobs.Count(job => job.State == JobState.Succeeded),
        state.Jobs.Count(job => job.State == JobState.Failed));
}

/// <summary>One line about a search: for lists, and for deciding which search a free worker serves.</summary>
public record SearchSummary
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string Workload { get; init; }

    public required string WorkloadHash { get; init; }

    public required SearchStatus State { get; init; }

    public required SearchPhase Phase { get; init; }

    public required JobCounts Jobs { get; init; }

    public required Budget Budget { get; init; }

    public required Spending Spent { get; init; }

    public required SharingSettings Sharing { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Best measured network by the search's own ranking, e.g. 65543211; null before the first.</summary>
    public string? BestBits { get; init; }

    public double? BestAccuracy { get; init; }

    /// <summary>Its effective accuracy.</summary>
    public double? BestEffective { get; init; }

    /// <summary>Effective accuracy that the model expected at the last decision to lose by stopping, a fraction; null without one.</summary>
    public double? ExpectedRegret { get; init; }

    /// <summary>Information that the last decision expected, nats; null before the first.</summary>
    public double? InformationGain { get; init; }

    /// <summary>Part of the budget that is left, a fraction in [0,1].</summary>
    public double? BudgetLeft { get; init; }

    public static SearchSummary Of(SearchState state)
    {
        Choosing.Configuration? best = state.ChosenConfiguration();
        Decision? last = state.Decisions.Count > 0 ? state.Decisions[^1] : null;
        return new SearchSummary
        {
            Id = state.Definition.Id,
            Name = state.Definition.Name,
            Workload = state.Definition.Workload.Name,
            WorkloadHash = state.Definition.Workload.ContentHash,
            State = StatusOf(state),
            Phase = state.Phase,
            Jobs = JobCounts.Of(state),
            Budget = state.Definition.Budget,
            Spent = state.Spent,
            Sharing = state.Definition.Sharing,
            CreatedAt = state.CreatedAt,
            BestBits = best is null ? null : Space.LevelText.Of(state.Definition.Space.Subject, best.Bits),
            BestAccuracy = best?.Accuracy,
            BestEffective = best is null
                ? null
                : Choosing.EffectiveAccuracy.Of(best.Accuracy, best.Bits, state.Definition.Choosing.BitsPerAccuracy),
            ExpectedRegret = last?.ExpectedRegret,
            InformationGain = last?.GainNats,
            BudgetLeft = 1 - CostModel.SpentFraction(state),
        };
    }

    private static SearchStatus StatusOf(SearchState state) => state.Phase switch
    {
        SearchPhase.Completed => SearchStatus.Completed,
        SearchPhase.Cancelled => SearchStatus.Cancelled,
        SearchPhase.Failed => SearchStatus.Failed,
        _ => state.Paused ? SearchStatus.Paused : SearchStatus.Running,
    };
}
