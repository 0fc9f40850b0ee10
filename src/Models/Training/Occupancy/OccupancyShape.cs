namespace Bitcurve.Models.Training.Occupancy;

/// <summary>What an occupancy network is given of one shape, and what it should tell of it. Treat the arrays as read-only.</summary>
/// <param name="Surface">P x 3 points of the surface, which lies in [-0.5, 0.5]^3.</param>
/// <param name="SurfaceParts">P part labels; empty for shapes without known parts.</param>
/// <param name="Queries">Q x 3 points in and around the shape.</param>
/// <param name="Occupancies">Q: 1 inside, 0 outside.</param>
/// <param name="Parts">Q part labels, <see cref="Outside"/> where there is none; empty for shapes without known parts.</param>
/// <param name="Category">0 .. K - 1.</param>
/// <param name="Images">Views of it, each 3 x S x S bytes; empty for point clouds alone.</param>
public sealed record OccupancyShape(
    float[] Surface, byte[] SurfaceParts, float[] Queries, byte[] Occupancies, byte[] Parts, int Category, IReadOnlyList<byte[]> Images)
{
    /// <summary>The label of points that lie in no part.</summary>
    public const byte Outside = 255;

    /// <summary>P.</summary>
    public int SurfaceCount => Surface.Length / 3;

    /// <summary>Q.</summary>
    public int QueryCount => Occupancies.Length;
}
