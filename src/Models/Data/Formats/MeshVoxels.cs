using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Data.Formats;

/// <summary>Meshes as voxels, centred in a grid with a free margin: R^3 bytes, 1 occupied, in the order z, y, x.</summary>
/// <remarks>
/// As 3D ShapeNets (Wu et al., CVPR 2015, section 5) and VoxNet (Maturana and Scherer, IROS 2015): the mesh's longest side takes 24 of 30
/// voxels (26 of 32), a voxel is occupied where a triangle touches it, and whatever cannot be reached from outside through free voxels is inside.
/// </remarks>
public static class MeshVoxels
{
    /// <summary>Voxels left free on each side: a tenth.</summary>
    public static int Margin(int resolution) => resolution / 10;

    /// <summary>Voxelises the mesh: O(R^3 + voxels in the triangles' boxes) time.</summary>
    /// <param name="mesh">Anywhere; it is centred and scaled.</param>
    /// <param name="resolution">R: at least 2.</param>
    /// <param name="fill">Whether the inside is occupied, too.</param>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is below 2.</exception>
    /// <exception cref="InvalidOperationException">The mesh has no extent.</exception>
    public static byte[] Occupancy(TriangleMesh mesh, int resolution, bool fill = true)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 2);
        // A thousandth less than whole voxels, so that flat sides on the boundary do not touch the next ones.
        float side = (resolution - (2 * Margin(resolution))) * 0.999f;
        TriangleMesh scaled = mesh.Centred(side);
        byte[] grid = new byte[resolution * resolution * resolution];
        var middle = new Vector3(resolution / 2f);
        foreach (Triangle triangle in scaled.Triangles)
        {
            Mark(scaled.Vertices[triangle.A] + middle, scaled.Vertices[triangle.B] + middle, scaled.Vertices[triangle.C] + middle, grid, resolution);
        }

        if (fill)
        {
            Fill(grid, resolution);
        }

        return grid;
    }

    private static void Mark(Vector3 a, Vector3 b, Vector3 c, byte[] grid, int resolution)
    {
        (Vector3 low, Vector3 high) = (Vector3.Min(a, Vector3.Min(b, c)), Vector3.Max(a, Vector3.Max(b, c)));
        var last = new Vector3(resolution - 1);
        (low, high) = (Vector3.Clamp(low, Vector3.Zero, last), Vector3.Clamp(high, Vector3.Zero, last));
        for (int z = (int)low.Z; z <= (int)high.Z; z++)
        {
            for (int y = (int)low.Y; y <= (int)high.Y; y++)
            {
                for (int x = (int)low.X; x <= (int)high.X; x++)
                {
                    int index = (((z * resolution) + y) * resolution) + x;
                    var centre = new Vector3(x + 0.5f, y + 0.5f, z + 0.5f);
                    if (grid[index] == 0 && Touches(a - centre, b - centre, c - centre))
                    {
                        grid[index] = 1;
                    }
                }
            }
        }
    }

    // Whether a triangle meets the cube [-0.5, 0.5]^3: no axis separates them (Akenine-Moller, "Fast 3D triangle-box overlap testing", 2001).
    private static bool Touches(Vector3 a, Vector3 b, Vector3 c)
    {
        (Vector3 ab, Vector3 bc, Vector3 ca) = (b - a, c - b, a - c);
        return Overlaps(Vector3.UnitX, a, b, c) && Overlaps(Vector3.UnitY, a, b, c) && Overlaps(Vector3.UnitZ, a, b, c)
            && Overlaps(Vector3.Cross(ab, bc), a, b, c) && OverlapsAcross(ab, a, b, c) && OverlapsAcross(bc, a, b, c) && OverlapsAcross(ca, a, b, c);
    }

    private static bool OverlapsAcross(Vector3 edge, Vector3 a, Vector3 b, Vector3 c) =>
        Overlaps(new Vector3(0, -edge.Z, edge.Y), a, b, c) && Overlaps(new Vector3(edge.Z, 0, -edge.X), a, b, c)
        && Overlaps(new Vector3(-edge.Y, edge.X, 0), a, b, c);

    private static bool Overlaps(Vector3 axis, Vector3 a, Vector3 b, Vector3 c)
    {
        (float p, float q, float r) = (Vector3.Dot(axis, a), Vector3.Dot(axis, b), Vector3.Dot(axis, c));
        float reach = Vector3.Dot(Vector3.Abs(axis), new Vector3(0.5f));
        return Math.Min(p, Math.Min(q, r)) <= reach && Math.Max(p, Math.Max(q, r)) >= -reach;
    }

    // Marks what is free now and not connected to the grid's border by free voxels that share a side.
    private static void Fill(byte[] grid, int resolution)
    {
        const byte Outside = 2;
        var open = new Stack<int>();
        int last = resolution - 1;
        for (int index = 0; index < grid.Length; index++)
        {
            (int x, int y, int z) = Place(index);
            if (x == 0 || y == 0 || z == 0 || x == last || y == last || z == last)
            {
                Reach(index);
            }
        }

        while (open.TryPop(out int index))
        {
            (int x, int y, int z) = Place(index);
            Spread(index, x, 1);
            Spread(index, y, resolution);
            Spread(index, z, resolution * resolution);
        }

        for (int index = 0; index < grid.Length; index++)
        {
            grid[index] = grid[index] == Outside ? (byte)0 : (byte)1;
        }

        (int X, int Y, int Z) Place(int index) => (index % resolution, index / resolution % resolution, index / resolution / resolution);

        // To both neighbours along one axis.
        void Spread(int index, int coordinate, int step)
        {
            if (coordinate > 0)
            {
                Reach(index - step);
            }

            if (coordinate < last)
            {
                Reach(index + step);
            }
        }

        void Reach(int index)
        {
            if (grid[index] == 0)
            {
                grid[index] = Outside;
                open.Push(index);
            }
        }
    }
}
