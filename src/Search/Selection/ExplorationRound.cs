using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The present round of <c>mf-mi-greedy</c> (Song, Chen and Yue 2019, algorithm 2), read off the decisions: everything since the last
/// target job. Gains add up by the chain rule, because each was computed given the jobs before it.
/// </summary>
internal static class ExplorationRound
{
    /// <summary>Why the target is next, null while exploring pays.</summary>
    /// <param name="scored">Every affordable job by information per cost, best first.</param>
    /// <param name="state">The search.</param>
    internal static string? EndsBecause(List<ScoredJob> scored, SearchState state)
    {
        var target = state.Definition.TargetEpochs;
        var within = WithinReach(scored, state);
        if (within.All(s => s.Job.Epochs == target))
        {
            return "only a target job is left to afford";
        }

        if (within[0].Job.Epochs == target)
        {
            return "no shorter training tells more per epoch";
        }

        var round = state.Decisions.Reverse().TakeWhile(d => d.Epochs != target).ToList();
        var ratio = (round.Sum(d => d.GainNats) + within[0].GainNats) / (round.Sum(d => d.CostEpochs) + within[0].Job.Cost.TotalEpochs);
        var threshold = 1 / Math.Sqrt(EpochsLeft(state));
        return ratio < threshold
            ? FormattableString.Invariant($"exploring told {ratio:0.###} nats per epoch this round, below {threshold:0.###}")
            : null;
    }

    /// <summary>The jobs that leave enough for a target job after them, and target jobs; all when none does.</summary>
    internal static List<ScoredJob> WithinReach(List<ScoredJob> scored, SearchState state)
    {
        var target = state.Definition.TargetEpochs;
        var reserve = TargetCost(state);
        var within = scored
            .Where(s => s.Job.Epochs == target || (CostModel.RemainingEpochs(state) - s.Job.Cost.TotalEpochs >= reserve && JobsLeft(state) >= 2))
            .ToList();
        return within.Count > 0 ? within : scored;
    }

    // B, in epochs whatever the budget's unit: jobs count as target jobs, time at the pace of epochs so far (endless before the first).
    private static double EpochsLeft(SearchState state) => state.Definition.Budget.Unit switch
    {
        BudgetUnit.Epochs => CostModel.RemainingEpochs(state),
        BudgetUnit.Jobs => JobsLeft(state) * TargetCost(state),
        _ => CostModel.SpentFraction(state) is var spent and > 0 ? Math.Max(state.Spent.Epochs, 1) * (1 - spent) / spent : double.PositiveInfinity,
    };

    private static double JobsLeft(SearchState state) =>
        state.Definition.Budget.Unit == BudgetUnit.Jobs ? state.Definition.Budget.Amount - state.Spent.Jobs : double.PositiveInfinity;

    private static double TargetCost(SearchState state) => state.Definition.TargetEpochs
        + state.Definition.Selection.JobOverheadEpochs + (state.Definition.Tasks.Count * state.Definition.Selection.EvaluationCostEpochs);
}
