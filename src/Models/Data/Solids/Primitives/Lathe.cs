using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A body of revolution about the y axis: a simple polygon of (radius, height) corners, radius at least 0, turned once around.</summary>
/// <remarks>Hollow vessels, shades and cones are such bodies. Edges on the axis are inside the body, not surface.</remarks>
public sealed record Lathe : Solid
{
    private readonly Vector2[] corners;
    private readonly float[] areas;
    private readonly float outwards;

    /// <exception cref="ArgumentException">There are fewer than three corners, a radius is negative, or the polygon has no area.</exception>
    public Lathe(params IReadOnlyList<Vector2> profile)
    {
        corners = [.. profile];
        if (corners.Length < 3 || corners.Any(corner => corner.X < 0))
        {
            throw new ArgumentException(
                $"Expected at least 3 corners of radius 0 or more, actual {string.Join(", ", corners)}.", nameof(profile));
        }

        float signedArea = Sections.SignedArea(corners);
        if (signedArea == 0)
        {
            throw new ArgumentException("Expected a profile that encloses an area, actual area 0.", nameof(profile));
        }

        outwards = MathF.Sign(signedArea);
        // The lateral area of a frustum: pi (r1 + r2) times the slanted length.
        areas = [.. corners.Select((corner, index) => MathF.PI * (corner.X + Next(index).X) * Vector2.Distance(corner, Next(index)))];
        Area = areas.Sum();
        float radius = corners.Max(corner => corner.X);
        Bounds = new Bounds(
            new Vector3(-radius, corners.Min(corner => corner.Y), -radius), new Vector3(radius, corners.Max(corner => corner.Y), radius));
    }

    public override Bounds Bounds { get; }

    public override float Area { get; }

    /// <summary>A truncated cone around the axis between two heights; a radius may be 0.</summary>
    public static Lathe Cone(float lowerRadius, float upperRadius, float bottom, float top) => new(
        new Vector2(0, bottom), new Vector2(lowerRadius, bottom), new Vector2(upperRadius, top), new Vector2(0, top));

    public override float Distance(Vector3 point) =>
        Sections.Polygon(new Vector2(MathF.Sqrt((point.X * point.X) + (point.Z * point.Z)), point.Y), corners, openAxis: true);

    public override SurfacePoint Sample(KeyedRandom random)
    {
        int edge = random.NextIndex(areas, Area);
        Vector2 from = corners[edge];
        Vector2 to = Next(edge);
        // The circumference grows linearly along the edge: the share s of the edge has the distribution function
        // (2 r1 s + (r2 - r1) s^2) / (r1 + r2), inverted here in the form that has no cancellation for r1 = r2.
        float u = random.NextSingle(0, 1);
        float share = u * (from.X + to.X) / (from.X + MathF.Sqrt(((1 - u) * from.X * from.X) + (u * to.X * to.X)));
        Vector2 place = Vector2.Lerp(from, to, share);
        Vector2 direction = outwards * Vector2.Normalize(to - from);
        Vector3 radial = random.NextHorizontal();
        return new SurfacePoint(
            (place.X * radial) + (place.Y * Vector3.UnitY), (direction.Y * radial) - (direction.X * Vector3.UnitY));
    }

    private Vector2 Next(int index) => corners[(index + 1) % corners.Length];
}
