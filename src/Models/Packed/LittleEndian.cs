using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bitcurve.Models.Packed;

/// <summary>Arrays of numbers as little-endian bytes, on machines of either byte order.</summary>
internal static class LittleEndian
{
    public static void Write(ReadOnlySpan<float> values, Span<byte> target)
    {
        var bits = MemoryMarshal.Cast<float, int>(values);
        if (BitConverter.IsLittleEndian)
        {
            MemoryMarshal.AsBytes(bits).CopyTo(target);
            return;
        }

        for (var k = 0; k < bits.Length; k++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(target[(k * sizeof(int))..], bits[k]);
        }
    }

    public static void Write(ReadOnlySpan<long> values, Span<byte> target)
    {
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(target[(k * sizeof(long))..], values[k]);
        }
    }

    public static void Read(ReadOnlySpan<byte> source, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<float, int>(values);
        if (BitConverter.IsLittleEndian)
        {
            source.CopyTo(MemoryMarshal.AsBytes(bits));
            return;
        }

        for (var k = 0; k < bits.Length; k++)
        {
            bits[k] = BinaryPrimitives.ReadInt32LittleEndian(source[(k * sizeof(int))..]);
        }
    }

    public static void Read(ReadOnlySpan<byte> source, Span<long> values)
    {
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = BinaryPrimitives.ReadInt64LittleEndian(source[(k * sizeof(long))..]);
        }
    }
}
