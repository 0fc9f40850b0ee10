using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// <c>hyperband</c> (Li et al. 2018): successive halving over the training lengths, random networks, no model. A network goes on when its
/// effective accuracy is among the best third of its bracket at its rung; whatever has been measured counts, nothing is waited for (ASHA,
/// Li et al. 2020, "A System for Massively Parallel Hyperparameter Tuning", MLSys), so a worker is never idle.
/// </summary>
/// <param name="candidates">The distinct networks of the space.</param>
public sealed class HyperbandStrategy(IReadOnlyList<Candidate> candidates) : ISelectionStrategy
{
    private const int RunnersUpKept = 5;

    public SelectedJob? Next(SearchState state)
    {
        var open = BitCharge.Choosable(OpenJob.All(state, candidates), state.Definition);
        return open.Count == 0 ? null : Promote(state, open) ?? Start(state, open) ?? GoOn(state, open);
    }

    // From the highest rung down: what is nearest to an answer first.
    private static SelectedJob? Promote(SearchState state, List<OpenJob> open)
    {
        var rungs = HyperbandRung.Of(state);
        for (var rung = state.Definition.Tasks.Count - 2; rung >= 0; rung--)
        {
            var next = state.Definition.Tasks[rung + 1];
            var best = rungs.Where(r => r.Rung == rung).SelectMany(r => r.Best()).Select(t => t.Bits).ToHashSet();
            var jobs = open.Where(j => j.Epochs == next && j.Cost.EvaluateAt.Count == 1 && best.Contains(j.Candidate.Bits));
            var scored = ScoredJob.BestFirst(jobs.Select(j => new ScoredJob(j, 0, HyperbandRung.Worth(state.TrialOf(j.Candidate.Bits)!, rung, state))), state);
            if (scored.Count > 0)
            {
                var metric = MetricWords.Of(state.Definition.Workload);
                return Select(scored, FormattableString.Invariant(
                    $"effective {metric.Name} {metric.Of(state.Scale.Value(scored[0].Score))} after {state.Definition.Tasks[rung]} epochs: among the best third of its bracket there"));
            }
        }

        return null;
    }

    // A random new network on the first rung of its bracket, or on a lower one where the budget ends before.
    private static SelectedJob? Start(SearchState state, List<OpenJob> open)
    {
        var first = new HyperbandSchedule(state.Definition.Tasks.Count).FirstRungOf(state.Trials.Count);
        for (var rung = first; rung >= 0; rung--)
        {
            var fresh = open.Where(j => j.Epochs == state.Definition.Tasks[rung] && state.TrialOf(j.Candidate.Bits) is null).ToList();
            if (fresh.Count > 0)
            {
                var drawn = fresh[(int)(DecisionHash.Of(state.Definition.Seed, state.Decisions.Count) % (ulong)fresh.Count)];
                return Select([new ScoredJob(drawn, 0, 0)], $"drawn at random from {fresh.Count} new networks, to start after {drawn.Epochs} epochs");
            }
        }

        return null;
    }

    // Nothing new is left and no third is complete: the best of what has begun goes one rung further, a task on the way if need be.
    private static SelectedJob GoOn(SearchState state, List<OpenJob> open)
    {
        double Worth(OpenJob job) => state.TrialOf(job.Candidate.Bits) is { Measurements.Count: > 0 } trial
            ? HyperbandRung.Worth(trial, trial.Measurements.Count - 1, state)
            : -BitCharge.Of(job.Candidate.Bits, state.Definition.Choosing);
        var nearest = open.Where(j => j.Cost.EvaluateAt.Count == 1).ToList();
        return Select(
            ScoredJob.BestFirst((nearest.Count > 0 ? nearest : open).Select(j => new ScoredJob(j, 0, Worth(j))), state),
            "no new network is left to afford: the best so far goes on");
    }

    private static SelectedJob Select(List<ScoredJob> scored, string reason) => new()
    {
        Bits = scored[0].Job.Candidate.Bits,
        W = scored[0].Job.Candidate.W,
        Epochs = scored[0].Job.Epochs,
        CostEpochs = scored[0].Job.Cost.TotalEpochs,
        ExpectedSeconds = scored[0].Job.Cost.ExpectedSeconds,
        Score = scored[0].Score,
        RunnersUp = [.. scored.Skip(1).Take(RunnersUpKept).Select(s => s.AsRunnerUp())],
        Reason = reason,
    };
}
