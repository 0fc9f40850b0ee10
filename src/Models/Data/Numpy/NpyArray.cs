using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Bitcurve.Models.Data.Numpy;

/// <summary>An array read from a .npy file: its type, its shape and its bytes, little-endian and in C order.</summary>
/// <param name="Name">What messages call it, e.g. <c>val_data.npz!labels.npy</c>.</param>
/// <param name="Header">Type and shape.</param>
/// <param name="Bytes">Of all elements.</param>
public sealed record NpyArray(string Name, NpyHeader Header, ReadOnlyMemory<byte> Bytes)
{
    public NpyType Type => Header.Type;

    /// <summary>Dimensions, outermost first.</summary>
    public IReadOnlyList<int> Shape => Header.Shape;

    /// <summary>Reads a .npy file on its own.</summary>
    /// <exception cref="DataFormatException">
    /// The file is missing, larger than one array, truncated, breaks the format, or describes what is not read here.</exception>
    public static NpyArray Open(string path)
    {
        if (!File.Exists(path))
        {
            throw new DataFormatException(path, "npy file", null, "a file", "no such file");
        }

        long length = new FileInfo(path).Length;
        return length <= Array.MaxLength
            ? Read(File.ReadAllBytes(path), path)
            : throw new DataFormatException(path, "npy file", null, $"at most {Array.MaxLength} bytes", $"{length}");
    }

    /// <summary>Reads a whole .npy file; the elements are not copied.</summary>
    /// <param name="file">Its bytes.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="DataFormatException">The file is truncated, too long, breaks the format, or describes what is not read here.</exception>
    public static NpyArray Read(byte[] file, string name)
    {
        using var stream = new MemoryStream(file, writable: false);
        NpyHeader header = NpyHeader.Read(stream, name);
        ReadOnlyMemory<byte> data = file.AsMemory(header.DataStart);
        if (data.Length == header.DataBytes)
        {
            return new NpyArray(name, header, data);
        }

        string fault = data.Length < header.DataBytes ? "the file is truncated" : "bytes that belong to no element";
        throw new DataFormatException(
            name, "data", header.DataStart, $"{header.DataBytes} bytes for {header.Type.Description()} {header.ShapeText}", $"{data.Length} ({fault})");
    }

    /// <summary>Requires an element type and a shape.</summary>
    /// <param name="types">Those accepted.</param>
    /// <param name="shape">Extent of each dimension; null for any.</param>
    /// <exception cref="DataFormatException">The array has another type or shape.</exception>
    public NpyArray Require(IReadOnlyCollection<NpyType> types, params IReadOnlyList<int?> shape)
    {
        if (!types.Contains(Type))
        {
            throw new DataFormatException(Name, "descr", 0, string.Join(" or ", types.Select(type => type.Description())), Type.Description());
        }

        bool fits = Shape.Count == shape.Count && shape.Zip(Shape).All(pair => pair.First is not { } extent || extent == pair.Second);
        return fits
            ? this
            : throw new DataFormatException(Name, "shape", 0, $"[{string.Join(", ", shape.Select(extent => extent?.ToString() ?? "any"))}]", Header.ShapeText);
    }

    /// <summary>Bytes from the start of the file to one element.</summary>
    public long OffsetOf(int element) => Header.DataStart + ((long)element * Type.Bytes());

    /// <summary>The elements as whole numbers.</summary>
    /// <exception cref="DataFormatException">The elements are floating-point, or one is above 2^63 - 1.</exception>
    public long[] ToInt64()
    {
        if (Type.IsFloat())
        {
            throw new DataFormatException(Name, "descr", 0, "whole numbers", Type.Description());
        }

        int size = Type.Bytes();
        long[] values = new long[Bytes.Length / size];
        for (int k = 0; k < values.Length; k++)
        {
            values[k] = Whole(Bytes.Span.Slice(k * size, size), k);
        }

        return values;
    }

    /// <summary>The elements as single-precision numbers; double-precision ones are rounded to nearest.</summary>
    /// <exception cref="DataFormatException">The elements are whole numbers.</exception>
    public float[] ToFloat32() => Type switch
    {
        NpyType.F16 => Array.ConvertAll(MemoryMarshal.Cast<byte, Half>(Bytes.Span).ToArray(), value => (float)value),
        NpyType.F32 => MemoryMarshal.Cast<byte, float>(Bytes.Span).ToArray(),
        NpyType.F64 => Array.ConvertAll(MemoryMarshal.Cast<byte, double>(Bytes.Span).ToArray(), value => (float)value),
        _ => throw new DataFormatException(Name, "descr", 0, "<f2, <f4 or <f8", Type.Description()),
    };

    private long Whole(ReadOnlySpan<byte> bytes, int element) => Type switch
    {
        NpyType.U8 => bytes[0],
        NpyType.I8 => (sbyte)bytes[0],
        NpyType.U16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        NpyType.I16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        NpyType.U32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        NpyType.I32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        NpyType.I64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
        _ when BinaryPrimitives.ReadInt64LittleEndian(bytes) is >= 0 and var value => value,
        _ => throw new DataFormatException(
            Name, "element", OffsetOf(element), "at most 2^63 - 1", $"{BinaryPrimitives.ReadUInt64LittleEndian(bytes)}"),
    };
}
