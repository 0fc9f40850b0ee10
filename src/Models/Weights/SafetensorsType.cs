namespace Bitcurve.Models.Weights;

/// <summary>Element types of the safetensors format that this library reads and writes.</summary>
public enum SafetensorsType
{
    /// <summary>One byte, 0 or 1.</summary>
    Bool,
    U8,
    I8,
    I32,
    I64,
    F16,

    /// <summary>The upper 16 bits of an F32.</summary>
    BF16,
    F32,
    F64,
}

/// <summary>Size and label of each element type.</summary>
public static class SafetensorsTypes
{
    /// <summary>Every label in the order of the enumeration, for messages.</summary>
    public static string Labels { get; } = string.Join(", ", Enum.GetValues<SafetensorsType>().Select(type => type.Label()));

    /// <summary>Bytes of one element.</summary>
    public static int Bytes(this SafetensorsType type) => type switch
    {
        SafetensorsType.Bool or SafetensorsType.U8 or SafetensorsType.I8 => 1,
        SafetensorsType.F16 or SafetensorsType.BF16 => 2,
        SafetensorsType.I32 or SafetensorsType.F32 => 4,
        SafetensorsType.I64 or SafetensorsType.F64 => 8,
        _ => throw new ArgumentOutOfRangeException(nameof(type), $"Expected a safetensors type, actual {type}."),
    };

    /// <summary>The label in a file's header, for example "BOOL" or "F32".</summary>
    public static string Label(this SafetensorsType type) => type.ToString().ToUpperInvariant();

    /// <summary>Finds the type with a label; false where the label is unknown.</summary>
    public static bool TryParse(string label, out SafetensorsType type)
    {
        foreach (SafetensorsType candidate in Enum.GetValues<SafetensorsType>())
        {
            if (candidate.Label() == label)
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    /// <summary>Bytes of a tensor of this type and shape, or null where the product passes 2^63 - 1.</summary>
    public static long? Bytes(this SafetensorsType type, IReadOnlyList<long> shape)
    {
        // Zero first: an empty tensor is empty however large its other dimensions are.
        if (shape.Contains(0))
        {
            return 0;
        }

        long bytes = type.Bytes();
        foreach (long dimension in shape)
        {
            if (bytes > long.MaxValue / dimension)
            {
                return null;
            }

            bytes *= dimension;
        }

        return bytes;
    }
}
