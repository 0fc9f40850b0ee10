using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A flat rectangle without thickness, in the plane x-z around Centre: a floor; moved, a wall. Its distance is never negative.</summary>
public sealed record Panel(Vector3 Centre, float HalfWidth, float HalfDepth) : Solid
{
    public override Bounds Bounds => Bounds.Around(Centre, new Vector3(HalfWidth, 0, HalfDepth));

    /// <summary>Of one side.</summary>
    public override float Area => 4 * HalfWidth * HalfDepth;

    public override float Distance(Vector3 point) => MathF.Sqrt(Bounds.SquaredDistance(point));

    public override SurfacePoint Sample(KeyedRandom random) => new(
        Centre + new Vector3(random.NextSingle(-HalfWidth, HalfWidth), 0, random.NextSingle(-HalfDepth, HalfDepth)), Vector3.UnitY);
}
