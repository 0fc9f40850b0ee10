using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// <c>ucb</c>: trains to the target whichever network's effective accuracy may be the highest (<see cref="UpperConfidence"/>). Shorter
/// trainings are measured on the way and inform the model.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
/// <param name="bitsPerAccuracy">k of the effective accuracy; null for the search's own ranking.</param>
public sealed class UpperConfidenceStrategy(IReadOnlyList<Candidate> candidates, double? bitsPerAccuracy = null) : ISelectionStrategy
{
    public SelectedJob? Next(SearchState state)
    {
        var jobs = BitCharge.Choosable(OpenJob.AtTarget(state, candidates), state.Definition);
        if (jobs.Count == 0)
        {
            return null;
        }

        var outlook = new Outlook(state, candidates);
        return UpperConfidence.SelectBest(outlook, UpperConfidence.Rank(outlook, jobs, bitsPerAccuracy), bitsPerAccuracy);
    }
}
