using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>What reaching a task would take from where a network stands.</summary>
/// <param name="StartArtifact">Best lower checkpoint of the same bits, or the FP32 baseline.</param>
/// <param name="StartEpochs">Fine-tuning epochs that it contains.</param>
/// <param name="EvaluateAt">Every task on the way that has not been measured, ascending.</param>
/// <param name="TotalEpochs">Epochs to train + evaluations + job overhead, in epochs: what the budget is charged, on whatever device.</param>
/// <param name="DecisionEpochs">The same on the device that asks, in that device's epochs: what information is weighed against.</param>
/// <param name="ExpectedSeconds">On the device that asks; null while nothing is known of it.</param>
public sealed record MarginalCost(
    string StartArtifact, int StartEpochs, IReadOnlyList<int> EvaluateAt, double TotalEpochs, double DecisionEpochs, double? ExpectedSeconds)
{
    /// <summary>Epochs still to train.</summary>
    public int TrainEpochs => EvaluateAt[^1] - StartEpochs;
}

/// <summary>
/// Marginal cost in epochs. The state machine charges by it and strategies score by it, so both count alike.
/// </summary>
public static class CostModel
{
    /// <summary>Sums of tenths are not exact: a budget of 60 must admit the job that brings the sum to 60.</summary>
    private const double BudgetTolerance = 1e-9;

    /// <summary>Cost of bringing a network to a task.</summary>
    /// <exception cref="InvalidOperationException">
    /// No baseline yet; no such task; the network is set aside, in flight, or already measured there. Nothing is ever trained twice.
    /// </exception>
    public static MarginalCost MarginalCost(SearchState state, BitVector bits, int epochs)
    {
        SearchDefinition definition = state.Definition;
        string baseline = state.Baseline?.Checkpoint
            ?? throw new InvalidOperationException("Selection: expected after the baseline, actual before it.");
        if (!definition.Tasks.Contains(epochs))
        {
            throw new InvalidOperationException($"Selected task: expected one of {string.Join(',', definition.Tasks)}, actual {epochs}.");
        }

        Trial? trial = state.TrialOf(bits);
        RequireSelectable(state, trial, bits, epochs);
        int measured = trial?.MeasuredEpochs ?? -1;
        Measurement? start = trial?.CheckpointUpTo(epochs);
        int[] evaluateAt = [.. definition.Tasks.Where(task => task > measured && task <= epochs)];
        int startEpochs = start?.Epochs ?? 0;
        double fixedEpochs = epochs - startEpochs + definition.Selection.JobOverheadEpochs;
        double total = fixedEpochs + (evaluateAt.Length * definition.Selection.EvaluationCostEpochs);
        double decision = state.Device?.EvaluationEpochs is double evaluation ? fixedEpochs + (evaluateAt.Length * evaluation) : total;
        return new MarginalCost(
            start?.Checkpoint ?? baseline, startEpochs, evaluateAt, total, decision, decision * state.Device?.SecondsPerEpoch);
    }

    /// <summary>What an epochs budget still allows; infinite for budgets in other units.</summary>
    public static double RemainingEpochs(SearchState state) => state.Definition.Budget.Unit == BudgetUnit.Epochs
        ? Math.Max(0, state.Definition.Budget.Amount - state.Spent.Epochs)
        : double.PositiveInfinity;

    /// <summary>Part of the budget that is used, a fraction in [0,1].</summary>
    public static double SpentFraction(SearchState state) => Math.Min(1, state.Definition.Budget.Unit switch
    {
        BudgetUnit.Epochs => state.Spent.Epochs,
        BudgetUnit.Jobs => state.Spent.Jobs,
        _ => state.Spent.ActiveSeconds,
    } / state.Definition.Budget.Amount);

    /// <summary>What is left of the budget at a moment, in its own unit: 0 or more.</summary>
    internal static double LeftOfBudget(SearchState state, DateTimeOffset now) => Math.Max(0, state.Definition.Budget.Amount - state.Definition.Budget.Unit switch
    {
        BudgetUnit.Epochs => state.Spent.Epochs,
        BudgetUnit.Jobs => state.Spent.Jobs,
        _ => ActiveClock.Advance(state, now).Spent.ActiveSeconds,
    });

    /// <summary>Whether one more job of this cost stays within the budget.</summary>
    public static bool IsAffordable(SearchState state, double costEpochs) => state.Definition.Budget switch
    {
        { Unit: BudgetUnit.Epochs } budget => state.Spent.Epochs + costEpochs <= budget.Amount + BudgetTolerance,
        { Unit: BudgetUnit.Jobs } budget => state.Spent.Jobs + 1 <= budget.Amount + BudgetTolerance,
        Budget budget => state.Spent.ActiveSeconds < budget.Amount,
    };

    /// <summary>
    /// Whether one more job stays within the budget, as far as can be known: a budget of time admits what the device that asks is expected to
    /// finish in it.
    /// </summary>
    public static bool IsAffordable(SearchState state, MarginalCost cost) => IsAffordable(state, cost.TotalEpochs)
        && (state.Definition.Budget.Unit != BudgetUnit.Seconds
            || cost.ExpectedSeconds is not double seconds
            || state.Spent.ActiveSeconds + seconds <= state.Definition.Budget.Amount);

    private static void RequireSelectable(SearchState state, Trial? trial, BitVector bits, int epochs)
    {
        string? obstacle = trial switch
        {
            null => null,
            { SetAside: string reason } => $"set aside ({reason})",
            _ when state.IsInFlight(trial) => "in flight",
            _ when trial.MeasuredEpochs >= epochs => $"measured up to {trial.MeasuredEpochs} epochs",
            _ => null,
        };
        if (obstacle is not null)
        {
            throw new InvalidOperationException($"Selected {bits} at {epochs} epochs: expected one that is open, actual {obstacle}.");
        }
    }
}
