using Bitcurve.Search.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>Turns selections into jobs, and jobs into orders.</summary>
public static class Ordering
{
    /// <summary>Queues what the strategy selects; enters verification when it selects nothing, or the search is to stop, and nothing runs any more.</summary>
    public static SearchState SelectNext(SearchState state, ISelectionStrategy strategy, DateTimeOffset now) =>
        Order(state, MaySelect(state) ? strategy.Next(state) : null, now);

    /// <summary>Whether budget and regret leave anything to ask the strategy about.</summary>
    public static bool MaySelect(SearchState state) => AutomaticStop.Reason(state) is null && HasBudget(state);

    /// <summary>
    /// Queues what the strategy selected. Without a selection the search goes on to verification when nothing runs any more; else the state stays.
    /// </summary>
    /// <exception cref="InvalidOperationException">The strategy selected what may not be ordered.</exception>
    public static SearchState Order(SearchState state, SelectedJob? selection, DateTimeOffset now, string? deviceKind = null)
    {
        if (state.Phase != SearchPhase.Searching || state.Paused)
        {
            return state;
        }

        if (selection is not null)
        {
            return Queue(ActiveClock.Advance(state, now), selection, deviceKind);
        }

        string? stop = AutomaticStop.Reason(state);
        bool open = stop is null && HasBudget(state);
        bool running = state.PendingJobs.Any(job => job.Purpose == JobPurpose.Search);
        string reason = stop ?? (open ? "Nothing affordable was left to learn." : $"The budget of {state.Definition.Budget} is spent.");
        return running ? state : VerificationPlan.Enter(state, reason);
    }

    /// <summary>
    /// Whether an answer of the strategy holds although the search may have moved on: a job is still open and affordable; nothing means
    /// something only about the very state that was asked about.
    /// </summary>
    public static bool IsStillMeant(SearchState state, SelectedJob? selection, SearchState basis)
    {
        if (ReferenceEquals(state, basis))
        {
            return true;
        }

        return selection is not null
            && state.Phase == SearchPhase.Searching
            && !state.Paused
            && state.IsSelectable(selection.Bits)
            && (state.TrialOf(selection.Bits)?.MeasuredEpochs ?? -1) < selection.Epochs
            && CostModel.IsAffordable(state, CostModel.MarginalCost(state, selection.Bits, selection.Epochs).TotalEpochs);
    }

    // Cost 0: is there any budget left at all? What a job really costs is judged when the strategy names it.
    private static bool HasBudget(SearchState state) => CostModel.IsAffordable(state, costEpochs: 0) && CostModel.RemainingEpochs(state) > 0;

    /// <summary>The order that a worker receives: from the newest checkpoint, without what is measured already.</summary>
    public static JobOrder OrderFor(SearchDefinition definition, Job job)
    {
        Scheme scheme = definition.SchemeOf(job.Bits);
        return new JobOrder
        {
            SearchId = definition.Id,
            JobId = job.Id,
            FencingToken = job.Lease!.Token,
            Workload = definition.Workload.Name,
            WorkloadHash = definition.Workload.ContentHash,
            Kind = job.Purpose == JobPurpose.Baseline ? JobKind.Baseline : JobKind.FineTune,
            Bits = scheme.Bits,
            Harmonics = scheme.Harmonics,
            Seed = job.Seed,
            StartArtifact = job.ResumeArtifact ?? job.StartArtifact,
            StartEpochs = job.ResumeArtifact is null ? job.StartEpochs : job.ResumeEpochs,
            EvaluateAt = job.RemainingEvaluations,
            Split = job.Split,
            Quantizer = definition.Quantizer,
        };
    }

    private static SearchState Queue(SearchState state, SelectedJob selection, string? deviceKind)
    {
        MarginalCost cost = CostModel.MarginalCost(state, selection.Bits, selection.Epochs);
        if (!CostModel.IsAffordable(state, cost.TotalEpochs))
        {
            throw new InvalidOperationException(
                $"Selected {selection.Bits} at {selection.Epochs} epochs: expected a cost within {state.Definition.Budget}, "
                + $"actual {cost.TotalEpochs:0.###} epochs after {state.Spent.Epochs:0.###} epochs and {state.Spent.Jobs} jobs.");
        }

        if (state.TrialOf(selection.Bits) is not Trial trial)
        {
            trial = NewTrial(state, selection);
            state = state.AndTrial(trial);
        }

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
            Jobs = [.. state.Jobs, job],
            NextJobId = state.NextJobId + 1,
            Decisions = [.. state.Decisions, DecisionOf(state, job, selection, deviceKind)],
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

    private static Decision DecisionOf(SearchState state, Job job, SelectedJob selection, string? deviceKind) => new(
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
        selection.ExpectedRegret,
        deviceKind,
        selection.ExpectedSeconds);
}
