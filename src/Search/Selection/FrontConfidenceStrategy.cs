using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// <c>front-ucb</c>: trains to the target the network whose upper confidence bound (Srinivas et al. 2010) would add most hypervolume to
/// the front of accuracy against memory: optimistic hypervolume gain, as in SMS-EGO (Ponweiser, Wagner, Biermann and Vincze 2008), exact
/// here because memory is known. Networks in flight count with their predicted mean.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class FrontConfidenceStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    // A network without half of its accuracy is of no use, however small.
    private const double FloorShareOfBaseline = 0.5;

    // Beyond the largest network, or it could never gain anything.
    private const double RoomAboveLargest = 0.1;

    public SelectedJob? Next(SearchState state)
    {
        var jobs = BitCharge.Choosable(OpenJob.AtTarget(state, candidates), state.Definition);
        if (jobs.Count == 0)
        {
            return null;
        }

        var outlook = new Outlook(state, candidates);
        var ranked = Rank(outlook, jobs);
        return outlook.Select(ranked[0], ranked, Reason(ranked));
    }

    internal static string Reason(List<ScoredJob> ranked) => FormattableString.Invariant(
        $"may add {ranked[0].Score:0.###} points to the front's accuracy, averaged over all sizes: most of {ranked.Count} networks");

    /// <summary>Target jobs by their optimistic hypervolume gain, points of accuracy averaged over all sizes, best first.</summary>
    internal static List<ScoredJob> Rank(Outlook outlook, IReadOnlyList<OpenJob> jobs)
    {
        var definition = outlook.Definition;
        var sizes = outlook.Candidates.Select(c => (double)definition.SizeOf(c.Bits).DsconvBits).ToList();
        var end = sizes.Max() + (RoomAboveLargest * (sizes.Max() - sizes.Min())) + 1;
        var gain = new FrontGain(Front(outlook), definition.Choosing.MinimumAccuracy ?? (FloorShareOfBaseline * outlook.State.Baseline!.Accuracy), end);
        var bounds = UpperConfidence.Bounds(outlook, jobs);
        return ScoredJob.BestFirst(
            jobs.Zip(bounds, (job, bound) => new ScoredJob(
                job, 0, 100 * gain.Of(definition.SizeOf(job.Candidate.Bits).DsconvBits, bound) / (end - sizes.Min()))),
            outlook.State);
    }

    private static IEnumerable<(double Memory, double Accuracy)> Front(Outlook outlook)
    {
        var (state, definition) = (outlook.State, outlook.Definition);
        var running = state.Trials
            .Where(t => state.IsInFlight(t) && !t.IsMeasuredAt(definition.TargetEpochs))
            .Select(t => new Candidate(t.Bits, t.W))
            .ToList();
        return state.Trials
            .Where(t => t.IsMeasuredAt(definition.TargetEpochs))
            .Select(t => (t.Bits, t.Measurements[^1].Accuracy))
            .Concat(running.Zip(outlook.Model.Predict(running), (c, p) => (c.Bits, p.Mean)))
            .Select(network => ((double)definition.SizeOf(network.Bits).DsconvBits, network.Item2));
    }
}
