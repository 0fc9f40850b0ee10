using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Joint posterior draws of the target's score, shared by everything at one decision that asks which networks may be the best: the likely
/// front, the best effective accuracy, the expected regret.
/// </summary>
/// <param name="Candidates">M networks, ascending memory.</param>
/// <param name="Scores">One row per draw, M accuracies (or scores of another metric) each.</param>
internal sealed record JointDraws(IReadOnlyList<Candidate> Candidates, double[][] Scores)
{
    internal const int Count = 256;

    // Joint draws cost O(M^3); of larger spaces an even subset by memory represents the rest.
    private const int MaximumDrawn = 500;

    /// <summary>Draws over all candidates, or an even subset with the network that the search would choose now. O(M^3).</summary>
    internal static JointDraws Of(IReadOnlyList<Candidate> candidates, SurrogateModel model, SearchState state)
    {
        var chosen = state.ChosenConfiguration()?.Bits;
        var thinned = Thin(Ascending(candidates, state.Definition));
        Candidate[] missing = [.. candidates.Where(c => c.Bits == chosen && !thinned.Contains(c))];
        var drawn = missing.Length == 0 ? thinned : Ascending([.. thinned, .. missing], state.Definition);
        var seed = unchecked((int)DecisionHash.Of(state.Definition.Seed, state.Decisions.Count));
        return new JointDraws(drawn, model.ScoreDraws(drawn, Count, seed));
    }

    /// <summary>The best effective accuracy of each draw, over the networks that may be chosen.</summary>
    internal double[] BestWorths(SearchDefinition definition)
    {
        var choosable = Enumerable.Range(0, Candidates.Count).Where(k => BitCharge.IsWithinLimit(Candidates[k].Bits, definition)).ToArray();
        var considered = choosable.Length > 0 ? choosable : [.. Enumerable.Range(0, Candidates.Count)];
        var charges = Candidates.Select(c => BitCharge.Of(c.Bits, definition.Choosing)).ToArray();
        return Array.ConvertAll(Scores, row => considered.Max(k => row[k] - charges[k]));
    }

    private static IReadOnlyList<Candidate> Ascending(IReadOnlyList<Candidate> candidates, SearchDefinition definition) =>
        [.. candidates.OrderBy(c => definition.SizeOf(c.Bits).DsconvBits).ThenBy(c => c.Bits)];

    private static IReadOnlyList<Candidate> Thin(IReadOnlyList<Candidate> ascending) => ascending.Count <= MaximumDrawn
        ? ascending
        : [.. Enumerable.Range(0, MaximumDrawn).Select(k => ascending[(int)((long)k * (ascending.Count - 1) / (MaximumDrawn - 1))])];
}
