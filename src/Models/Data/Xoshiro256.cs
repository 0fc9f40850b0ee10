using System.Numerics;

namespace Bitcurve.Models.Data;

/// <summary>The generator xoshiro256**: 256 bits of state, period 2^256 - 1, integer arithmetic only, so equal on every platform.</summary>
/// <remarks>Not thread-safe. Source: Blackman, Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4), 2021.</remarks>
public sealed class Xoshiro256
{
    private ulong s0;
    private ulong s1;
    private ulong s2;
    private ulong s3;

    /// <summary>Starts at the given state.</summary>
    /// <exception cref="ArgumentException">All four words are zero: from there the generator never leaves zero.</exception>
    public Xoshiro256(ulong s0, ulong s1, ulong s2, ulong s3)
    {
        if ((s0 | s1 | s2 | s3) == 0)
        {
            throw new ArgumentException("Expected a state with at least one word other than zero, actual: all four are zero.", nameof(s0));
        }

        (this.s0, this.s1, this.s2, this.s3) = (s0, s1, s2, s3);
    }

    /// <summary>The next 64 bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(s1 * 5, 7) * 9;
        ulong shifted = s1 << 17;
        s2 ^= s0;
        s3 ^= s1;
        s1 ^= s2;
        s0 ^= s3;
        s2 ^= shifted;
        s3 = BitOperations.RotateLeft(s3, 45);
        return result;
    }
}
