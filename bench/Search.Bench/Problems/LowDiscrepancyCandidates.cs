using Bitcurve.Search.Space;

namespace Bitcurve.Search.Bench.Problems;

/// <summary>Which networks of a space come first when not all can: the uniform ones, then a low-discrepancy order over w.</summary>
public static class LowDiscrepancyCandidates
{
    // Late points of the sequence fall ever more often into cells already met.
    private const int PointsPerConfiguration = 100;

    /// <summary>At most <paramref name="count"/> distinct networks; any prefix covers the space evenly.</summary>
    public static IReadOnlyList<Candidate> Of(CurveSpace space, int count)
    {
        var inside = Candidates.Of(space).ToDictionary(candidate => candidate.Bits);
        var levels = Enumerable.Range(space.MinimumBits, space.MaximumBits - space.MinimumBits + 1).Select(space.UniformParameters).OfType<double[]>();
        var sequence = Enumerable.Range(1, PointsPerConfiguration * count).Select(index => HaltonSequence.Point(index, space.Dimension));
        return [.. levels.Concat(sequence)
            .Select(w => new Candidate(space.BitsAt(w), w))
            .DistinctBy(candidate => candidate.Bits)
            .Take(count)
            .Select(candidate => Rounded(space, inside.GetValueOrDefault(candidate.Bits, candidate)))];
    }

    // A short w reads better in a table, as long as it still stands for the same network.
    private static Candidate Rounded(CurveSpace space, Candidate exact)
    {
        double[] w = [.. exact.W.Select(value => Math.Round(value, 6))];
        return space.BitsAt(w) == exact.Bits ? exact with { W = w } : exact;
    }
}
