using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A room: open sheets (floor, walls) and furniture with semantic labels, in the cube [-0.5, 0.5]^3 with y up.</summary>
/// <remarks>
/// Its surface is that of all parts together; what lies inside a piece of furniture or below the floor is hidden and never sampled.
/// Immutable and thread-safe.
/// </remarks>
public sealed class Scene : ISurface
{
    private const float HiddenDepth = 1e-5f;

    private readonly ShapePart[] parts;

    /// <param name="parts">At least one.</param>
    /// <param name="floorHeight">y of the floor: what lies below is hidden.</param>
    /// <param name="metre">Length of one metre in the cube.</param>
    /// <exception cref="ArgumentException">There are no parts.</exception>
    public Scene(IReadOnlyList<ShapePart> parts, float floorHeight, float metre)
    {
        if (parts.Count == 0)
        {
            throw new ArgumentException("Expected at least one part, actual none.", nameof(parts));
        }

        this.parts = [.. parts];
        (FloorHeight, Metre) = (floorHeight, metre);
        Bounds = this.parts.Select(part => part.Bounds).Aggregate(Bounds.Joined);
    }

    public IReadOnlyList<ShapePart> Parts => parts;

    /// <summary>y of the floor.</summary>
    public float FloorHeight { get; }

    /// <summary>Length of one metre in the cube.</summary>
    public float Metre { get; }

    public Bounds Bounds { get; }

    /// <summary>
    /// The unsigned distance to the nearest part's surface. It is exact outside the furniture; inside, surfaces hidden in another part
    /// count, too.
    /// </summary>
    public float Distance(Vector3 point) => Nearest(point).Distance;

    /// <summary>The label of the nearest part.</summary>
    public int Label(Vector3 point) => parts[Nearest(point).Part].Label;

    /// <summary>Index of and unsigned distance to the nearest part.</summary>
    public (int Part, float Distance) Nearest(Vector3 point)
    {
        int nearest = 0;
        float least = float.PositiveInfinity;
        for (int index = 0; index < parts.Length; index++)
        {
            if (parts[index].Bounds.SquaredDistance(point) < least * least)
            {
                float distance = MathF.Abs(parts[index].Solid.Distance(point));
                (nearest, least) = distance < least ? (index, distance) : (nearest, least);
            }
        }

        return (nearest, least);
    }

    public bool IsHidden(Vector3 point, int part)
    {
        if (point.Y < FloorHeight - HiddenDepth)
        {
            return true;
        }

        for (int other = 0; other < parts.Length; other++)
        {
            if (other != part && parts[other].Bounds.SquaredDistance(point) == 0 && parts[other].Solid.Distance(point) < -HiddenDepth)
            {
                return true;
            }
        }

        return false;
    }
}
