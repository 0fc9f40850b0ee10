using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Sparse surface points as voxels, queries and unsigned distances of the ten categories: what neural distance fields learn from.</summary>
public static class DistancesDataset
{
    private const long Stream = 103;

    public static SampleSplits<DistancesSample> Load(DistancesOptions options) =>
        Generation.Shared("distances", Stream, ShapeFamilies.Categories, options, Draw);

    private static DistancesSample Draw(KeyedRandom random, int category, DistancesOptions options)
    {
        PartedShape shape = ShapeFamilies.Draw(category, random, options.Variation);
        SurfaceSamples input = SurfaceSampling.Points(shape, options.InputCount, random);
        SurfaceSamples surface = SurfaceSampling.Points(shape, options.SurfaceCount, random);
        SurfaceSamples near = SurfaceSampling.Points(shape, options.QueryCount, random);
        float[] queries = new float[3 * options.QueryCount];
        float[] distances = new float[options.QueryCount];
        for (int index = 0; index < distances.Length; index++)
        {
            // Chibane et al. (2020): half of the queries very near, nearly half near, the rest far.
            float deviation = (index % 8) switch { 0 => 0.15f, < 4 => 0.04f, _ => 0.015f };
            Vector3 query = new Vector3(near.Positions.AsSpan(3 * index, 3)) + random.NextOffset(deviation);
            query = Vector3.Clamp(query, new Vector3(-0.5f), new Vector3(0.5f));
            query.CopyTo(queries, 3 * index);
            distances[index] = MathF.Abs(shape.Distance(query));
        }

        return new DistancesSample(input.Positions, options.Resolution, queries, distances, surface.Positions, category);
    }
}
