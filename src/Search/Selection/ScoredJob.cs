using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>An open job as a strategy sees it: the larger the score the better; gain in nats, 0 where nobody asked for it.</summary>
internal sealed record ScoredJob(OpenJob Job, double GainNats, double Score)
{
    /// <summary>Best first; ties by a draw from the search's seed that depends on the job alone.</summary>
    internal static List<ScoredJob> BestFirst(IEnumerable<ScoredJob> jobs, SearchState state) =>
    [
        .. jobs
            .OrderByDescending(s => s.Score)
            .ThenBy(s => DecisionHash.Of(state.Definition.Seed, [s.Job.Epochs, .. s.Job.Candidate.Bits.ToArray()])),
    ];

    internal RunnerUp AsRunnerUp() => new(Job.Candidate.Bits, Job.Epochs, GainNats, Job.Cost.TotalEpochs, Score);
}
