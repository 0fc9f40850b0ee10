namespace Bitcurve.Models.Data;

/// <summary>SplitMix64: a bijective 64-bit mixer, used to turn a key into the state of a generator.</summary>
/// <remarks>Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014; Vigna's constants.</remarks>
public static class SplitMix64
{
    private const ulong GoldenGamma = 0x9E3779B97F4A7C15;

    /// <summary>Advances <paramref name="state"/> by the golden gamma and returns its mixed value, in [0, 2^64).</summary>
    public static ulong Next(ref ulong state)
    {
        state += GoldenGamma;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>Hashes a seed and a key of any length to 64 bits; keys that differ in any part, in order or in length differ.</summary>
    public static ulong Hash(long seed, ReadOnlySpan<long> key)
    {
        // The length comes first: otherwise the state of key (1) would be the hash of key (1, 0).
        ulong state = unchecked((ulong)key.Length);
        ulong hash = Next(ref state) ^ unchecked((ulong)seed);
        hash = Next(ref hash);
        foreach (long part in key)
        {
            hash ^= unchecked((ulong)part);
            hash = Next(ref hash);
        }

        return hash;
    }
}
