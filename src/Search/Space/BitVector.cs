using System.Text.Json.Serialization;

namespace Bitcurve.Search.Space;

/// <summary>
/// Levels of a network, one per searched layer and curve, each 1..8: bit-widths unless the space says otherwise
/// (<see cref="CurveSubject"/>). Equal when their contents are; the empty vector stands for FP32. Immutable, so safe to share between threads.
/// </summary>
[JsonConverter(typeof(BitVectorJsonConverter))]
public readonly struct BitVector : IEquatable<BitVector>, IComparable<BitVector>
{
    public const int MinimumBits = 1;

    public const int MaximumBits = 8;

    private readonly byte[]? bits;

    /// <exception cref="ArgumentException">An entry is outside 1..8; the message names its index.</exception>
    public BitVector(IReadOnlyList<int> bits)
    {
        this.bits = new byte[bits.Count];
        for (int index = 0; index < bits.Count; index++)
        {
            if (bits[index] is < MinimumBits or > MaximumBits)
            {
                throw new ArgumentException(
                    $"Bits of layer {index}: expected {MinimumBits}..{MaximumBits}, actual {bits[index]}.", nameof(bits));
            }

            this.bits[index] = (byte)bits[index];
        }
    }

    public int Count => Bytes.Length;

    public bool IsEmpty => Count == 0;

    /// <summary>Sum of all entries.</summary>
    public int Sum
    {
        get
        {
            int sum = 0;
            foreach (byte entry in Bytes)
            {
                sum += entry;
            }

            return sum;
        }
    }

    private ReadOnlySpan<byte> Bytes => bits;

    public int this[int layer] => Bytes[layer];

    public static bool operator ==(BitVector left, BitVector right) => left.Equals(right);

    public static bool operator !=(BitVector left, BitVector right) => !left.Equals(right);

    public static BitVector Uniform(int bits, int layers) => new(Enumerable.Repeat(bits, layers).ToArray());

    /// <summary>Reads <c>87654321</c>, <c>8,7,6,5,4,3,2,1</c> or <c>8765/3332</c>; the empty text is the empty vector.</summary>
    /// <exception cref="ArgumentException">An entry is no integer in 1..8; the message names its index.</exception>
    public static BitVector Parse(string text)
    {
        string[] entries = text.Contains(',') ? text.Split(',') : [.. text.Trim().Replace("/", "", StringComparison.Ordinal).Select(digit => digit.ToString())];
        var parsed = new int[entries.Length];
        for (int index = 0; index < entries.Length; index++)
        {
            if (!int.TryParse(entries[index].Trim(), out parsed[index]))
            {
                throw new ArgumentException(
                    $"Bits of layer {index}: expected {MinimumBits}..{MaximumBits}, actual '{entries[index]}'.", nameof(text));
            }
        }

        return new BitVector(parsed);
    }

    /// <summary>The same bits in opposite order of layers.</summary>
    public BitVector Reversed() => new([.. ToArray().Reverse()]);

    public int[] ToArray() => Array.ConvertAll(bits ?? [], entry => (int)entry);

    /// <summary>One digit per layer, e.g. <c>87654321</c>.</summary>
    public override string ToString() => string.Concat(ToArray());

    public bool Equals(BitVector other) => Bytes.SequenceEqual(other.Bytes);

    public override bool Equals(object? obj) => obj is BitVector other && Equals(other);

    public override int GetHashCode()
    {
        // Not HashCode: that one is salted per process, and nothing here may differ from run to run.
        uint hash = 2166136261;
        foreach (byte entry in Bytes)
        {
            hash = (hash ^ entry) * 16777619;
        }

        return (int)hash;
    }

    /// <summary>Lexicographic: the order that every tie in the search falls back on.</summary>
    public int CompareTo(BitVector other) => Bytes.SequenceCompareTo(other.Bytes);
}
