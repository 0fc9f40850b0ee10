using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Regular grids of the cube [-0.5, 0.5]^3, as bytes in the order z, y, x (x fastest).</summary>
public static class VoxelGrid
{
    /// <summary>Where the middle of voxel i lies along an axis: (i + 0.5) / resolution - 0.5.</summary>
    public static float Coordinate(int index, int resolution) => ((index + 0.5f) / resolution) - 0.5f;

    /// <summary>The middle of voxel (z, y, x).</summary>
    public static Vector3 Centre(int z, int y, int x, int resolution) =>
        new(Coordinate(x, resolution), Coordinate(y, resolution), Coordinate(z, resolution));

    /// <summary>1 where a voxel's middle lies within <paramref name="margin"/> of the shape or in it, otherwise 0.</summary>
    /// <param name="shape">Rasterised part by part, each within its bounds.</param>
    /// <param name="resolution">Voxels along each axis.</param>
    /// <param name="margin">
    /// In voxels; default 0: occupancy is the sign of the distance. A little more keeps legs and rims that are thinner than a voxel.</param>
    /// <returns>resolution^3 bytes.</returns>
    public static byte[] Occupancy(PartedShape shape, int resolution, float margin = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 1);
        byte[] grid = new byte[resolution * resolution * resolution];
        float reach = margin / resolution;
        foreach (ShapePart part in shape.Parts)
        {
            Fill(grid, resolution, part, reach);
        }

        return grid;
    }

    /// <summary>1 where a voxel holds at least one of the points, otherwise 0; points outside the cube are left out.</summary>
    /// <param name="positions">Count x 3 coordinates.</param>
    /// <param name="resolution">Voxels along each axis.</param>
    /// <returns>resolution^3 bytes.</returns>
    public static byte[] Points(ReadOnlySpan<float> positions, int resolution)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(resolution, 1);
        byte[] grid = new byte[resolution * resolution * resolution];
        for (int start = 0; start < positions.Length; start += 3)
        {
            Vector3 place = resolution * (new Vector3(positions.Slice(start, 3)) + new Vector3(0.5f));
            (int x, int y, int z) = ((int)MathF.Floor(place.X), (int)MathF.Floor(place.Y), (int)MathF.Floor(place.Z));
            if ((uint)x < resolution && (uint)y < resolution && (uint)z < resolution)
            {
                grid[(((z * resolution) + y) * resolution) + x] = 1;
            }
        }

        return grid;
    }

    private static void Fill(byte[] grid, int resolution, ShapePart part, float reach)
    {
        Bounds bounds = part.Bounds.Grown(reach);
        (int firstX, int lastX) = Range(bounds.Minimum.X, bounds.Maximum.X, resolution);
        (int firstY, int lastY) = Range(bounds.Minimum.Y, bounds.Maximum.Y, resolution);
        (int firstZ, int lastZ) = Range(bounds.Minimum.Z, bounds.Maximum.Z, resolution);
        for (int z = firstZ; z <= lastZ; z++)
        {
            for (int y = firstY; y <= lastY; y++)
            {
                Span<byte> row = grid.AsSpan(((z * resolution) + y) * resolution, resolution);
                for (int x = firstX; x <= lastX; x++)
                {
                    if (row[x] == 0 && part.Solid.Distance(Centre(z, y, x, resolution)) <= reach)
                    {
                        row[x] = 1;
                    }
                }
            }
        }
    }

    // The voxels whose middles lie between two coordinates; one more on either side costs little and forgives rounding.
    private static (int First, int Last) Range(float low, float high, int resolution) => (
        Math.Max((int)MathF.Floor((low + 0.5f) * resolution) - 1, 0),
        Math.Min((int)MathF.Ceiling((high + 0.5f) * resolution), resolution - 1));
}
