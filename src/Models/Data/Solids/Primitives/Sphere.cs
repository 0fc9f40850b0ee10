using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A ball: |p - Centre| - Radius.</summary>
public sealed record Sphere(Vector3 Centre, float Radius) : Solid
{
    public override Bounds Bounds => Bounds.Around(Centre, new Vector3(Radius));

    public override float Area => 4 * MathF.PI * Radius * Radius;

    public override float Distance(Vector3 point) => (point - Centre).Length() - Radius;

    public override SurfacePoint Sample(KeyedRandom random)
    {
        Vector3 normal = random.NextDirection();
        return new SurfacePoint(Centre + (Radius * normal), normal);
    }
}
