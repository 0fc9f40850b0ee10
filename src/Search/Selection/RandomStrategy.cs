using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>The reference that every other strategy must beat: a random new network, trained to the target task.</summary>
public sealed class RandomStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    private readonly Dictionary<BitVector, int> places = Enumerable.Range(0, candidates.Count).ToDictionary(place => candidates[place].Bits);

    public SelectedJob? Next(SearchState state)
    {
        var target = state.Definition.TargetEpochs;
        if (Draw(state, target) is not (int place, int open))
        {
            return null;
        }

        var chosen = candidates[place];
        return new SelectedJob
        {
            Bits = chosen.Bits,
            W = chosen.W,
            Epochs = target,
            CostEpochs = CostModel.MarginalCost(state, chosen.Bits, target).TotalEpochs,
            Reason = $"drawn at random from {open} networks",
        };
    }

    /// <summary>
    /// One of the open candidates, and how many there are. Every network that was never tried costs the same, so only the tried ones are
    /// looked at: a large space has tens of thousands of the others.
    /// </summary>
    private (int Place, int Open)? Draw(SearchState state, int target)
    {
        var tried = state.Trials.Select(trial => (trial.Bits, Place: PlaceOf(trial.Bits))).Where(trial => trial.Place >= 0).ToList();
        int[] closed = [.. tried.Where(trial => !IsOpen(state, trial.Bits, target)).Select(trial => trial.Place).Order()];
        if (tried.Count < candidates.Count && !IsUntriedAffordable(state, target))
        {
            closed = [.. Enumerable.Range(0, candidates.Count).Where(place => !IsOpen(state, candidates[place].Bits, target))];
        }

        int open = candidates.Count - closed.Length;
        if (open == 0)
        {
            return null;
        }

        int place = (int)(DecisionHash.Of(state.Definition.Seed, state.Decisions.Count) % (ulong)open);
        return (place + PassedBy(closed, place), open);
    }

    /// <summary>Below 0 for a network that is no candidate.</summary>
    private int PlaceOf(BitVector bits) => places.GetValueOrDefault(bits, -1);

    /// <summary>Closed candidates at or before the drawn one: each moves it on by one.</summary>
    private static int PassedBy(int[] closed, int place)
    {
        int passed = 0;
        while (passed < closed.Length && closed[passed] <= place + passed)
        {
            passed++;
        }

        return passed;
    }

    private bool IsUntriedAffordable(SearchState state, int target) =>
        candidates.First(candidate => state.TrialOf(candidate.Bits) is null) is Candidate untried && IsOpen(state, untried.Bits, target);

    private static bool IsOpen(SearchState state, BitVector bits, int target) =>
        state.IsSelectable(bits) && CostModel.IsAffordable(state, CostModel.MarginalCost(state, bits, target));
}
