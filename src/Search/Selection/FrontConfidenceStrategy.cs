using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Selection;

/// <summary>
/// <c>front-ucb</c>: trains to the target the network whose upper confidence bound (Srinivas et al. 2010) would add most hypervolume to
/// the front of accuracy against memory: optimistic hypervolume gain, as in SMS-EGO (Ponweiser, Wagner, Biermann and Vincze 2008), exact
/// here because memory is known. Networks in flight count with their predicted mean.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class FrontConfidenceStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    // A network without half of its accuracy, or with twice its error, is of no use, however small.
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
        return outlook.Select(ranked[0], ranked, Reason(outlook, ranked));
    }

    internal static string Reason(Outlook outlook, List<ScoredJob> ranked)
    {
        var metric = outlook.Metric;
        var gain = FormattableString.Invariant($"{ranked[0].Score:0.###}");
        var what = metric switch
        {
            { IsFraction: false } => $"improve the front's {metric.Name} by {gain} % of FP32's",
            { IsMinimized: true } => $"take {gain} points off the front's {metric.Name}",
            _ => $"add {gain} points to the front's {metric.Name}",
        };
        return $"may {what}, averaged over all sizes: most of {ranked.Count} networks";
    }

    /// <summary>The score below which no network is worth anything: the limit that was asked for, or so much worse than the baseline's.</summary>
    internal static double Floor(SearchState state)
    {
        if (state.Definition.Choosing.MinimumAccuracy is double limit)
        {
            return state.Scale.Score(limit);
        }

        var score = state.Scale.Score(state.Baseline!.Accuracy);
        return score switch
        {
            > 0 => FloorShareOfBaseline * score,
            < 0 => score / FloorShareOfBaseline,

            // Of a baseline of 0 no half can be taken: no accuracy is lower, any other metric may be worse by one unit.
            _ => state.Scale is { Goal: MetricGoal.Maximize, IsFraction: true } ? 0 : -1,
        };
    }

    /// <summary>Target jobs by their optimistic hypervolume gain, hundredths of a score's unit averaged over all sizes, best first.</summary>
    internal static List<ScoredJob> Rank(Outlook outlook, IReadOnlyList<OpenJob> jobs)
    {
        var definition = outlook.Definition;
        var sizes = outlook.Candidates.Select(c => (double)definition.SizeOf(c.Bits).DsconvBits).ToList();
        var end = sizes.Max() + (RoomAboveLargest * (sizes.Max() - sizes.Min())) + 1;
        var gain = new FrontGain(Front(outlook), Floor(outlook.State), end);
        var bounds = UpperConfidence.Bounds(outlook, jobs);
        return ScoredJob.BestFirst(
            jobs.Zip(bounds, (job, bound) => new ScoredJob(
                job, 0, 100 * gain.Of(definition.SizeOf(job.Candidate.Bits).DsconvBits, bound) / (end - sizes.Min()))),
            outlook.State);
    }

    private static IEnumerable<(double Memory, double Score)> Front(Outlook outlook)
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
            .Select(network => ((double)definition.SizeOf(network.Bits).DsconvBits, state.Scale.Score(network.Item2)));
    }
}
