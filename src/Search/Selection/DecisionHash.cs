namespace Bitcurve.Search.Selection;

/// <summary>Draws of a strategy: a function of the search's seed and of what is drawn for, so that every process draws the same.</summary>
internal static class DecisionHash
{
    /// <summary>SplitMix64's finaliser over the seed and the key (Steele, Lea and Flood 2014).</summary>
    internal static ulong Of(long seed, params ReadOnlySpan<int> key)
    {
        var hash = Mix(unchecked((ulong)seed + 0x9E3779B97F4A7C15UL));
        foreach (var part in key)
        {
            hash = Mix(unchecked(hash + 0x9E3779B97F4A7C15UL + (ulong)part));
        }

        return hash;
    }

    private static ulong Mix(ulong value)
    {
        value = unchecked((value ^ (value >> 30)) * 0xBF58476D1CE4E5B9UL);
        value = unchecked((value ^ (value >> 27)) * 0x94D049BB133111EBUL);
        return value ^ (value >> 31);
    }
}
