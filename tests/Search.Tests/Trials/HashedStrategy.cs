using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Trials;

/// <summary>Selects an arbitrary open and affordable (network, task), as a function of the state alone.</summary>
internal sealed class HashedStrategy : ISelectionStrategy
{
    private static readonly IReadOnlyList<Candidate> Networks =
        [.. Candidates.Of(CurveSpace.Parse("bezier:2", 8), gridPointsPerAxis: 5)];

    public SelectedJob? Next(SearchState state)
    {
        var random = new Random(state.Decisions.Count + (int)state.Definition.Seed);
        (Candidate Network, int Epochs)[] open =
        [
            .. from network in Networks
               where state.IsSelectable(network.Bits)
               from epochs in state.Definition.Tasks
               where epochs > (state.TrialOf(network.Bits)?.MeasuredEpochs ?? -1)
               where CostModel.IsAffordable(state, CostModel.MarginalCost(state, network.Bits, epochs).TotalEpochs)
               select (network, epochs),
        ];
        if (open.Length == 0)
        {
            return null;
        }

        (Candidate chosen, int task) = open[random.Next(open.Length)];
        return new SelectedJob
        {
            Bits = chosen.Bits,
            W = chosen.W,
            Epochs = task,
            Reason = "Hashed.",
            Memory = SearchJson.ToElement(new { decisions = state.Decisions.Count }),
        };
    }
}
