using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>The voxels around a vertical line in a room: what is where and what a scanner sees of it.</summary>
public sealed class ColumnGrid
{
    /// <summary>Voxels upwards.</summary>
    public const int Height = 62;

    /// <summary>Voxels along x and z.</summary>
    public const int Side = 31;

    /// <summary>Side of a voxel in metres: 62 of them are a little more than a room's height.</summary>
    public const float VoxelMetres = 0.05f;

    // A surface fills the voxels whose middles are within this of it, in voxels: thick enough to have no holes.
    private const float Reach = 0.6f;

    // A surface is up to two voxels thick, seen at a slant up to four; the scanner sees it through itself, but nothing behind it.
    private const int SurfaceThickness = 4;

    private const byte Hidden = byte.MaxValue;

    private readonly Vector3 corner;
    private readonly float voxel;
    // In the order height, z, x: 0 free, otherwise 1 + the room's label.
    private readonly byte[] labels = new byte[Height * Side * Side];

    // For each voxel the number of occupied voxels between it and the scanner; Hidden where a free one lies between.
    private readonly byte[] passed = new byte[Height * Side * Side];

    private ColumnGrid(Vector3 corner, float voxel) => (this.corner, this.voxel) = (corner, voxel);

    /// <summary>The grid whose middle column passes through a point, its floor one to four voxels above its lower end.</summary>
    public static ColumnGrid Around(Scene scene, Vector3 column, KeyedRandom random)
    {
        float voxel = VoxelMetres * scene.Metre;
        float bottom = scene.FloorHeight - ((0.5f + 1 + random.NextInt(4)) * voxel);
        float half = 0.5f * Side * voxel;
        var grid = new ColumnGrid(new Vector3(column.X - half, bottom, column.Z - half), voxel);
        grid.Fill(scene);
        grid.See(Scanner(scene, column, random));
        return grid;
    }

    /// <summary>Adds noise to what is seen.</summary>
    public ColumnSample Sample(KeyedRandom random, double noiseProbability)
    {
        sbyte[] values = new sbyte[2 * labels.Length];
        for (int index = 0; index < labels.Length; index++)
        {
            bool occupied = labels[index] > 0;
            bool seen = passed[index] < SurfaceThickness;
            bool shown = occupied != random.NextBool(noiseProbability);
            values[index] = (sbyte)(!seen ? -1 : shown ? 1 : 0);
            values[labels.Length + index] = (sbyte)(seen ? 1 : 0);
        }

        byte[] column = [.. Enumerable.Range(0, Height).Select(height => labels[Index(height, Side / 2, Side / 2)])];
        return new ColumnSample(values, column);
    }

    /// <summary>1.3 to 1.8 m above the floor, 0.8 to 2.5 m from the column.</summary>
    private static Vector3 Scanner(Scene scene, Vector3 column, KeyedRandom random)
    {
        Vector3 place = column + (random.NextSingle(0.8f, 2.5f) * scene.Metre * random.NextHorizontal());
        return place with { Y = scene.FloorHeight + (random.NextSingle(1.3f, 1.8f) * scene.Metre) };
    }

    private static int Index(int height, int z, int x) => (((height * Side) + z) * Side) + x;

    /// <summary>Gives every voxel near a surface the label of the nearest, part by part.</summary>
    private void Fill(Scene scene)
    {
        float[] nearest = new float[labels.Length];
        Array.Fill(nearest, Reach * voxel);
        foreach (ShapePart part in scene.Parts)
        {
            Bounds bounds = part.Bounds.Grown(Reach * voxel);
            Vector3 low = (bounds.Minimum - corner) / voxel;
            Vector3 high = (bounds.Maximum - corner) / voxel;
            for (int height = Math.Max((int)low.Y, 0); height <= Math.Min(high.Y, Height - 1); height++)
            {
                for (int z = Math.Max((int)low.Z, 0); z <= Math.Min(high.Z, Side - 1); z++)
                {
                    for (int x = Math.Max((int)low.X, 0); x <= Math.Min(high.X, Side - 1); x++)
                    {
                        int index = Index(height, z, x);
                        float distance = MathF.Abs(part.Solid.Distance(corner + (voxel * new Vector3(x + 0.5f, height + 0.5f, z + 0.5f))));
                        if (distance < nearest[index])
                        {
                            (nearest[index], labels[index]) = (distance, (byte)(1 + part.Label));
                        }
                    }
                }
            }
        }
    }

    /// <summary>
    /// Counts for every voxel the occupied ones towards the scanner, from the count of its neighbour on the line of sight. That is one step per
    /// voxel where a ray each would be thirty; the lines bend by less than a voxel per step.
    /// </summary>
    private void See(Vector3 scanner)
    {
        Vector3 place = (scanner - corner) / voxel;
        var known = new bool[labels.Length];
        for (int height = 0; height < Height; height++)
        {
            for (int z = 0; z < Side; z++)
            {
                for (int x = 0; x < Side; x++)
                {
                    Count(place, known, height, z, x);
                }
            }
        }
    }

    // Recursive: at most as deep as the grid is high, since each step is one voxel along the longest axis towards the scanner.
    private byte Count(Vector3 scanner, bool[] known, int height, int z, int x)
    {
        int index = Index(height, z, x);
        if (!known[index])
        {
            int towards = CountTowards(scanner, known, new Vector3(x + 0.5f, height + 0.5f, z + 0.5f));
            // A free voxel behind an occupied one is hidden, and so is all behind it.
            passed[index] = towards > 0 && labels[index] == 0 ? Hidden : (byte)Math.Min(towards, Hidden);
            known[index] = true;
        }

        return passed[index];
    }

    /// <summary>The count of the next voxel towards the scanner, itself included; 0 at the scanner and where the grid ends.</summary>
    private int CountTowards(Vector3 scanner, bool[] known, Vector3 middle)
    {
        Vector3 way = scanner - middle;
        float longest = MathF.Max(MathF.Abs(way.X), MathF.Max(MathF.Abs(way.Y), MathF.Abs(way.Z)));
        if (longest < 1)
        {
            return 0;
        }

        Vector3 next = middle + (way / longest);
        (int x, int height, int z) = ((int)MathF.Floor(next.X), (int)MathF.Floor(next.Y), (int)MathF.Floor(next.Z));
        bool inGrid = (uint)x < Side && (uint)height < Height && (uint)z < Side;
        return inGrid ? Count(scanner, known, height, z, x) + (labels[Index(height, z, x)] > 0 ? 1 : 0) : 0;
    }
}
