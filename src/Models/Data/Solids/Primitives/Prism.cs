using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A convex polygon of (x, z) corners, swept along y from -HalfHeight to HalfHeight: wings, fins, slanted boards.</summary>
public sealed record Prism : Solid
{
    private readonly Vector2[] corners;
    private readonly float[] areas;
    private readonly float orientation;

    /// <exception cref="ArgumentException">The corners are not those of a convex polygon with an area, or the height is not positive.</exception>
    public Prism(float halfHeight, params IReadOnlyList<Vector2> outline)
    {
        corners = [.. outline];
        float area = corners.Length < 3 ? 0 : Sections.SignedArea(corners);
        orientation = MathF.Sign(area);
        if (!(halfHeight > 0) || area == 0 || !IsConvex())
        {
            throw new ArgumentException(
                $"Expected a convex polygon and a positive half height, actual {string.Join(", ", corners)} and {halfHeight}.", nameof(outline));
        }

        HalfHeight = halfHeight;
        // First the two lids, as triangles of a fan around corner 0, then the sides.
        areas =
        [
            .. Enumerable.Range(1, corners.Length - 2).Select(index => 2 * MathF.Abs(Sections.SignedArea([corners[0], corners[index], corners[index + 1]]))),
            .. corners.Select((corner, index) => 2 * halfHeight * Vector2.Distance(corner, Next(index))),
        ];
        Area = areas.Sum();
        Bounds = new Bounds(
            new Vector3(corners.Min(corner => corner.X), -halfHeight, corners.Min(corner => corner.Y)),
            new Vector3(corners.Max(corner => corner.X), halfHeight, corners.Max(corner => corner.Y)));
    }

    public float HalfHeight { get; }

    public override Bounds Bounds { get; }

    public override float Area { get; }

    public override float Distance(Vector3 point) => Sections.Product(
        Sections.Polygon(new Vector2(point.X, point.Z), corners, openAxis: false), MathF.Abs(point.Y) - HalfHeight);

    public override SurfacePoint Sample(KeyedRandom random)
    {
        int face = random.NextIndex(areas, Area);
        int triangles = corners.Length - 2;
        return face < triangles ? SampleLid(random, face + 1) : SampleSide(random, face - triangles);
    }

    private SurfacePoint SampleLid(KeyedRandom random, int corner)
    {
        // The square root makes the triangle's points uniform (Turk, "Generating random points in triangles").
        float root = MathF.Sqrt(random.NextSingle(0, 1));
        Vector2 edge = Vector2.Lerp(corners[corner], corners[corner + 1], random.NextSingle(0, 1));
        Vector2 place = Vector2.Lerp(corners[0], edge, root);
        Vector3 normal = random.NextBool(0.5) ? Vector3.UnitY : -Vector3.UnitY;
        return new SurfacePoint(new Vector3(place.X, 0, place.Y) + (HalfHeight * normal), normal);
    }

    private SurfacePoint SampleSide(KeyedRandom random, int corner)
    {
        Vector2 place = Vector2.Lerp(corners[corner], Next(corner), random.NextSingle(0, 1));
        Vector2 direction = orientation * Vector2.Normalize(Next(corner) - corners[corner]);
        return new SurfacePoint(
            new Vector3(place.X, random.NextSingle(-HalfHeight, HalfHeight), place.Y), new Vector3(direction.Y, 0, -direction.X));
    }

    private bool IsConvex() => corners
        .Select((corner, index) => orientation * Sections.SignedArea([corner, Next(index), Next(index + 1)]))
        .All(turn => turn >= 0);

    private Vector2 Next(int index) => corners[(index + 1) % corners.Length];
}
