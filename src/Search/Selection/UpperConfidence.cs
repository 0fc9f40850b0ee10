using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// GP-UCB on the effective accuracy at the target (Srinivas et al. 2010): the bound of the accuracy, less the charge for bits, which is
/// known. With jobs in flight only the variance takes them as done (GP-BUCB), so that choices made in parallel spread.
/// </summary>
internal static class UpperConfidence
{
    /// <summary>Target jobs by their bound, best first.</summary>
    /// <param name="outlook">The model at this decision.</param>
    /// <param name="jobs">Target jobs.</param>
    /// <param name="bitsPerAccuracy">k of the charge; null for what the choosing takes.</param>
    internal static List<ScoredJob> Rank(Outlook outlook, IReadOnlyList<OpenJob> jobs, double? bitsPerAccuracy)
    {
        double Charge(BitVector bits) => bitsPerAccuracy is { } k ? BitCharge.Of(bits, k) : BitCharge.Of(bits, outlook.Definition.Choosing);
        return ScoredJob.BestFirst(
            jobs.Zip(Bounds(outlook, jobs), (job, bound) => new ScoredJob(job, 0, bound - Charge(job.Candidate.Bits))), outlook.State);
    }

    /// <summary>Upper confidence bounds of the score, one per job.</summary>
    internal static double[] Bounds(Outlook outlook, IReadOnlyList<OpenJob> jobs) =>
        outlook.Model.UpperBounds([.. jobs.Select(j => j.Candidate)], Width(outlook));

    /// <summary>The best of a ranking with its reason.</summary>
    internal static SelectedJob SelectBest(Outlook outlook, List<ScoredJob> ranked, double? bitsPerAccuracy, string before = "", string after = "")
    {
        var (choosing, metric) = (outlook.Definition.Choosing, outlook.Metric);
        var what = bitsPerAccuracy is null && choosing.RankBy == RankBy.Accuracy
            ? metric.Name
            : FormattableString.Invariant($"effective {metric.Name} (k = {bitsPerAccuracy ?? choosing.BitsPerAccuracy:0.###})");
        var (end, side, rank) = metric.IsMinimized ? ("low", "below", "least") : ("high", "above", "most");
        return outlook.Select(ranked[0], ranked, FormattableString.Invariant(
            $"{before}{what} may be as {end} as {metric.Of(outlook.State.Scale.Value(ranked[0].Score))}, {Width(outlook):0.0} deviations {side} its mean: {rank} of {ranked.Count} networks{after}"));
    }

    private static double Width(Outlook outlook) => ConfidenceWidth.At(
        outlook.Candidates.Count, 1 + outlook.State.Decisions.Count(d => d.Epochs == outlook.Definition.TargetEpochs));
}
