namespace Bitcurve.Models.Data;

/// <summary>A stream of random numbers named by a key (seed, stream, ..., index): the same key, the same numbers.</summary>
/// <remarks>
/// The key is hashed with <see cref="SplitMix64"/>, four more SplitMix64 outputs are the state of a <see cref="Xoshiro256"/>.
/// Integers and uniforms are bit-identical on every platform; a normal passes through the platform's log, sine and cosine,
/// so its last bit may differ. One instance belongs to one thread. Everything random in the models comes from here.
/// </remarks>
public sealed class KeyedRandom
{
    private const double TwoToMinus53 = 1.0 / (1UL << 53);

    private readonly Xoshiro256 generator;
    private double? spareNormal;

    /// <summary>Opens the stream of (seed, key[0], key[1], ...); streams of different keys are statistically independent.</summary>
    public KeyedRandom(long seed, params ReadOnlySpan<long> key)
    {
        ulong state = SplitMix64.Hash(seed, key);
        generator = new Xoshiro256(
            SplitMix64.Next(ref state), SplitMix64.Next(ref state), SplitMix64.Next(ref state), SplitMix64.Next(ref state));
    }

    /// <summary>The next 64 bits of the stream.</summary>
    public ulong NextBits() => generator.Next();

    /// <summary>A number uniform in [0, 1): a multiple of 2^-53.</summary>
    public double NextUniform() => (generator.Next() >> 11) * TwoToMinus53;

    /// <summary>A number uniform in [low, high], where high itself appears by rounding only.</summary>
    /// <exception cref="ArgumentOutOfRangeException">high is below low, or one of them is not finite.</exception>
    public double NextUniform(double low, double high)
    {
        if (!(double.IsFinite(low) && double.IsFinite(high) && low <= high))
        {
            throw new ArgumentOutOfRangeException(nameof(high), $"Expected finite low <= high, actual low = {low}, high = {high}.");
        }

        return low + (high - low) * NextUniform();
    }

    /// <summary>True with the given probability in [0, 1]; takes exactly one number from the stream.</summary>
    public bool NextBool(double probability) => NextUniform() < probability;

    /// <summary>An integer uniform in 0 .. count - 1, without bias (Lemire, ACM TOMACS 29(1), 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">count is not positive.</exception>
    public int NextInt(int count)
    {
        if (count <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(count), $"Expected a count of at least 1, actual {count}.");
        }

        ulong range = (ulong)count;
        ulong high = Math.BigMul(generator.Next(), range, out ulong low);
        // The lowest 2^64 mod range values of each bucket are rejected; for an int range that is less than one in 2^33.
        ulong rejected = unchecked(0 - range) % range;
        while (low < rejected)
        {
            high = Math.BigMul(generator.Next(), range, out low);
        }

        return (int)high;
    }

    /// <summary>A standard normal number, N(0, 1): two uniforms give two normals, the second is kept (Box, Muller, 1958).</summary>
    public double NextNormal()
    {
        if (spareNormal is { } spare)
        {
            spareNormal = null;
            return spare;
        }

        // 1 - u lies in (0, 1], so the logarithm is finite.
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextUniform()));
        (double sine, double cosine) = Math.SinCos(2 * Math.PI * NextUniform());
        spareNormal = radius * sine;
        return radius * cosine;
    }

    /// <summary>Puts the values in a uniformly random order (Fisher-Yates, from the end).</summary>
    public void Shuffle(Span<int> values)
    {
        for (int last = values.Length - 1; last > 0; last--)
        {
            int chosen = NextInt(last + 1);
            (values[last], values[chosen]) = (values[chosen], values[last]);
        }
    }
}
