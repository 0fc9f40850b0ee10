using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// <c>mf-mi-greedy</c> (Song, Chen and Yue 2019, "A General Framework for Multi-fidelity Bayesian Optimization with Gaussian Processes",
/// AISTATS, algorithms 1 and 2): rounds of low-fidelity exploration by information about the target function per cost, each ended by one
/// training to the target chosen by GP-UCB. The round is what was decided since the last target job.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class MultiFidelityGreedyStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    public SelectedJob? Next(SearchState state)
    {
        var jobs = OpenJob.All(state, candidates);
        if (jobs.Count == 0)
        {
            return null;
        }

        var outlook = new Outlook(state, candidates);
        var gain = JobInformation.About("function", outlook, jobs);
        var scored = ScoredJob.BestFirst(jobs.Select(j => (Job: j, Nats: gain(j))).Select(j => new ScoredJob(j.Job, j.Nats, j.Nats / j.Job.Cost.DecisionEpochs)), state);
        var target = BitCharge.Choosable([.. jobs.Where(j => j.Epochs == state.Definition.TargetEpochs)], state.Definition);
        return target.Count > 0 && ExplorationRound.EndsBecause(scored, state) is { } why
            ? UpperConfidence.SelectBest(outlook, UpperConfidence.Rank(outlook, target, null), null, $"{why}; ")
            : Explore(outlook, ExplorationRound.WithinReach(scored, state));
    }

    private static SelectedJob Explore(Outlook outlook, List<ScoredJob> within) =>
        outlook.Select(within[0], within, FormattableString.Invariant(
            $"{within[0].GainNats:0.###} nats about the {outlook.Metric.Name} after {outlook.Definition.TargetEpochs} epochs for {within[0].Job.Cost.DecisionEpochs:0.#} epochs of cost: most per epoch of {within.Count} options"));
}
