namespace Bitcurve.Models.Data.Numpy;

/// <summary>Element types of .npy files that this library reads: little-endian, or one byte.</summary>
public enum NpyType
{
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
    F16,
}

/// <summary>Description and size of each element type.</summary>
public static class NpyTypes
{
    private static readonly (NpyType Type, string Description, int Bytes)[] Known =
    [
        (NpyType.U8, "|u1", 1),
        (NpyType.I8, "|i1", 1),
        (NpyType.U16, "<u2", 2),
        (NpyType.I16, "<i2", 2),
        (NpyType.U32, "<u4", 4),
        (NpyType.I32, "<i4", 4),
        (NpyType.U64, "<u8", 8),
        (NpyType.I64, "<i8", 8),
        (NpyType.F32, "<f4", 4),
        (NpyType.F64, "<f8", 8),
        (NpyType.F16, "<f2", 2),
    ];

    /// <summary>Every description in the order of the enumeration, for messages.</summary>
    public static string Descriptions { get; } = string.Join(", ", Known.Select(known => known.Description));

    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this NpyType type) => Known[(int)type].Bytes;

    /// <summary>The description in a file's header, for example "&lt;f4".</summary>
    public static string Description(this NpyType type) => Known[(int)type].Description;

    /// <summary>Whether the elements are floating-point numbers.</summary>
    public static bool IsFloat(this NpyType type) => type is NpyType.F16 or NpyType.F32 or NpyType.F64;

    /// <summary>Finds the type with a description; false where it is unknown.</summary>
    public static bool TryParse(string description, out NpyType type)
    {
        int found = Array.FindIndex(Known, known => known.Description == description);
        type = (NpyType)Math.Max(0, found);
        return found >= 0;
    }
}
