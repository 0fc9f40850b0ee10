using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The networks with a real chance of lying on the front of accuracy against memory: those that do in some joint draw of the posterior.
/// Memory is known exactly before any training, so only the accuracies are drawn.
/// </summary>
internal static class LikelyFront
{
    private const int Draws = 64;

    // Knowing f on many neighbouring points is knowing it once: more than this adds cost, not information.
    private const int MaximumMembers = 48;

    // Joint draws cost O(M^3); of larger spaces an even subset by memory represents the front.
    private const int MaximumDrawn = 500;

    /// <summary>At least one network, most often on the front first.</summary>
    internal static IReadOnlyList<Candidate> Of(IReadOnlyList<Candidate> candidates, SurrogateModel model, SearchState state)
    {
        var drawn = Thin([.. candidates.OrderBy(c => state.Definition.SizeOf(c.Bits).DsconvBits).ThenBy(c => c.Bits)]);
        var timesOnFront = new int[drawn.Count];
        foreach (var accuracies in model.Draws(drawn, Draws, unchecked((int)DecisionHash.Of(state.Definition.Seed, state.Decisions.Count))))
        {
            // Ascending memory: on the front is whoever beats all smaller ones.
            var best = double.NegativeInfinity;
            for (var k = 0; k < drawn.Count; k++)
            {
                if (accuracies[k] > best)
                {
                    best = accuracies[k];
                    timesOnFront[k]++;
                }
            }
        }

        return [.. drawn
            .Select((candidate, k) => (candidate, times: timesOnFront[k]))
            .Where(c => c.times > 0)
            .OrderByDescending(c => c.times)
            .ThenBy(c => c.candidate.Bits)
            .Take(MaximumMembers)
            .Select(c => c.candidate)];
    }

    private static IReadOnlyList<Candidate> Thin(IReadOnlyList<Candidate> ascending) => ascending.Count <= MaximumDrawn
        ? ascending
        : [.. Enumerable.Range(0, MaximumDrawn).Select(k => ascending[(int)((long)k * (ascending.Count - 1) / (MaximumDrawn - 1))])];
}
