using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Geometric draws from a keyed stream.</summary>
public static class RandomGeometry
{
    /// <summary>A number uniform in [low, high], in single precision.</summary>
    public static float NextSingle(this KeyedRandom random, float low, float high) => (float)(low + ((high - low) * random.NextUniform()));

    /// <summary>A unit vector uniform on the sphere (Archimedes: its y is uniform).</summary>
    public static Vector3 NextDirection(this KeyedRandom random)
    {
        float y = random.NextSingle(-1, 1);
        return (MathF.Sqrt(1 - (y * y)) * random.NextHorizontal()) + (y * Vector3.UnitY);
    }

    /// <summary>A unit vector uniform on the horizontal circle y = 0.</summary>
    public static Vector3 NextHorizontal(this KeyedRandom random)
    {
        (float sine, float cosine) = MathF.SinCos(random.NextSingle(0, 2 * MathF.PI));
        return new Vector3(cosine, 0, sine);
    }

    /// <summary>Three independent normal numbers with the given standard deviation.</summary>
    public static Vector3 NextOffset(this KeyedRandom random, float standardDeviation) => standardDeviation * new Vector3(
        (float)random.NextNormal(), (float)random.NextNormal(), (float)random.NextNormal());

    /// <summary>
    /// Pixel noise: mean 0, standard deviation 1, nearly normal (the sum of four uniform 16-bit numbers) and bounded by 2 sqrt(3). Much cheaper
    /// than a normal number.
    /// </summary>
    public static float NextGrain(this KeyedRandom random)
    {
        ulong bits = random.NextBits();
        long sum = (long)((bits & 0xFFFF) + ((bits >> 16) & 0xFFFF) + ((bits >> 32) & 0xFFFF) + (bits >> 48));
        // Mean 2 * 65535, variance (2^32 - 1) / 3.
        return (sum - 131070) * (1 / 37837.2f);
    }

    /// <summary>A point uniform in a box.</summary>
    public static Vector3 NextPoint(this KeyedRandom random, Bounds bounds) => new(
        random.NextSingle(bounds.Minimum.X, bounds.Maximum.X),
        random.NextSingle(bounds.Minimum.Y, bounds.Maximum.Y),
        random.NextSingle(bounds.Minimum.Z, bounds.Maximum.Z));

    /// <summary>An index with probability proportional to its weight.</summary>
    /// <param name="random">Gives one number.</param>
    /// <param name="weights">At least 0 each.</param>
    /// <param name="total">Their sum, above 0.</param>
    public static int NextIndex(this KeyedRandom random, ReadOnlySpan<float> weights, float total)
    {
        float rest = random.NextSingle(0, total);
        int last = weights.Length - 1;
        for (int index = 0; index < last; index++)
        {
            rest -= weights[index];
            if (rest < 0)
            {
                return index;
            }
        }

        // By rounding the rest may stay at 0 beyond the end; a weight of 0 must still not be chosen.
        while (last > 0 && weights[last] == 0)
        {
            last--;
        }

        return last;
    }
}
