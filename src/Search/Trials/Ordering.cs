using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>Turns selections into jobs, and jobs into orders.</summary>
internal static class Ordering
{
    /// <summary>Queues what the strategy selects; enters verification when it selects nothing, or the search is to stop, and nothing runs any more.</summary>
    public static SearchState SelectNext(SearchState state, ISelectionStrategy strategy)
    {
        // Cost 0: is there any budget left at all? What a job really costs is judged when the strategy names it.
        string? stop = AutomaticStop.Reason(state);
        bool open = stop is null && CostModel.IsAffordable(state, costEpochs: 0) && CostModel.RemainingEpochs(state) > 0;
        if (open && strategy.Next(state) is SelectedJob selection)
        {
            return Queue(state, selection);
        }

        bool running = state.Jobs.Any(job => job.Purpose == JobPurpose.Search && job.IsPending);
        string reason = stop ?? (open ? "Nothing affordable was left to learn." : $"The budget of {state.Definition.Budget} is spent.");
        return running ? state : VerificationPlan.Enter(state, reason);
    }

    /// <summary>The order that a worker receives: from the newest checkpoint, without what is measured already.</summary>
    public static JobOrder OrderFor(SearchDefinition definition, Job job) => new()
    {
        SearchId = definition.Id,
        JobId = job.Id,
        FencingToken = job.Lease!.Token,
        Workload = definition.Workload.Name,
        WorkloadHash = definition.Workload.ContentHash,
        Kind = job.Purpose == JobPurpose.Baseline ? JobKind.Baseline : JobKind.FineTune,
        Bits = job.Bits.ToArray(),
        Seed = job.Seed,
        StartArtifact = job.ResumeArtifact ?? job.StartArtifact,
        StartEpochs = job.ResumeArtifact is null ? job.StartEpochs : job.ResumeEpochs,
        EvaluateAt = job.RemainingEvaluations,
        Split = job.Split,
        Quantizer = definition.Quantizer,
    };

    private static SearchState Queue(SearchState state, SelectedJob selection)
    {
        MarginalCost cost = CostModel.MarginalCost(state, selection.Bits, selection.Epochs);
        if (!CostModel.IsAffordable(state, cost.TotalEpochs))
        {
            throw new InvalidOperationException(
                $"Selected {selection.Bits} at {selection.Epochs} epochs: expected a cost within {state.Definition.Budget}, "
                + $"actual {cost.TotalEpochs:0.###} epochs after {state.Spent.Epochs:0.###} epochs and {state.Spent.Jobs} jobs.");
        }

        Trial trial = state.TrialOf(selection.Bits) ?? NewTrial(state, selection);
        var job = new Job
        {
            Id = state.NextJobId,
            Purpose = JobPurpose.Search,
            TrialId = trial.Id,
            Bits = trial.Bits,
            Seed = state.Definition.Seed,
            StartArtifact = cost.StartArtifact,
            StartEpochs = cost.StartEpochs,
            EvaluateAt = cost.EvaluateAt,
            Split = EvaluationSplit.Validation,
            CostEpochs = cost.TotalEpochs,
        };
        return state with
        {
            Trials = trial.Id == state.NextTrialId ? [.. state.Trials, trial] : state.Trials,
            NextTrialId = Math.Max(state.NextTrialId, trial.Id + 1),
            Jobs = [.. state.Jobs, job],
            NextJobId = state.NextJobId + 1,
            Decisions = [.. state.Decisions, DecisionOf(state, job, selection)],
            Spent = state.Spent with { Epochs = state.Spent.Epochs + cost.TotalEpochs, Jobs = state.Spent.Jobs + 1 },
            SelectionMemory = selection.Memory ?? state.SelectionMemory,
        };
    }

    private static Trial NewTrial(SearchState state, SelectedJob selection)
    {
        BitVector generated = state.Definition.Space.BitsAt(selection.W);
        if (generated != selection.Bits)
        {
            throw new InvalidOperationException(
                $"Selected curve parameters: expected ones that generate {selection.Bits}, actual ones that generate {generated}.");
        }

        return new Trial { Id = state.NextTrialId, Bits = selection.Bits, W = selection.W };
    }

    private static Decision DecisionOf(SearchState state, Job job, SelectedJob selection) => new(
        state.Decisions.Count + 1,
        job.Id,
        job.TrialId!.Value,
        job.Bits,
        selection.Epochs,
        selection.GainNats,
        selection.CostEpochs,
        selection.Score,
        selection.RunnersUp,
        selection.PosteriorMean,
        selection.PosteriorDeviation,
        selection.Reason,
        selection.ExpectedRegret);
}
