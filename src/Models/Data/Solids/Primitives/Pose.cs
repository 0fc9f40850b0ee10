using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A similarity: q -> Translation + Scale * (q turned by Rotation). Scale is positive, Rotation has length 1.</summary>
public readonly record struct Pose(Quaternion Rotation, Vector3 Translation, float Scale)
{
    public static Pose Identity { get; } = new(Quaternion.Identity, Vector3.Zero, 1);

    public static Pose At(Vector3 translation) => Identity with { Translation = translation };

    /// <summary>A turn about an axis of length 1, in radians, and then a shift.</summary>
    public static Pose Turned(Vector3 axis, float angle, Vector3 translation = default) =>
        new(Quaternion.CreateFromAxisAngle(axis, angle), translation, 1);

    /// <summary>Where the pose puts a point.</summary>
    public Vector3 Apply(Vector3 point) => Translation + (Scale * Vector3.Transform(point, Rotation));

    /// <summary>This pose after another one: Apply(inner.Apply(q)).</summary>
    public Pose After(Pose inner) => new(
        Quaternion.Normalize(Rotation * inner.Rotation), Apply(inner.Translation), Scale * inner.Scale);
}
