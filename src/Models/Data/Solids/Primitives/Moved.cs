using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A solid turned, scaled and shifted: distances scale with it and stay exact.</summary>
public sealed record Moved : Solid
{
    private readonly Quaternion back;
    private readonly float inverseScale;

    /// <exception cref="ArgumentOutOfRangeException">The scale is not positive and finite.</exception>
    public Moved(Solid solid, Pose pose)
    {
        if (!(pose.Scale > 0 && float.IsFinite(pose.Scale)))
        {
            throw new ArgumentOutOfRangeException(nameof(pose), $"Expected a positive, finite scale, actual {pose.Scale}.");
        }

        // Poses are composed, so that a solid moved twice costs one turn per distance.
        Solid = solid is Moved moved ? moved.Solid : solid;
        Pose = solid is Moved inner ? pose.After(inner.Pose) : pose;
        back = Quaternion.Conjugate(Pose.Rotation);
        inverseScale = 1 / Pose.Scale;
        Bounds = MovedBounds(Solid.Bounds, Pose);
    }

    public Solid Solid { get; }

    public Pose Pose { get; }

    public override Bounds Bounds { get; }

    public override float Area => Solid.Area * Pose.Scale * Pose.Scale;

    public override float Distance(Vector3 point) =>
        Pose.Scale * Solid.Distance(inverseScale * Vector3.Transform(point - Pose.Translation, back));

    public override SurfacePoint Sample(KeyedRandom random)
    {
        SurfacePoint sample = Solid.Sample(random);
        return new SurfacePoint(Pose.Apply(sample.Position), Vector3.Transform(sample.Normal, Pose.Rotation));
    }

    private static Bounds MovedBounds(Bounds bounds, Pose pose)
    {
        Vector3 half = 0.5f * bounds.Extent;
        Vector3 x = Vector3.Abs(Vector3.Transform(new Vector3(half.X, 0, 0), pose.Rotation));
        Vector3 y = Vector3.Abs(Vector3.Transform(new Vector3(0, half.Y, 0), pose.Rotation));
        Vector3 z = Vector3.Abs(Vector3.Transform(new Vector3(0, 0, half.Z), pose.Rotation));
        return Bounds.Around(pose.Apply(bounds.Centre), pose.Scale * (x + y + z));
    }
}
