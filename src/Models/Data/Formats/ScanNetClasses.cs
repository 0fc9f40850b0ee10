namespace Bitcurve.Models.Data.Formats;

/// <summary>The 20 classes of ScanNet's benchmark among the 40 of NYUv2 that its label files use.</summary>
public static class ScanNetClasses
{
    /// <summary>What a vertex of no benchmark class is labelled with.</summary>
    public const byte None = 255;

    /// <summary>Largest label of a label file: 0 is not annotated, 1 .. 40 are NYUv2's classes.</summary>
    internal const int LargestNyu40 = 40;

    private static readonly (int Nyu40, string Name)[] Known =
    [
        (1, "wall"), (2, "floor"), (3, "cabinet"), (4, "bed"), (5, "chair"), (6, "sofa"), (7, "table"), (8, "door"), (9, "window"),
        (10, "bookshelf"), (11, "picture"), (12, "counter"), (14, "desk"), (16, "curtain"), (24, "refrigerator"), (28, "shower curtain"),
        (33, "toilet"), (34, "sink"), (36, "bathtub"), (39, "other furniture"),
    ];

    /// <summary>The names of classes 0 .. 19.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(known => known.Name)];

    /// <summary>The class 0 .. 19 of a label of NYUv2, or <see cref="None"/>.</summary>
    public static byte OfNyu40(int label) => Array.FindIndex(Known, known => known.Nyu40 == label) is >= 0 and var found ? (byte)found : None;
}
