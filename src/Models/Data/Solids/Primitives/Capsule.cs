using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>All points within Radius of the segment from Start to End.</summary>
public sealed record Capsule(Vector3 Start, Vector3 End, float Radius) : Solid
{
    public override Bounds Bounds => Bounds.Joined(
        Bounds.Around(Start, new Vector3(Radius)), Bounds.Around(End, new Vector3(Radius)));

    public override float Area => 2 * MathF.PI * Radius * (Vector3.Distance(Start, End) + (2 * Radius));

    public override float Distance(Vector3 point)
    {
        Vector3 axis = End - Start;
        float along = Math.Clamp(Vector3.Dot(point - Start, axis) / axis.LengthSquared(), 0, 1);
        return (point - Start - (along * axis)).Length() - Radius;
    }

    public override SurfacePoint Sample(KeyedRandom random)
    {
        Vector3 axis = End - Start;
        float length = axis.Length();
        Vector3 normal = random.NextDirection();
        if (random.NextSingle(0, length + (2 * Radius)) >= length)
        {
            // The two half balls.
            return new SurfacePoint((Vector3.Dot(normal, axis) < 0 ? Start : End) + (Radius * normal), normal);
        }

        Vector3 across = Vector3.Normalize(normal - (Vector3.Dot(normal, axis) / axis.LengthSquared() * axis));
        return new SurfacePoint(Start + (random.NextSingle(0, 1) * axis) + (Radius * across), across);
    }
}
