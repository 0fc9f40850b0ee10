using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Trials;

/// <summary>What is true of every search between two transitions, checked when one is loaded and throughout the tests.</summary>
public static class SearchInvariants
{
    /// <exception cref="InvalidOperationException">An invariant is broken; the message says which, with the offending id.</exception>
    public static void Check(SearchState state)
    {
        CheckIdentities(state);
        CheckPhase(state);
        CheckSpending(state);
        foreach (Job job in state.Jobs)
        {
            CheckJob(job);
        }

        ILookup<int?, Job> inFlight = state.PendingJobs.ToLookup(job => job.TrialId);
        foreach (Trial trial in state.Trials)
        {
            CheckTrial(state, trial, inFlight[trial.Id].Count());
        }

        CheckNothingTwice(state);
    }

    private static void CheckIdentities(SearchState state)
    {
        Require(state.Jobs.Select(job => job.Id).SequenceEqual(Enumerable.Range(1, state.NextJobId - 1)), "job ids count from 1");
        Require(state.Trials.Select(trial => trial.Id).SequenceEqual(Enumerable.Range(1, state.NextTrialId - 1)), "trial ids count from 1");
        Require(state.Trials.Select(trial => trial.Bits).Distinct().Count() == state.Trials.Count, "trials have distinct bits");
        long[] tokens = [.. state.Jobs.SelectMany(job => job.LostTokens.Concat(job.Lease is Lease lease ? [lease.Token] : []))];
        Require(tokens.Distinct().Count() == tokens.Length, "tokens are issued once");
        Require(tokens.All(token => token >= 1 && token <= state.LastToken), "tokens are not above the last one");
    }

    private static void CheckPhase(SearchState state)
    {
        bool needsBaseline = state.Phase is SearchPhase.Searching or SearchPhase.Verifying;
        Require(!needsBaseline || state.Baseline is not null, $"a search that is {state.Phase} has a baseline");
        Require(state.Phase != SearchPhase.Baseline || state.Baseline is null, "the baseline phase ends with the baseline");
        Require(!state.HasEnded || !state.Jobs.Any(job => job.IsPending), "an ended search has no pending jobs");
        Require(state.Phase != SearchPhase.Failed || state.EndReason is not null, "a failed search says why");
        bool searchRuns = state.Jobs.Any(job => job.Purpose == JobPurpose.Search && job.IsPending);
        Require(!searchRuns || state.Phase == SearchPhase.Searching, "search jobs run in the searching phase only");
        Require(
            state.Verification.All(run => state.JobById(run.JobId) is { Purpose: JobPurpose.Verify, Split: EvaluationSplit.Test }),
            "verification reads the test split");
    }

    private static void CheckSpending(SearchState state)
    {
        Job[] ordered = [.. state.Jobs.Where(job => job.Purpose == JobPurpose.Search)];
        Require(state.Spent.Jobs == ordered.Length, "every search job is counted once");
        Require(Math.Abs(state.Spent.Epochs - ordered.Sum(job => job.CostEpochs)) < 1e-6, "every search job is charged once");
        Require(state.DecisionsAtTopUp >= 0 && state.DecisionsAtTopUp <= state.Decisions.Count, "a top-up counts decisions that were made");
        Require(state.Decisions.Count == ordered.Length, "every search job has its decision");
        Budget budget = state.Definition.Budget;
        Require(budget.Unit != BudgetUnit.Epochs || state.Spent.Epochs <= budget.Amount + 1e-6, "the budget of epochs is kept");
        Require(budget.Unit != BudgetUnit.Jobs || state.Spent.Jobs <= budget.Amount + 1e-6, "the budget of jobs is kept");
    }

    private static void CheckJob(Job job)
    {
        Require((job.State == JobState.Leased) == (job.Lease is not null), $"job {job.Id} has a lease exactly while leased");
        Require(IsAscending(job.EvaluateAt), $"job {job.Id} measures at ascending epochs");
        Require(job.EvaluateAt.Count > 0 && job.StartEpochs <= job.EvaluateAt[^1], $"job {job.Id} starts before it ends");
        Require(IsAscending([.. job.Measurements.Select(measurement => measurement.Epochs)]), $"job {job.Id} measured an epoch once");
        Require(job.Measurements.All(measurement => job.EvaluateAt.Contains(measurement.Epochs)), $"job {job.Id} measured what it was to");
        Require(job.State != JobState.Succeeded || job.IsFullyMeasured, $"job {job.Id} succeeded with all its measurements");
        Require(job.State != JobState.Failed || job.Failure is not null, $"job {job.Id} failed for a reason");
        Require(job.Attempts <= Outcomes.MaximumAttempts, $"job {job.Id} was tried at most {Outcomes.MaximumAttempts} times");
        Require((job.Purpose == JobPurpose.Verify) == (job.Split == EvaluationSplit.Test), $"job {job.Id} reads the split of its purpose");
        Require(
            job.ResumeArtifact is null || !job.RemainingEvaluations.Any(epochs => epochs < job.ResumeEpochs),
            $"job {job.Id} resumes before its next measurement");
    }

    private static void CheckTrial(SearchState state, Trial trial, int inFlight)
    {
        int[] measured = [.. trial.Measurements.Select(measurement => measurement.Epochs)];
        Require(measured.SequenceEqual(state.Definition.Tasks.Take(measured.Length)), $"trial {trial.Id} measured its tasks in order");
        Require(trial.Measurements.All(measurement => double.IsFinite(measurement.Accuracy)), $"trial {trial.Id} has finite measurements");
        Require(trial.Bits.Count == state.Definition.Space.Entries, $"trial {trial.Id} has one level per layer");
        Require(inFlight <= (trial.SetAside is null ? 1 : 0), $"trial {trial.Id} is in flight at most once, never when set aside");
    }

    /// <summary>No two results for one network, seed, fidelity and split.</summary>
    private static void CheckNothingTwice(SearchState state)
    {
        var seen = new HashSet<(Space.BitVector, long, EvaluationSplit, int)>();
        foreach (Job job in state.Jobs.Where(job => job.State is JobState.Queued or JobState.Leased or JobState.Succeeded))
        {
            foreach (int epochs in job.EvaluateAt.Where(_ => job.Purpose != JobPurpose.Baseline))
            {
                bool isNew = seen.Add((job.Bits, job.Seed, job.Split, epochs));
                Require(isNew, $"job {job.Id} measures at {epochs} epochs what no other job does");
            }
        }
    }

    private static bool IsAscending(IReadOnlyList<int> epochs) => epochs.Zip(epochs.Skip(1)).All(pair => pair.First < pair.Second);

    private static void Require(bool condition, string invariant)
    {
        if (!condition)
        {
            throw new InvalidOperationException($"Search invariant broken: expected that {invariant}.");
        }
    }
}
