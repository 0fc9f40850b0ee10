using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A cuboid along the axes with half sides Half: with q = |p - Centre| - Half, |max(q, 0)| + min(max(q_x, q_y, q_z), 0).</summary>
public sealed record Box(Vector3 Centre, Vector3 Half) : Solid
{
    public override Bounds Bounds => Bounds.Around(Centre, Half);

    public override float Area => 8 * ((Half.X * Half.Y) + (Half.Y * Half.Z) + (Half.Z * Half.X));

    public override float Distance(Vector3 point)
    {
        Vector3 q = Vector3.Abs(point - Centre) - Half;
        return Vector3.Max(q, Vector3.Zero).Length() + MathF.Min(MathF.Max(q.X, MathF.Max(q.Y, q.Z)), 0);
    }

    public override SurfacePoint Sample(KeyedRandom random)
    {
        // A pair of faces by its area, a side, a point of the face.
        float chosen = random.NextSingle(0, Area / 8);
        int axis = chosen < Half.Y * Half.Z ? 0 : chosen < Half.Z * (Half.X + Half.Y) ? 1 : 2;
        Vector3 normal = Vector3.Zero;
        normal[axis] = random.NextBool(0.5) ? 1 : -1;
        Vector3 position = new(random.NextSingle(-Half.X, Half.X), random.NextSingle(-Half.Y, Half.Y), random.NextSingle(-Half.Z, Half.Z));
        position[axis] = normal[axis] * Half[axis];
        return new SurfacePoint(Centre + position, normal);
    }
}
