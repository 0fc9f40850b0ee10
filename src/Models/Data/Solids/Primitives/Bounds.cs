using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A box along the axes, given by its two extreme corners.</summary>
public readonly record struct Bounds(Vector3 Minimum, Vector3 Maximum)
{
    public Vector3 Centre => 0.5f * (Minimum + Maximum);

    /// <summary>Lengths of the sides.</summary>
    public Vector3 Extent => Maximum - Minimum;

    /// <summary>The box around a centre with the given half sides.</summary>
    public static Bounds Around(Vector3 centre, Vector3 half) => new(centre - half, centre + half);

    /// <summary>The smallest box that holds both.</summary>
    public static Bounds Joined(Bounds first, Bounds second) =>
        new(Vector3.Min(first.Minimum, second.Minimum), Vector3.Max(first.Maximum, second.Maximum));

    /// <summary>The square of the distance from a point to the box; 0 inside.</summary>
    public float SquaredDistance(Vector3 point) =>
        Vector3.Max(Vector3.Max(Minimum - point, point - Maximum), Vector3.Zero).LengthSquared();

    /// <summary>The box with every side moved outwards by a margin.</summary>
    public Bounds Grown(float margin) => new(Minimum - new Vector3(margin), Maximum + new Vector3(margin));

    /// <summary>Where a ray is in the box: null when it misses, otherwise the interval of t >= 0 of origin + t direction (slab method).</summary>
    public (float Near, float Far)? Crossing(Vector3 origin, Vector3 inverseDirection)
    {
        Vector3 first = (Minimum - origin) * inverseDirection;
        Vector3 second = (Maximum - origin) * inverseDirection;
        Vector3 low = Vector3.Min(first, second);
        Vector3 high = Vector3.Max(first, second);
        float near = MathF.Max(MathF.Max(low.X, low.Y), MathF.Max(low.Z, 0));
        float far = MathF.Min(MathF.Min(high.X, high.Y), high.Z);
        return near <= far ? (near, far) : null;
    }
}
