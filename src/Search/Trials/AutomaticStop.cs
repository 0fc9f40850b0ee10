using Bitcurve.Search.Choosing;

namespace Bitcurve.Search.Trials;

/// <summary>Ends a search before its budget does: once the model expects next to nothing from going on.</summary>
internal static class AutomaticStop
{
    /// <summary>One confident decision may be chance; so many in a row count.</summary>
    internal const int DecisionsInARow = 3;

    /// <summary>
    /// Why the search is over, null while it is not: the last decisions since the budget was last raised all expected a regret below the
    /// tolerance, and a network has been measured at the target. A function of the state alone, so a replay stops at the same decision.
    /// </summary>
    internal static string? Reason(SearchState state)
    {
        Decision[] last = [.. state.Decisions.Skip(state.DecisionsAtTopUp).TakeLast(DecisionsInARow)];
        bool isOver = state.Definition.Selection.StopRegret is double tolerance
            && last.Length == DecisionsInARow
            && last.All(decision => decision.ExpectedRegret < tolerance)
            && state.Trials.Any(trial => trial.IsMeasuredAt(state.Definition.TargetEpochs));
        return isOver
            ? FormattableString.Invariant(
                $"The expected regret of stopping is {100 * last[^1].ExpectedRegret:0.###} {UnitOf(state)}: below {100 * state.Definition.Selection.StopRegret:0.###} in {DecisionsInARow} decisions in a row.")
            : null;
    }

    private static string UnitOf(SearchState state) => MetricWords.Of(state.Definition.Workload) is { IsFraction: false } words
        ? $"{words.RelativeUnit} {words.Name}"
        : "points of accuracy";
}
