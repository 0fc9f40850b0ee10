using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A tube of radius Thickness along the circle of radius Radius in the x-y plane, for angles |angle| at most HalfAngle, with round ends.</summary>
/// <remarks>Angle 0 is the x axis. HalfAngle = pi is the whole ring (a torus about z).</remarks>
public sealed record Arc(Vector3 Centre, float Radius, float Thickness, float HalfAngle) : Solid
{
    private readonly float sine = MathF.Sin(HalfAngle);
    private readonly float cosine = MathF.Cos(HalfAngle);

    public override Bounds Bounds => Bounds.Around(Centre, new Vector3(Radius + Thickness, Radius + Thickness, Thickness));

    /// <summary>The tube's area by Pappus (4 pi HalfAngle Radius Thickness) and, unless it is closed, two half balls.</summary>
    public override float Area => (4 * MathF.PI * HalfAngle * Radius * Thickness) + EndArea;

    private float EndArea => HalfAngle < MathF.PI ? 4 * MathF.PI * Thickness * Thickness : 0;

    public override float Distance(Vector3 point)
    {
        Vector3 p = point - Centre;
        // By symmetry one half is enough; there the cosine falls with the angle, so it tells which side of the end a point is on.
        var across = new Vector2(p.X, MathF.Abs(p.Y));
        float length = across.Length();
        bool beyondEnd = HalfAngle < MathF.PI && p.X < cosine * length;
        float gap = beyondEnd ? (across - (Radius * new Vector2(cosine, sine))).Length() : length - Radius;
        return MathF.Sqrt((gap * gap) + (p.Z * p.Z)) - Thickness;
    }

    public override SurfacePoint Sample(KeyedRandom random) =>
        random.NextSingle(0, Area) < EndArea ? SampleEnd(random) : SampleTube(random);

    private SurfacePoint SampleEnd(KeyedRandom random)
    {
        float side = random.NextBool(0.5) ? 1 : -1;
        Vector3 outwards = new(-sine, side * cosine, 0);
        Vector3 normal = random.NextDirection();
        normal = Vector3.Dot(normal, outwards) < 0 ? -normal : normal;
        return new SurfacePoint(Centre + (Radius * new Vector3(cosine, side * sine, 0)) + (Thickness * normal), normal);
    }

    private SurfacePoint SampleTube(KeyedRandom random)
    {
        (float y, float x) = MathF.SinCos(random.NextSingle(-HalfAngle, HalfAngle));
        Vector3 radial = new(x, y, 0);
        Vector3 around = random.NextHorizontal();
        // The outer half of the tube has more area: keep a draw with probability (R + r cos) / (R + r).
        while (random.NextSingle(0, Radius + Thickness) > Radius + (Thickness * around.X))
        {
            around = random.NextHorizontal();
        }

        Vector3 normal = (around.X * radial) + (around.Z * Vector3.UnitZ);
        return new SurfacePoint(Centre + (Radius * radial) + (Thickness * normal), normal);
    }
}
