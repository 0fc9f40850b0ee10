using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>An upright cylinder, |y - Centre.y| at most HalfHeight.</summary>
public sealed record Cylinder(Vector3 Centre, float Radius, float HalfHeight) : Solid
{
    public override Bounds Bounds => Bounds.Around(Centre, new Vector3(Radius, HalfHeight, Radius));

    public override float Area => 2 * MathF.PI * Radius * (Radius + (2 * HalfHeight));

    public override float Distance(Vector3 point)
    {
        Vector3 p = point - Centre;
        return Sections.Product(MathF.Sqrt((p.X * p.X) + (p.Z * p.Z)) - Radius, MathF.Abs(p.Y) - HalfHeight);
    }

    public override SurfacePoint Sample(KeyedRandom random)
    {
        Vector3 outwards = random.NextHorizontal();
        float height = random.NextSingle(-HalfHeight, HalfHeight);
        if (random.NextSingle(0, Radius + (2 * HalfHeight)) >= Radius)
        {
            return new SurfacePoint(Centre + (Radius * outwards) + (height * Vector3.UnitY), outwards);
        }

        // The square root spreads the points of a disc evenly.
        Vector3 normal = height < 0 ? -Vector3.UnitY : Vector3.UnitY;
        float radius = Radius * MathF.Sqrt(random.NextSingle(0, 1));
        return new SurfacePoint(Centre + (radius * outwards) + (HalfHeight * normal), normal);
    }
}
