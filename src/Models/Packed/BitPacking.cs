using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using Bitcurve.Models.Quantization;

namespace Bitcurve.Models.Packed;

/// <summary>
/// Dense packing of b-bit two's-complement integers, b = 1..8: value k takes the bits k b .. (k + 1) b - 1 of the packed bytes, counted from the
/// lowest bit of the first byte. Three bits take three bits; the unused bits of the last byte are zero. One bit means the integers {-1, 0}.
/// </summary>
/// <remarks>Eight values are exactly b bytes, so a group of eight moves through one 64-bit word. Thread-safe: there is no state.</remarks>
public static class BitPacking
{
    private const int GroupValues = 8;

    /// <summary>Bytes that <paramref name="count"/> values take: ceil(count b / 8).</summary>
    /// <exception cref="ArgumentOutOfRangeException">Bits outside 1..8.</exception>
    /// <exception cref="OverflowException">The bits are more than 2^63 - 8.</exception>
    public static long Bytes(long count, int bits)
    {
        BitRange.Check(bits);
        return checked((count * bits) + 7) / 8;
    }

    /// <summary>Packs all of <paramref name="values"/>.</summary>
    /// <param name="values">Integers in [-2^(b-1), 2^(b-1) - 1].</param>
    /// <param name="bits">b.</param>
    /// <param name="packed">Exactly <see cref="Bytes"/> bytes.</param>
    /// <exception cref="ArgumentException">A value needs more bits, or the target has another length.</exception>
    public static void Pack(ReadOnlySpan<sbyte> values, int bits, Span<byte> packed)
    {
        CheckLength(packed.Length, values.Length, bits, nameof(packed));
        var (low, high) = ((sbyte)-(1 << (bits - 1)), (sbyte)((1 << (bits - 1)) - 1));
        var outside = values.IndexOfAnyExceptInRange(low, high);
        if (outside >= 0)
        {
            throw new ArgumentException($"expected {bits}-bit integers {low} to {high}, got {values[outside]} at {outside}", nameof(values));
        }

        var source = MemoryMarshal.AsBytes(values);
        if (bits == 8)
        {
            source.CopyTo(packed);
            return;
        }

        while (source.Length >= GroupValues)
        {
            Write(Gathered(BinaryPrimitives.ReadUInt64LittleEndian(source), bits), packed, bits);
            source = source[GroupValues..];
            packed = packed[bits..];
        }

        if (source.Length > 0)
        {
            Write(Gathered(Word(source), bits), packed, packed.Length);
        }
    }

    /// <summary>Unpacks as many values as the target has.</summary>
    /// <param name="packed">Exactly <see cref="Bytes"/> bytes.</param>
    /// <param name="bits">b.</param>
    /// <param name="values">Receives integers in [-2^(b-1), 2^(b-1) - 1].</param>
    /// <exception cref="ArgumentException">The packed bytes have another length.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, int bits, Span<sbyte> values)
    {
        CheckLength(packed.Length, values.Length, bits, nameof(packed));
        var target = MemoryMarshal.AsBytes(values);
        if (bits == 8)
        {
            packed.CopyTo(target);
            return;
        }

        // Eight bytes are read where the packed bytes go on that far; those beyond the group fall away in Spread.
        while (packed.Length >= sizeof(ulong) && target.Length >= GroupValues)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, Spread(BinaryPrimitives.ReadUInt64LittleEndian(packed), bits));
            target = target[GroupValues..];
            packed = packed[bits..];
        }

        while (target.Length >= GroupValues)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, Spread(Word(packed), bits));
            target = target[GroupValues..];
            packed = packed[bits..];
        }

        if (target.Length > 0)
        {
            Write(Spread(Word(packed), bits), target, target.Length);
        }
    }

    // Eight bytes, of each the low b bits -> 8 b bits: neighbours are pushed together in lanes of 16, 32 and 64 bits.
    private static ulong Gathered(ulong eight, int bits)
    {
        var fields = eight & Repeated((1UL << bits) - 1);
        var pairs = (fields & 0x00FF_00FF_00FF_00FF) | ((fields & 0xFF00_FF00_FF00_FF00) >> (8 - bits));
        var quads = (pairs & 0x0000_FFFF_0000_FFFF) | ((pairs & 0xFFFF_0000_FFFF_0000) >> (16 - (2 * bits)));
        return (quads & 0x0000_0000_FFFF_FFFF) | ((quads & 0xFFFF_FFFF_0000_0000) >> (32 - (4 * bits)));
    }

    // The reverse, then each byte's sign is extended: (field ^ s) - s with s = 2^(b-1), where the set top bit keeps the borrow inside its byte.
    private static ulong Spread(ulong packed, int bits)
    {
        var fields = Bmi2.X64.IsSupported ? Bmi2.X64.ParallelBitDeposit(packed, Repeated((1UL << bits) - 1)) : Scattered(packed, bits);
        var sign = Repeated(1UL << (bits - 1));
        return (((fields ^ sign) | Repeated(0x80)) - sign) ^ Repeated(0x80);
    }

    private static ulong Scattered(ulong packed, int bits)
    {
        var quadMask = (1UL << (4 * bits)) - 1;
        var quads = (packed & quadMask) | ((packed & (quadMask << (4 * bits))) << (32 - (4 * bits)));
        var pairMask = ((1UL << (2 * bits)) - 1) * 0x0000_0001_0000_0001;
        var pairs = (quads & pairMask) | ((quads & (pairMask << (2 * bits))) << (16 - (2 * bits)));
        var mask = ((1UL << bits) - 1) * 0x0001_0001_0001_0001;
        return (pairs & mask) | ((pairs & (mask << bits)) << (8 - bits));
    }

    private static ulong Repeated(ulong lowByte) => lowByte * 0x0101_0101_0101_0101;

    // At most the first eight bytes as a little-endian word, zero where there are fewer.
    private static ulong Word(ReadOnlySpan<byte> bytes)
    {
        Span<byte> eight = stackalloc byte[sizeof(ulong)];
        eight.Clear();
        bytes[..Math.Min(bytes.Length, eight.Length)].CopyTo(eight);
        return BinaryPrimitives.ReadUInt64LittleEndian(eight);
    }

    // The word's first bytes. A whole word is stored where there is room: what is too much, the next group overwrites.
    private static void Write(ulong word, Span<byte> target, int bytes)
    {
        if (target.Length >= sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(target, word);
            return;
        }

        for (var k = 0; k < bytes; k++)
        {
            target[k] = (byte)(word >> (8 * k));
        }
    }

    private static void CheckLength(int actual, int count, int bits, string parameter)
    {
        if (actual != Bytes(count, bits))
        {
            throw new ArgumentException($"expected {Bytes(count, bits)} bytes for {count} values of {bits} bits, got {actual}", parameter);
        }
    }
}
