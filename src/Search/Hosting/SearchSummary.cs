using System.Text.Json.Serialization;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

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
    private const string UsualMetric = "accuracy";

    public required string Id { get; init; }

    public string? Name { get; init; }

    public required string Workload { get; init; }

    public required string WorkloadHash { get; init; }

    /// <summary>What measurements are called; left out where it is the accuracy.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Metric { get; init; }

    /// <summary>Which end of the metric's range is the good one; left out where it is to be maximised.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public MetricGoal MetricGoal { get; init; }

    /// <summary>False for a metric that may be any finite number; left out (null) for a fraction in [0,1].</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? MetricIsFraction { get; init; }

    /// <summary>The metric as people read it.</summary>
    [JsonIgnore]
    public Choosing.MetricWords Words => new(Metric ?? UsualMetric, MetricGoal, MetricIsFraction ?? true);

    public required SearchStatus State { get; init; }

    public required SearchPhase Phase { get; init; }

    public required JobCounts Jobs { get; init; }

    public required Budget Budget { get; init; }

    public required Spending Spent { get; init; }

    public required SharingSettings Sharing { get; init; }

    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>Best measured network by the search's own ranking, e.g. 65543211; null before the first.</summary>
    public string? BestBits { get; init; }

    /// <summary>Its metric as measured.</summary>
    public double? BestAccuracy { get; init; }

    /// <summary>Its effective accuracy, in the metric's unit.</summary>
    public double? BestEffective { get; init; }

    /// <summary>Effective accuracy that the model expected at the last decision to lose by stopping, a fraction (of FP32's value for a metric that is none); null without one.</summary>
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
            Metric = state.Definition.Workload.Metric == UsualMetric ? null : state.Definition.Workload.Metric,
            MetricGoal = state.Definition.Workload.Goal,
            MetricIsFraction = state.Definition.Workload.MetricIsFraction ? null : false,
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
                : Choosing.EffectiveAccuracy.Of(best.Accuracy, best.Scale, best.Bits, state.Definition.Choosing.BitsPerAccuracy),
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
