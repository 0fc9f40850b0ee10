using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>One job that may be ordered now: an open network, a task it has not reached, and what that would cost.</summary>
internal sealed record OpenJob(Candidate Candidate, int Epochs, MarginalCost Cost)
{
    /// <summary>Every task that an open network has not reached and the budget can pay for.</summary>
    internal static List<OpenJob> All(SearchState state, IReadOnlyList<Candidate> candidates) => Of(state, candidates, state.Definition.Tasks);

    /// <summary>The same for the target task only.</summary>
    internal static List<OpenJob> AtTarget(SearchState state, IReadOnlyList<Candidate> candidates) =>
        Of(state, candidates, [state.Definition.TargetEpochs]);

    /// <summary>Positions in the search's tasks of everything that the job measures.</summary>
    internal int[] TaskIndices(SearchDefinition definition)
    {
        var tasks = definition.Tasks.ToList();
        return [.. Cost.EvaluateAt.Select(epochs => tasks.IndexOf(epochs))];
    }

    private static List<OpenJob> Of(SearchState state, IReadOnlyList<Candidate> candidates, IReadOnlyList<int> tasks) =>
        [.. candidates.Where(c => state.IsSelectable(c.Bits)).SelectMany(c => Of(state, c, tasks))];

    private static IEnumerable<OpenJob> Of(SearchState state, Candidate candidate, IReadOnlyList<int> tasks)
    {
        // A network already tried keeps its first parameters, so that it stays one point of the model.
        var trial = state.TrialOf(candidate.Bits);
        var point = trial is null ? candidate : candidate with { W = trial.W };
        return from epochs in tasks
               where epochs > (trial?.MeasuredEpochs ?? -1)
               let cost = CostModel.MarginalCost(state, candidate.Bits, epochs)
               where CostModel.IsAffordable(state, cost)
               select new OpenJob(point, epochs, cost);
    }
}
