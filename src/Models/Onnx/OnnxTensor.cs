using System.Buffers.Binary;

namespace Bitcurve.Models.Onnx;

/// <summary>Makes TensorProto messages: a name, a type, a shape and the elements, row-major, as raw bytes (little-endian).</summary>
internal static class OnnxTensor
{
    internal static ProtoMessage Float(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[sizeof(float) * values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(sizeof(float) * k), values[k]);
        }

        return Of(name, OnnxType.Float, shape, bytes);
    }

    /// <summary>Values that are 16-bit floats already lose nothing.</summary>
    internal static ProtoMessage Float16(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var bytes = new byte[2 * values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteHalfLittleEndian(bytes.AsSpan(2 * k), (Half)values[k]);
        }

        return Of(name, OnnxType.Float16, shape, bytes);
    }

    internal static ProtoMessage Int64(string name, params ReadOnlySpan<long> values)
    {
        var bytes = new byte[sizeof(long) * values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(sizeof(long) * k), values[k]);
        }

        return Of(name, OnnxType.Int64, [values.Length], bytes);
    }

    /// <summary>Integers in two's complement; narrow ones share bytes, the first in the lowest bits.</summary>
    /// <param name="name">Of the value.</param>
    /// <param name="type">Int2, Int4 or Int8.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <param name="values">Whole numbers in the range of the type.</param>
    internal static ProtoMessage Integers(string name, OnnxType type, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        var width = Width(type);
        var (perByte, mask) = (8 / width, (1 << width) - 1);
        var bytes = new byte[(values.Length + perByte - 1) / perByte];
        for (var k = 0; k < values.Length; k++)
        {
            bytes[k / perByte] |= (byte)(((int)values[k] & mask) << (width * (k % perByte)));
        }

        return Of(name, type, shape, bytes);
    }

    /// <summary>The narrowest type for the integers of a bit-width: 1 bit means {-1, 0}.</summary>
    internal static OnnxType TypeOf(int bits) => OnnxExport.StoredBits(bits) switch { 2 => OnnxType.Int2, 4 => OnnxType.Int4, _ => OnnxType.Int8 };

    private static int Width(OnnxType type) => type switch
    {
        OnnxType.Int2 => 2,
        OnnxType.Int4 => 4,
        OnnxType.Int8 => 8,
        _ => throw new ArgumentException($"expected Int2, Int4 or Int8, actual {type}", nameof(type)),
    };

    private static ProtoMessage Of(string name, OnnxType type, IReadOnlyList<long> shape, byte[] bytes) => new ProtoMessage()
        .AddAll(OnnxFields.Tensor.Dims, shape)
        .Add(OnnxFields.Tensor.DataType, (long)type)
        .Add(OnnxFields.Tensor.Name, name)
        .Add(OnnxFields.Tensor.RawData, bytes);
}
