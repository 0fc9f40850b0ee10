namespace Bitcurve.Models.Weights;

/// <summary>One tensor of a file: what its header says.</summary>
/// <param name="Name">Unique in the file.</param>
/// <param name="Type">Element type.</param>
/// <param name="Shape">Dimensions, outermost first; empty for a scalar.</param>
/// <param name="Begin">First byte, counted from the start of the data (after the header).</param>
/// <param name="End">Byte after the last one.</param>
public sealed record SafetensorsTensor(string Name, SafetensorsType Type, IReadOnlyList<long> Shape, long Begin, long End)
{
    /// <summary>Bytes of the data.</summary>
    public long Bytes => End - Begin;

    /// <summary>Number of elements.</summary>
    public long Count => Bytes / Type.Bytes();

    /// <summary>The shape as text, for example "[64, 3, 3, 3]".</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";
}
