using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The reference that every other strategy must beat: a random new network, trained to the target task.</summary>
public sealed class RandomStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    public SelectedJob? Next(SearchState state)
    {
        var target = state.Definition.TargetEpochs;
        // Every network that was never tried costs the same; a large space has tens of thousands of them.
        bool? untriedAffordable = null;
        bool IsOpen(Candidate candidate) => state.TrialOf(candidate.Bits) is null
            ? untriedAffordable ??= IsAffordable(state, candidate, target)
            : state.IsSelectable(candidate.Bits) && IsAffordable(state, candidate, target);
        var open = candidates.Where(IsOpen).ToList();
        if (open.Count == 0)
        {
            return null;
        }

        var chosen = open[(int)(DecisionHash.Of(state.Definition.Seed, state.Decisions.Count) % (ulong)open.Count)];
        return new SelectedJob
        {
            Bits = chosen.Bits,
            W = chosen.W,
            Epochs = target,
            CostEpochs = CostModel.MarginalCost(state, chosen.Bits, target).TotalEpochs,
            Reason = $"drawn at random from {open.Count} networks",
        };
    }

    private static bool IsAffordable(SearchState state, Candidate candidate, int target) =>
        CostModel.IsAffordable(state, CostModel.MarginalCost(state, candidate.Bits, target));
}
