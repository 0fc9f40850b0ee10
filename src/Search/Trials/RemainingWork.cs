using System.Globalization;

namespace Bitcurve.Search.Trials;

/// <summary>What a search that goes on still has to do.</summary>
/// <param name="Epochs">To train, whoever does it. What the budget charges for evaluations and overheads counts as training; evaluations beside it do not count.</param>
/// <param name="ClockSeconds">That pass however many workers there are: the rest of a budget of time.</param>
/// <param name="Basis">The same in words.</param>
internal sealed record RemainingWork(double Epochs, double ClockSeconds, string Basis)
{
    /// <param name="state">Searching or verifying.</param>
    /// <param name="now">The present time.</param>
    internal static RemainingWork Of(SearchState state, DateTimeOffset now)
    {
        if (state.Phase == SearchPhase.Verifying)
        {
            double pending = Verification(state);
            return new RemainingWork(pending, 0, $"{Figure(pending)} epochs of verification");
        }

        double verification = Verification(VerificationPlan.Enter(state, ""));
        double left = CostModel.LeftOfBudget(state, now);
        (double epochs, double seconds, string budget) = state.Definition.Budget.Unit switch
        {
            BudgetUnit.Epochs => (left, 0.0, $"{Figure(left)} epochs of budget"),
            BudgetUnit.Jobs => (left * EpochsPerJob(state), 0.0, $"{Figure(left)} jobs of budget at {Figure(EpochsPerJob(state))} epochs each as so far"),
            _ => (0.0, left, $"{Figure(left)} s of budget"),
        };

        // A budget of time goes on while they run.
        double counted = seconds > 0 ? 0 : state.PendingJobs.Where(job => job.Purpose == JobPurpose.Search).Sum(Left);
        string inFlight = counted > 0 ? $", {Figure(counted)} epochs of jobs in flight" : "";
        return new RemainingWork(
            epochs + counted + verification, seconds, $"{budget}{inFlight}, {Figure(verification)} epochs of verification as it would be now");
    }

    private static double Verification(SearchState state) => state.PendingJobs.Where(job => job.Purpose == JobPurpose.Verify).Sum(Left);

    /// <summary>Epochs that a job still has to train: from where its holder says to be, or where a successor would begin.</summary>
    private static double Left(Job job)
    {
        int stored = job.ResumeArtifact is null ? job.StartEpochs : job.ResumeEpochs;
        return Math.Max(0, job.EvaluateAt[^1] - Math.Max(stored, job.EpochsDone));
    }

    private static double EpochsPerJob(SearchState state) => state.Spent.Jobs == 0 ? 0 : state.Spent.Epochs / state.Spent.Jobs;

    private static string Figure(double number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
