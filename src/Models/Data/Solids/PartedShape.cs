using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>The union of labelled bodies, in the cube [-0.5, 0.5]^3 with y up. Immutable and thread-safe.</summary>
public sealed record PartedShape : ISurface
{
    // Points this deep inside another part are not on the union's surface; contacts are made deeper than this, rounding is smaller.
    private const float HiddenDepth = 1e-5f;

    private readonly ShapePart[] parts;

    /// <exception cref="ArgumentException">There are no parts.</exception>
    public PartedShape(IReadOnlyList<ShapePart> parts, int category)
    {
        if (parts.Count == 0)
        {
            throw new ArgumentException("Expected at least one part, actual none.", nameof(parts));
        }

        this.parts = [.. parts];
        Category = category;
        Bounds = this.parts.Select(part => part.Bounds).Aggregate(Bounds.Joined);
    }

    public IReadOnlyList<ShapePart> Parts => parts;

    public int Category { get; }

    public Bounds Bounds { get; }

    /// <summary>
    /// The least signed distance to a part. Outside it is the exact distance to the union; inside it has the right sign, and its size is at
    /// most the depth.
    /// </summary>
    public float Distance(Vector3 point) => Nearest(point).Distance;

    /// <summary>The label of the part with the least signed distance: inside, of the part in which the point lies deepest.</summary>
    public int Label(Vector3 point) => parts[Nearest(point).Part].Label;

    /// <summary>True inside and on the surface.</summary>
    public bool Contains(Vector3 point)
    {
        foreach (ShapePart part in parts)
        {
            if (part.Bounds.SquaredDistance(point) == 0 && part.Solid.Distance(point) <= 0)
            {
                return true;
            }
        }

        return false;
    }

    public bool IsHidden(Vector3 point, int part)
    {
        for (int other = 0; other < parts.Length; other++)
        {
            if (other != part && parts[other].Bounds.SquaredDistance(point) == 0 && parts[other].Solid.Distance(point) < -HiddenDepth)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Index of and signed distance to the nearest part.</summary>
    public (int Part, float Distance) Nearest(Vector3 point)
    {
        int nearest = 0;
        float least = float.PositiveInfinity;
        for (int index = 0; index < parts.Length; index++)
        {
            // A body is at least as far as its box; within the box nothing is known.
            float squared = parts[index].Bounds.SquaredDistance(point);
            if (squared > 0 && (least <= 0 || squared >= least * least))
            {
                continue;
            }

            float distance = parts[index].Solid.Distance(point);
            if (distance < least)
            {
                (nearest, least) = (index, distance);
            }
        }

        return (nearest, least);
    }
}
