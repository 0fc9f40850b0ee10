namespace Bitcurve.Search.Space;

/// <content>Networks that every space has.</content>
public sealed partial record CurveSpace
{
    /// <summary>
    /// The uniform networks, ascending: one width everywhere, or one number of harmonics everywhere as far as each kernel has so many. With
    /// two curves one width everywhere and full harmonics.
    /// </summary>
    public IEnumerable<(int Level, BitVector Levels)> UniformNetworks() =>
        Enumerable.Range(MinimumBits, MaximumBits - MinimumBits + 1).Select(level => (level, UniformNetwork(level)));

    /// <summary>
    /// Parameters of the level curve in the middle of a level's range, beside full harmonics where there are two curves; null when this
    /// family cannot reach it. The highest level gives the uncompressed network, in every layer and curve.
    /// </summary>
    public double[]? UniformParameters(int level)
    {
        double[]? first = Level((level - MinimumBits) / (double)(MaximumBits - MinimumBits + 1));
        if (Subject != CurveSubject.Both || first is null)
        {
            return first;
        }

        // High enough for the largest kernel is high enough for all: (k - 1) / k grows with k.
        int most = new HarmonicLimits(LowestHarmonics!.Value, HighestHarmonics!.Value).MostSearched;
        return Level((most - 1) / (double)most) is { } full ? [.. first, .. full] : null;
    }

    /// <summary>
    /// The same levels in opposite order of layers, each curve by itself. A layer without a choice keeps its level and its place, and a level
    /// above a layer's highest becomes that.
    /// </summary>
    public BitVector Reversed(BitVector levels)
    {
        int[] reversed = levels.ToArray();
        for (int start = 0; start < Entries; start += Layers)
        {
            int[] free = [.. Enumerable.Range(start, Layers).Where(HasChoice)];
            foreach ((int to, int from) in free.Zip(free.Reverse()))
            {
                reversed[to] = Clamp(to, levels[from]);
            }
        }

        return new BitVector(reversed);
    }

    private BitVector UniformNetwork(int level) => new(
        [.. Enumerable.Range(0, Entries).Select(entry => entry < Layers ? Clamp(entry, level) : Range(entry).Highest)]);

    private int Clamp(int entry, int level)
    {
        (int lowest, int highest) = Range(entry);
        return Math.Clamp(level, lowest, highest);
    }

    private double[]? Level(double height)
    {
        if (Kind == CurveKind.Bezier)
        {
            return [.. Enumerable.Repeat(height, Dimension)];
        }

        double scale = Amplitude == CurveAmplitude.Half ? 0.5 : 1.0;
        double constant = ((((2 * height) - 1) / scale) + 1) / 2;
        return constant is >= 0 and <= 1 ? [constant, .. Enumerable.Repeat(0.5, Dimension - 1)] : null;
    }
}
