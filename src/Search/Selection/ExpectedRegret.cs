using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>What stopping now would cost by the model's own account.</summary>
internal static class ExpectedRegret
{
    /// <summary>
    /// E[best effective accuracy of all networks] - E[effective accuracy of the one that the search would choose now], over joint draws of
    /// the posterior; in units of the metric's scale (a fraction for accuracies), at least 0. Before the first measurement the network of the best expectation counts as chosen. The hard
    /// limit on memory is kept, that on accuracy is not considered.
    /// </summary>
    internal static double Of(JointDraws draws, SearchState state)
    {
        var best = draws.BestWorths(state.Definition).Average();
        var charges = draws.Candidates.Select(c => BitCharge.Of(c.Bits, state.Definition.Choosing)).ToArray();
        double Expected(int k) => draws.Scores.Average(row => row[k]) - charges[k];
        var chosen = state.ChosenConfiguration()?.Bits;
        var index = draws.Candidates.ToList().FindIndex(c => c.Bits == chosen);
        return Math.Max(0, best - (index >= 0 ? Expected(index) : Enumerable.Range(0, charges.Length).Max(Expected)));
    }
}
