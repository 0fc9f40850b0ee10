using System.Buffers.Binary;

namespace Bitcurve.Models.Weights;

/// <summary>Little-endian floating-point numbers of 16, 32 and 64 bits as float32.</summary>
internal static class Float32Conversion
{
    /// <summary>True for the four floating-point types.</summary>
    public static bool CanConvert(SafetensorsType type) =>
        type is SafetensorsType.F16 or SafetensorsType.BF16 or SafetensorsType.F32 or SafetensorsType.F64;

    /// <summary>Converts N elements.</summary>
    /// <param name="type">A type that can be converted.</param>
    /// <param name="source">N elements of that type.</param>
    /// <param name="target">Receives N values.</param>
    public static void Convert(SafetensorsType type, ReadOnlySpan<byte> source, Span<float> target)
    {
        int size = type.Bytes();
        for (int index = 0; index < target.Length; index++)
        {
            ReadOnlySpan<byte> element = source.Slice(index * size, size);
            target[index] = type switch
            {
                SafetensorsType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(element),
                SafetensorsType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(element) << 16),
                SafetensorsType.F32 => BinaryPrimitives.ReadSingleLittleEndian(element),
                SafetensorsType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(element),
                _ => throw new ArgumentOutOfRangeException(nameof(type), $"Expected a floating-point type, actual {type}."),
            };
        }
    }
}
