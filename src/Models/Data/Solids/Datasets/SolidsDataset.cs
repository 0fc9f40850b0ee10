using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Voxel grids of the ten categories, with clutter, cuts and noise: what classifiers of volumes learn from.</summary>
public static class SolidsDataset
{
    private const long Stream = 101;

    public static SampleSplits<SolidsSample> Load(SolidsOptions options) =>
        Generation.Shared("solids", Stream, ShapeFamilies.Categories, options, Draw);

    private static SolidsSample Draw(KeyedRandom random, int category, SolidsOptions options)
    {
        PartedShape shape = ShapeFamilies.Draw(category, random, options.Variation);
        int clutter = random.NextInt(options.MaximumClutter + 1);
        ShapePart[] blobs = [.. Enumerable.Range(0, clutter).Select(_ => Blob(random))];
        byte[] voxels = VoxelGrid.Occupancy(shape, options.Resolution, options.Margin);
        if (random.NextBool(options.CutProbability))
        {
            Cut(voxels, options.Resolution, random.NextDirection(), random.NextSingle(0.1f, 0.4f));
        }

        if (clutter > 0)
        {
            byte[] added = VoxelGrid.Occupancy(new PartedShape(blobs, category), options.Resolution, options.Margin);
            for (int voxel = 0; voxel < voxels.Length; voxel++)
            {
                voxels[voxel] |= added[voxel];
            }
        }

        for (int voxel = 0; voxel < voxels.Length; voxel++)
        {
            voxels[voxel] ^= random.NextBool(options.NoiseProbability) ? (byte)1 : (byte)0;
        }

        return new SolidsSample(voxels, category);
    }

    /// <summary>A small ball or box anywhere.</summary>
    private static ShapePart Blob(KeyedRandom random)
    {
        Vector3 centre = random.NextPoint(Bounds.Around(Vector3.Zero, new Vector3(0.45f)));
        Vector3 half = random.NextPoint(new Bounds(new Vector3(0.03f), new Vector3(0.1f)));
        Solid solid = random.NextBool(0.5) ? new Sphere(centre, half.X) : new Box(centre, half);
        return new ShapePart(solid, 0);
    }

    /// <summary>Empties the half-space in which direction . p is above a value, as if it had not been seen.</summary>
    private static void Cut(byte[] voxels, int resolution, Vector3 direction, float above)
    {
        int index = 0;
        for (int z = 0; z < resolution; z++)
        {
            for (int y = 0; y < resolution; y++)
            {
                for (int x = 0; x < resolution; x++, index++)
                {
                    if (Vector3.Dot(direction, VoxelGrid.Centre(z, y, x, resolution)) > above)
                    {
                        voxels[index] = 0;
                    }
                }
            }
        }
    }
}
