using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The reference that every other strategy must beat: a random new network, trained to the target task.</summary>
public sealed class RandomStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    public SelectedJob? Next(SearchState state)
    {
        var target = state.Definition.TargetEpochs;
        var open = candidates
            .Where(c => state.IsSelectable(c.Bits) && CostModel.IsAffordable(state, CostModel.MarginalCost(state, c.Bits, target).TotalEpochs))
            .ToList();
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
}
