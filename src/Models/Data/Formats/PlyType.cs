using System.Buffers.Binary;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Types of numbers in .ply files.</summary>
internal enum PlyType
{
    Int8,
    UInt8,
    Int16,
    UInt16,
    Int32,
    UInt32,
    Float32,
    Float64,
}

/// <summary>Names and sizes of the types, and their values.</summary>
internal static class PlyTypes
{
    // The names of 1994 and those that later writers use.
    private static readonly (string Old, string New, int Bytes)[] Known =
    [
        ("char", "int8", 1), ("uchar", "uint8", 1), ("short", "int16", 2), ("ushort", "uint16", 2),
        ("int", "int32", 4), ("uint", "uint32", 4), ("float", "float32", 4), ("double", "float64", 8),
    ];

    internal static PlyType? Find(string name) =>
        Array.FindIndex(Known, known => known.Old == name || known.New == name) is >= 0 and var found ? (PlyType)found : null;

    internal static int Bytes(PlyType type) => Known[(int)type].Bytes;

    internal static bool IsFloat(PlyType type) => type >= PlyType.Float32;

    /// <summary>The number at the start of the bytes, little-endian.</summary>
    internal static double Value(PlyType type, ReadOnlySpan<byte> bytes) => type switch
    {
        PlyType.Int8 => (sbyte)bytes[0],
        PlyType.UInt8 => bytes[0],
        PlyType.Int16 => BinaryPrimitives.ReadInt16LittleEndian(bytes),
        PlyType.UInt16 => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        PlyType.Int32 => BinaryPrimitives.ReadInt32LittleEndian(bytes),
        PlyType.UInt32 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        PlyType.Float32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
    };
}
