using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Distances in a plane from which the bodies are swept.</summary>
internal static class Sections
{
    /// <summary>The signed distance to the product of two sets whose own signed distances are given: |max(w, 0)| + min(max(u, v), 0).</summary>
    public static float Product(float u, float v)
    {
        float outsideU = MathF.Max(u, 0);
        float outsideV = MathF.Max(v, 0);
        return MathF.Sqrt((outsideU * outsideU) + (outsideV * outsideV)) + MathF.Min(MathF.Max(u, v), 0);
    }

    /// <summary>The signed distance to a simple polygon (Quilez, "distance to a polygon"): nearest edge, sign by crossings.</summary>
    /// <param name="point">In the polygon's plane.</param>
    /// <param name="corners">In either order.</param>
    /// <param name="openAxis">True where edges on the line x = 0 lie inside a body of revolution and so are no surface.</param>
    public static float Polygon(Vector2 point, ReadOnlySpan<Vector2> corners, bool openAxis)
    {
        float nearest = float.PositiveInfinity;
        bool inside = false;
        Vector2 previous = corners[^1];
        foreach (Vector2 corner in corners)
        {
            Vector2 edge = previous - corner;
            Vector2 offset = point - corner;
            if (!openAxis || corner.X != 0 || previous.X != 0)
            {
                float along = Math.Clamp(Vector2.Dot(offset, edge) / edge.LengthSquared(), 0, 1);
                nearest = MathF.Min(nearest, (offset - (along * edge)).LengthSquared());
            }

            bool crosses = (corner.Y <= point.Y) != (previous.Y <= point.Y);
            if (crosses && (offset.X * edge.Y < offset.Y * edge.X) == (edge.Y > 0))
            {
                inside = !inside;
            }

            previous = corner;
        }

        float distance = MathF.Sqrt(nearest);
        return inside ? -distance : distance;
    }

    /// <summary>The area of a polygon with a sign: positive when the corners run anticlockwise.</summary>
    public static float SignedArea(ReadOnlySpan<Vector2> corners)
    {
        float twice = 0;
        Vector2 previous = corners[^1];
        foreach (Vector2 corner in corners)
        {
            twice += (previous.X * corner.Y) - (corner.X * previous.Y);
            previous = corner;
        }

        return 0.5f * twice;
    }
}
