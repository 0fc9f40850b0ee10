namespace Bitcurve.Models.Quantization;

/// <summary>The bit-widths that the quantisers take.</summary>
public static class BitRange
{
    public const int Min = 1;
    public const int Max = 8;

    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is outside 1..8.</exception>
    public static void Check(int bits)
    {
        if (bits is < Min or > Max)
        {
            throw new ArgumentOutOfRangeException(nameof(bits), $"expected {Min} to {Max} bits, got {bits}");
        }
    }
}
