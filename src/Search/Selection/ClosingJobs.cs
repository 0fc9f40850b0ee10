using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>What the closing part of a budget trains: networks to the target, so that what is recommended has been measured.</summary>
internal static class ClosingJobs
{
    /// <summary>Accepted values of <see cref="SelectionSettings.Closing"/>.</summary>
    internal static readonly IReadOnlyList<string> Names = ["believed", "optimistic"];

    private const string Purpose = "measured at the target before the budget ends";

    /// <summary>The next one; null when no target job is open.</summary>
    /// <param name="scored">Every open job by what exploring scores it.</param>
    /// <param name="outlook">The model at this decision.</param>
    internal static SelectedJob? Select(List<ScoredJob> scored, Outlook outlook) =>
        outlook.Definition.Selection.Closing == "optimistic" ? Optimistic(scored, outlook) : Believed(scored, outlook);

    // The recommendation first, then the rest of the front that the model believes in.
    private static SelectedJob? Believed(List<ScoredJob> scored, Outlook outlook)
    {
        var believed = BelievedFront.Of(outlook.Candidates, outlook.Model.Predict(outlook.Candidates), outlook.State);
        var open = AtTarget(scored, outlook.Definition).ToDictionary(s => s.Job.Candidate.Bits);
        var next = believed.FirstOrDefault(b => open.ContainsKey(b.Bits));
        if (next is null)
        {
            return null;
        }

        var what = next.Bits == believed[0].Bits ? "the model's recommendation" : $"on the model's front of {outlook.Metric.Name} against memory";
        return outlook.Select(open[next.Bits], scored, $"{what}: {Purpose}");
    }

    // One network or the whole front may be what the user came for: each gets every other job.
    private static SelectedJob? Optimistic(List<ScoredJob> scored, Outlook outlook)
    {
        var jobs = BitCharge.Choosable([.. AtTarget(scored, outlook.Definition).Select(s => s.Job)], outlook.Definition);
        if (jobs.Count == 0)
        {
            return null;
        }

        var isFrontsTurn = outlook.State.Decisions.Count(d => d.Epochs == outlook.Definition.TargetEpochs) % 2 == 1;
        if (isFrontsTurn)
        {
            var ranked = FrontConfidenceStrategy.Rank(outlook, jobs);
            return outlook.Select(ranked[0], ranked, $"{FrontConfidenceStrategy.Reason(outlook, ranked)}, {Purpose}");
        }

        return UpperConfidence.SelectBest(outlook, UpperConfidence.Rank(outlook, jobs, null), null, after: $", {Purpose}");
    }

    private static IEnumerable<ScoredJob> AtTarget(List<ScoredJob> scored, SearchDefinition definition) =>
        scored.Where(s => s.Job.Epochs == definition.TargetEpochs);
}
