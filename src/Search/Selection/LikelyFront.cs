using Bitcurve.Search.Space;

namespace Bitcurve.Search.Selection;

/// <summary>
/// The networks with a real chance of lying on the front of accuracy against memory: those that do in some joint draw of the posterior.
/// Memory is known exactly before any training, so only the accuracies are drawn.
/// </summary>
internal static class LikelyFront
{
    // More draws would only add networks that are on the front in one draw of hundreds.
    private const int DrawsUsed = 64;

    // Knowing f on many neighbouring points is knowing it once: more than this adds cost, not information.
    private const int MaximumMembers = 48;

    /// <summary>At least one network, most often on the front first.</summary>
    internal static IReadOnlyList<Candidate> Of(JointDraws draws)
    {
        var timesOnFront = new int[draws.Candidates.Count];
        foreach (var scores in draws.Scores.Take(DrawsUsed))
        {
            // Ascending memory: on the front is whoever beats all smaller ones.
            var best = double.NegativeInfinity;
            for (var k = 0; k < scores.Length; k++)
            {
                if (scores[k] > best)
                {
                    best = scores[k];
                    timesOnFront[k]++;
                }
            }
        }

        return [.. draws.Candidates
            .Select((candidate, k) => (candidate, times: timesOnFront[k]))
            .Where(c => c.times > 0)
            .OrderByDescending(c => c.times)
            .ThenBy(c => c.candidate.Bits)
            .Take(MaximumMembers)
            .Select(c => c.candidate)];
    }
}
