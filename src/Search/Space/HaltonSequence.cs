namespace Bitcurve.Search.Space;

/// <summary>Low-discrepancy points in [0,1)^d (Halton 1960): deterministic, so a search needs no random numbers for them.</summary>
public static class HaltonSequence
{
    private static readonly int[] Bases = [2, 3, 5, 7, 11, 13, 17, 19];

    /// <summary>Point number <paramref name="index"/>, counted from 1 (number 0 is the origin in every dimension).</summary>
    /// <exception cref="ArgumentException">More dimensions than tabulated prime bases.</exception>
    public static double[] Point(int index, int dimension)
    {
        if (dimension < 1 || dimension > Bases.Length)
        {
            throw new ArgumentException($"Halton dimension: expected 1..{Bases.Length}, actual {dimension}.", nameof(dimension));
        }

        return [.. Bases.Take(dimension).Select(radix => RadicalInverse(index, radix))];
    }

    private static double RadicalInverse(int index, int radix)
    {
        double inverse = 0;
        double digitValue = 1.0 / radix;
        for (int rest = index; rest > 0; rest /= radix)
        {
            inverse += rest % radix * digitValue;
            digitValue /= radix;
        }

        return inverse;
    }
}
