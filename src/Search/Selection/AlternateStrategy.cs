using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// <c>alternate</c>: in turn <c>front-ucb</c>, <c>ucb</c> at k = 1000 (the authors' code) and <c>ucb</c> at k = 100 (the thesis's example),
/// so that neither the front nor one price of a bit takes the whole budget.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class AlternateStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    private readonly ISelectionStrategy[] turns =
    [
        new FrontConfidenceStrategy(candidates),
        new UpperConfidenceStrategy(candidates, bitsPerAccuracy: 1000),
        new UpperConfidenceStrategy(candidates, bitsPerAccuracy: 100),
    ];

    public SelectedJob? Next(SearchState state) => turns[state.Decisions.Count % turns.Length].Next(state);
}
