using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A ring about the y axis: radius Radius to the middle of the tube, tube of radius Thickness.</summary>
public sealed record Torus(Vector3 Centre, float Radius, float Thickness) : Solid
{
    // The closed arc about z, turned by a quarter about x.
    private readonly Moved ring = new(
        new Arc(Vector3.Zero, Radius, Thickness, MathF.PI), Pose.Turned(Vector3.UnitX, MathF.PI / 2, Centre));

    public override Bounds Bounds => Bounds.Around(Centre, new Vector3(Radius + Thickness, Thickness, Radius + Thickness));

    public override float Area => ring.Area;

    public override float Distance(Vector3 point)
    {
        Vector3 p = point - Centre;
        float across = MathF.Sqrt((p.X * p.X) + (p.Z * p.Z)) - Radius;
        return MathF.Sqrt((across * across) + (p.Y * p.Y)) - Thickness;
    }

    public override SurfacePoint Sample(KeyedRandom random) => ring.Sample(random);
}
