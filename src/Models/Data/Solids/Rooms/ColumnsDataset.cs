using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Columns of rooms with their neighbourhoods, as a scan from one place sees them: what 3DMV's three-dimensional path learns from.</summary>
/// <remarks>Source: Dai, Niessner, "3DMV", ECCV 2018: neighbourhoods of 31 x 31 x 62 voxels, about 1.5 x 1.5 x 3 m.</remarks>
public static class ColumnsDataset
{
    private const long Stream = 107;

    /// <summary>The names of the column labels in the order of their numbers.</summary>
    public static IReadOnlyList<string> LabelNames { get; } = ["free", .. Rooms.LabelNames];

    public static SampleSplits<ColumnSample> Load(ColumnsOptions options) =>
        Generation.Shared("columns", Stream + (int)options.Style, [], options, Draw);

    private static ColumnSample Draw(KeyedRandom random, int category, ColumnsOptions options)
    {
        Scene scene = Rooms.Draw(options.Style, random);
        ColumnGrid grid = ColumnGrid.Around(scene, Column(scene, random), random);
        return grid.Sample(random, options.NoiseProbability);
    }

    /// <summary>A surface point, mostly of furniture: columns with nothing but the floor would teach little.</summary>
    private static Vector3 Column(Scene scene, KeyedRandom random)
    {
        int label = 2 + random.NextInt(Rooms.LabelNames.Count - 2);
        int[] furniture = [.. Enumerable.Range(0, scene.Parts.Count).Where(part => scene.Parts[part].Label == label)];
        bool chosen = furniture.Length > 0 && random.NextBool(0.8);
        int part = chosen ? furniture[random.NextInt(furniture.Length)] : random.NextInt(scene.Parts.Count);
        return scene.Parts[part].Solid.Sample(random).Position;
    }
}
