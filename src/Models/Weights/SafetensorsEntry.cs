using System.Buffers.Binary;

namespace Bitcurve.Models.Weights;

/// <summary>One tensor to write: a name, a type, a shape and its bytes (little-endian, row-major).</summary>
public sealed record SafetensorsEntry
{
    /// <param name="name">Unique in the file; not "__metadata__".</param>
    /// <param name="type">Element type.</param>
    /// <param name="shape">Dimensions, outermost first, each at least 0; empty for a scalar.</param>
    /// <param name="data">Exactly the bytes of type and shape; not copied.</param>
    /// <exception cref="ArgumentException">The name is reserved, a dimension is negative, or the bytes do not fit the shape.</exception>
    public SafetensorsEntry(string name, SafetensorsType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        if (name == SafetensorsHeader.MetadataName)
        {
            throw new ArgumentException($"Expected the name of a tensor, actual the reserved name \"{name}\".", nameof(name));
        }

        string shapeText = $"[{string.Join(", ", shape)}]";
        if (shape.Any(dimension => dimension < 0))
        {
            throw new ArgumentException($"Tensor '{name}': expected dimensions of at least 0, actual {shapeText}.", nameof(shape));
        }

        if (type.Bytes(shape) != data.Length)
        {
            throw new ArgumentException(
                $"Tensor '{name}': expected {type.Bytes(shape)} bytes for {type.Label()} {shapeText}, actual {data.Length}.", nameof(data));
        }

        (Name, Type, Shape, Data) = (name, type, shape, data);
    }

    public string Name { get; }

    public SafetensorsType Type { get; }

    /// <summary>Dimensions, outermost first.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Little-endian, row-major.</summary>
    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>An F32 tensor of the values, row-major (copied).</summary>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static SafetensorsEntry FromFloat32(string name, IReadOnlyList<long> shape, ReadOnlySpan<float> values)
    {
        byte[] data = new byte[4 * values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(data.AsSpan(4 * index), values[index]);
        }

        return new SafetensorsEntry(name, SafetensorsType.F32, shape, data);
    }

    /// <summary>An I64 tensor of the values, row-major (copied).</summary>
    /// <exception cref="ArgumentException">As for the constructor.</exception>
    public static SafetensorsEntry FromInt64(string name, IReadOnlyList<long> shape, ReadOnlySpan<long> values)
    {
        byte[] data = new byte[8 * values.Length];
        for (int index = 0; index < values.Length; index++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(8 * index), values[index]);
        }

        return new SafetensorsEntry(name, SafetensorsType.I64, shape, data);
    }
}
