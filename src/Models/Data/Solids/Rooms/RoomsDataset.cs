using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Furnished rooms as points, distances and labels: what unsigned distance fields with semantic heads learn from.</summary>
public static class RoomsDataset
{
    private const long Stream = 105;

    /// <summary>The samples have no categories; the labels of their surfaces are <see cref="Rooms.LabelNames"/>.</summary>
    public static SampleSplits<RoomSample> Load(RoomsOptions options) =>
        Generation.Shared(options.Style == RoomStyle.Office ? "rooms-a" : "rooms-b", Stream + (int)options.Style, [], options, Draw);

    private static RoomSample Draw(KeyedRandom random, int category, RoomsOptions options)
    {
        Scene scene = Rooms.Draw(options.Style, random);
        float[] points = SurfaceSampling.Points(scene, options.PointCount, random).Positions;
        for (int start = 0; start < points.Length; start += 3)
        {
            (new Vector3(points.AsSpan(start, 3)) + random.NextOffset(options.PointNoise)).CopyTo(points, start);
        }

        SurfaceSamples near = SurfaceSampling.Points(scene, options.QueryCount, random);
        float[] queries = new float[3 * options.QueryCount];
        float[] distances = new float[options.QueryCount];
        byte[] labels = new byte[options.QueryCount];
        for (int index = 0; index < distances.Length; index++)
        {
            Vector3 query = Query(random, new Vector3(near.Positions.AsSpan(3 * index, 3)), index % 10);
            (int part, float distance) = scene.Nearest(query);
            query.CopyTo(queries, 3 * index);
            distances[index] = distance;
            labels[index] = (byte)scene.Parts[part].Label;
        }

        SurfaceSamples surface = SurfaceSampling.Points(scene, options.SurfaceCount, random);
        return new RoomSample(points, queries, distances, labels, surface.Positions, surface.Labels);
    }

    /// <summary>Of ten queries, five lie about 0.01 off the surface, four about 0.04 and one anywhere in the cube.</summary>
    private static Vector3 Query(KeyedRandom random, Vector3 surface, int kind)
    {
        Vector3 cube = new(0.5f);
        return kind switch
        {
            0 => random.NextPoint(Bounds.Around(Vector3.Zero, cube)),
            < 5 => Vector3.Clamp(surface + random.NextOffset(0.04f), -cube, cube),
            _ => Vector3.Clamp(surface + random.NextOffset(0.01f), -cube, cube),
        };
    }
}
