using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Selection;

/// <summary>
/// What the choosing takes off a network's accuracy, or another metric's score: E = a - charge. Known before any training, so an accuracy alone is uncertain in E.
/// </summary>
internal static class BitCharge
{
    /// <summary>(sum b - 4 n) / k, a fraction, negative for small networks; 0 when networks are ranked by accuracy alone.</summary>
    internal static double Of(BitVector bits, ChoosingSettings choosing) =>
        choosing.RankBy == RankBy.Accuracy ? 0 : Of(bits, choosing.BitsPerAccuracy);

    /// <summary>The same for a k of one's own.</summary>
    internal static double Of(BitVector bits, double bitsPerAccuracy) => -EffectiveAccuracy.Of(0, bits, bitsPerAccuracy);

    /// <summary>Whether a network's size is within the hard limit on memory.</summary>
    internal static bool IsWithinLimit(BitVector bits, SearchDefinition definition) =>
        definition.Choosing.MaximumMemoryBytes is not { } maximum || definition.SizeOf(bits).MemoryBytes <= maximum;

    /// <summary>The jobs on networks that could be chosen; all of them when none could.</summary>
    internal static List<OpenJob> Choosable(List<OpenJob> jobs, SearchDefinition definition)
    {
        var choosable = jobs.Where(j => IsWithinLimit(j.Candidate.Bits, definition)).ToList();
        return choosable.Count > 0 ? choosable : jobs;
    }
}
