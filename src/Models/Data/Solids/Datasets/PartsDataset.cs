namespace Bitcurve.Models.Data.Solids;

/// <summary>Surface points, occupancy queries and part labels of the ten categories: what occupancy networks with heads learn from.</summary>
public static class PartsDataset
{
    private const long Stream = 102;

    /// <summary>The names of the parts of all categories, in the order of their labels.</summary>
    public static IReadOnlyList<string> PartNames => ShapeFamilies.PartNames;

    public static SampleSplits<PartsSample> Load(PartsOptions options) =>
        Generation.Shared("parts", Stream, ShapeFamilies.Categories, options, Draw);

    private static PartsSample Draw(KeyedRandom random, int category, PartsOptions options)
    {
        PartedShape shape = ShapeFamilies.Draw(category, random, options.Variation);
        SurfaceSamples surface = SurfaceSampling.Points(shape, options.SurfaceCount, random);
        OccupancySamples queries = OccupancySamples.Draw(
            shape, options.QueryCount, options.UniformShare, options.QueryDeviation, random);
        return new PartsSample(
            surface.Positions, surface.Labels, queries.Positions, queries.Occupancies, queries.Labels, category);
    }
}
