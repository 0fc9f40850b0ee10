using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// Picks the network and training length whose measurements tell most per unit of marginal cost (thesis 3.2): score =
/// I(new measurements; what is asked about | all data) / cost. What is asked about: the target accuracy of every network (the thesis), of
/// those that may lie on the front, or the best effective accuracy (<see cref="JobInformation"/>).
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class InformationGainStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    /// <summary>Accepted values of <see cref="SelectionSettings.About"/>.</summary>
    public static IReadOnlyList<string> AboutNames => JobInformation.Names;

    public SelectedJob? Next(SearchState state)
    {
        var options = Options(state);
        if (options.Count == 0)
        {
            return null;
        }

        var outlook = new Outlook(state, candidates);
        options = outlook.Model.TrustsLowFidelities ? options : TargetOf(options, state.Definition);
        var gain = JobInformation.About(state.Definition.Selection.About, outlook, options);
        var scored = ScoredJob.BestFirst(options.Select(o => PerCost(o, gain(o))), state);
        if (Anchor(scored, outlook) is { } anchor)
        {
            return anchor;
        }

        return (IsClosing(state, scored[0].Job) ? ClosingJobs.Select(scored, outlook) : null) ?? Explore(scored, outlook);
    }

    private static ScoredJob PerCost(OpenJob job, double gain) => new(job, gain, gain / job.Cost.DecisionEpochs);

    private static SelectedJob Explore(List<ScoredJob> scored, Outlook outlook)
    {
        var best = scored[0];
        var about = outlook.Definition.Selection.About switch
        {
            "front" => "front",
            "maximum" => $"best effective {outlook.Metric.Name}",
            _ => outlook.Metric.Name,
        };
        return outlook.Select(best, scored, FormattableString.Invariant(
            $"{best.GainNats:0.###} nats about the {about} after {outlook.Definition.TargetEpochs} epochs for {best.Job.Cost.DecisionEpochs:0.#} epochs of cost: most per epoch of {scored.Count} options"));
    }

    // The smallest network first, one task below the target, where that is asked for.
    private static SelectedJob? Anchor(List<ScoredJob> scored, Outlook outlook)
    {
        var definition = outlook.Definition;
        if (!definition.Selection.AnchorLowest || outlook.State.Decisions.Count > 0)
        {
            return null;
        }

        var epochs = definition.Tasks[Math.Max(0, definition.Tasks.Count - 2)];
        var lowest = scored.Where(s => s.Job.Epochs == epochs).MinBy(s => definition.SizeOf(s.Job.Candidate.Bits).DsconvBits);
        return lowest is null ? null : outlook.Select(lowest, scored, "the smallest network: the model's anchor in the low-bit corner");
    }

    // The closing part of the budget has begun, or the job that exploring wants would leave too little for one network at the target.
    private static bool IsClosing(SearchState state, OpenJob wanted)
    {
        var definition = state.Definition;
        var oneAtTheTarget = definition.TargetEpochs + definition.Selection.JobOverheadEpochs + (definition.Tasks.Count * definition.Selection.EvaluationCostEpochs);
        return definition.Selection.ClosingShare > 0
            && (CostModel.SpentFraction(state) >= 1 - definition.Selection.ClosingShare
                || CostModel.RemainingEpochs(state) - wanted.Cost.TotalEpochs < oneAtTheTarget);
    }

    // After too many cheap jobs in a row, only the target.
    private List<OpenJob> Options(SearchState state)
    {
        var definition = state.Definition;
        var onlyTarget = definition.Selection.MaximumLowFidelityRun is var limit and > 0
            && state.Decisions.Count >= limit
            && state.Decisions.TakeLast(limit).All(d => d.Epochs < definition.TargetEpochs);
        var all = OpenJob.All(state, candidates);
        return onlyTarget ? TargetOf(all, definition) : all;
    }

    // What is left of the budget may not pay for a target job: then all options stay.
    private static List<OpenJob> TargetOf(List<OpenJob> jobs, SearchDefinition definition) =>
        jobs.Where(job => job.Epochs == definition.TargetEpochs).ToList() is { Count: > 0 } target ? target : jobs;
}
