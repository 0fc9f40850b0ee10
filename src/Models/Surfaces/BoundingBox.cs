using System.Numerics;

namespace Bitcurve.Models.Surfaces;

/// <summary>A box along the axes, from its lowest to its highest corner.</summary>
public readonly record struct BoundingBox(Vector3 Low, Vector3 High)
{
    /// <summary>[-0.5, 0.5]^3, in which all shapes lie.</summary>
    public static BoundingBox UnitCube { get; } = new(new Vector3(-0.5f), new Vector3(0.5f));

    public Vector3 Size => High - Low;

    public Vector3 Centre => (Low + High) / 2;

    /// <summary>The box whose corners are the first and the last voxel's centre, where resolution^3 voxels fill the unit cube.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is below 1.</exception>
    public static BoundingBox VoxelCentres(int resolution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution);
        var end = new Vector3(0.5f - (0.5f / resolution));
        return new BoundingBox(-end, end);
    }

    /// <summary>The smallest box around all points.</summary>
    /// <exception cref="ArgumentException">There are no points.</exception>
    public static BoundingBox Of(ReadOnlySpan<Vector3> points)
    {
        if (points.IsEmpty)
        {
            throw new ArgumentException("Expected at least one point, actual none.", nameof(points));
        }

        (Vector3 low, Vector3 high) = (points[0], points[0]);
        foreach (Vector3 point in points)
        {
            (low, high) = (Vector3.Min(low, point), Vector3.Max(high, point));
        }

        return new BoundingBox(low, high);
    }
}
