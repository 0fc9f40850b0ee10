using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>A room while it is furnished, in metres: the floor is y = 0, the room's middle the origin.</summary>
/// <param name="random">The scene's stream.</param>
/// <param name="halfWidth">Along x.</param>
/// <param name="halfDepth">Along z.</param>
internal sealed class RoomDraft(KeyedRandom random, float halfWidth, float halfDepth)
{
    // Enough to fill a room; a crowded one stays as it is.
    private const int PlacementTrials = 20;
    private const float Gap = 0.04f;

    // Furniture reaches below the floor by this, so that no face coincides with it.
    private const float Sink = 0.01f;

    private readonly List<ShapePart> parts = [];
    private readonly List<Bounds> taken = [];

    public KeyedRandom Random => random;

    public float HalfWidth => halfWidth;

    public float HalfDepth => halfDepth;

    public float Between(float low, float high) => random.NextSingle(low, high);

    /// <summary>Adds the floor and, along the given sides (0: -z, 1: +z, 2: -x, 3: +x), walls.</summary>
    public void AddShell(float height, ReadOnlySpan<int> sides)
    {
        parts.Add(new ShapePart(new Panel(Vector3.Zero, halfWidth, halfDepth), (int)RoomLabel.Floor));
        foreach (int side in sides)
        {
            bool across = side < 2;
            float sign = side % 2 == 0 ? -1 : 1;
            Vector3 centre = new(across ? 0 : sign * halfWidth, 0.5f * height, across ? sign * halfDepth : 0);
            // A panel lies flat: about x its z turns upwards, about z its x does.
            Pose pose = Pose.Turned(across ? Vector3.UnitX : Vector3.UnitZ, 0.5f * MathF.PI, centre);
            var panel = across ? new Panel(Vector3.Zero, halfWidth, 0.5f * height) : new Panel(Vector3.Zero, 0.5f * height, halfDepth);
            parts.Add(new ShapePart(new Moved(panel, pose), (int)RoomLabel.Wall));
        }
    }

    /// <summary>Puts a piece of furniture anywhere it fits, turned at random or by quarters; false where there is no room.</summary>
    /// <param name="label">Of all its bodies.</param>
    /// <param name="piece">Bodies around the origin, standing on y = 0.</param>
    /// <param name="quarters">True: square to the walls.</param>
    public bool PlaceAnywhere(RoomLabel label, IReadOnlyList<Solid> piece, bool quarters)
    {
        for (int trial = 0; trial < PlacementTrials; trial++)
        {
            float angle = quarters ? 0.5f * MathF.PI * random.NextInt(4) : Between(-MathF.PI, MathF.PI);
            Vector3 place = new(Between(-halfWidth, halfWidth), -Sink, Between(-halfDepth, halfDepth));
            if (TryPlace(label, piece, Pose.Turned(Vector3.UnitY, angle, place)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts a piece of furniture with its back (its -z side) to a side of the room; false where there is no room.</summary>
    public bool PlaceAtWall(RoomLabel label, IReadOnlyList<Solid> piece)
    {
        float back = -piece.Min(solid => solid.Bounds.Minimum.Z);
        for (int trial = 0; trial < PlacementTrials; trial++)
        {
            int side = random.NextInt(4);
            float along = Between(-1, 1);
            float away = back + (2 * Gap);
            (Vector3 place, float angle) = side switch
            {
                0 => (new Vector3(along * halfWidth, -Sink, away - halfDepth), 0f),
                1 => (new Vector3(along * halfWidth, -Sink, halfDepth - away), MathF.PI),
                2 => (new Vector3(away - halfWidth, -Sink, along * halfDepth), 0.5f * MathF.PI),
                _ => (new Vector3(halfWidth - away, -Sink, along * halfDepth), -0.5f * MathF.PI),
            };
            if (TryPlace(label, piece, Pose.Turned(Vector3.UnitY, angle, place)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts a piece at a pose unless it leaves the room or comes too near to another piece.</summary>
    public bool TryPlace(RoomLabel label, IReadOnlyList<Solid> piece, Pose pose)
    {
        Moved[] moved = [.. piece.Select(solid => new Moved(solid, pose))];
        Bounds needed = moved.Select(solid => solid.Bounds).Aggregate(Bounds.Joined).Grown(Gap);
        bool inside = needed.Minimum.X >= -halfWidth && needed.Maximum.X <= halfWidth && needed.Minimum.Z >= -halfDepth && needed.Maximum.Z <= halfDepth;
        if (!inside || taken.Exists(other => Meet(other, needed)))
        {
            return false;
        }

        taken.Add(needed);
        parts.AddRange(moved.Select(solid => new ShapePart(solid, (int)label)));
        return true;
    }

    /// <summary>Turns the room by a quarter or not at all and scales it so that its longest side is 0.96, in the middle of the cube.</summary>
    public Scene Finish()
    {
        Bounds bounds = parts.Select(part => part.Bounds).Aggregate(Bounds.Joined);
        float scale = 0.96f / MathF.Max(bounds.Extent.X, MathF.Max(bounds.Extent.Y, bounds.Extent.Z));
        var turn = Quaternion.CreateFromAxisAngle(Vector3.UnitY, 0.5f * MathF.PI * random.NextInt(4));
        Vector3 shift = -scale * Vector3.Transform(bounds.Centre, turn);
        var pose = new Pose(turn, shift, scale);
        return new Scene([.. parts.Select(part => new ShapePart(new Moved(part.Solid, pose), part.Label))], shift.Y, scale);
    }

    private static bool Meet(Bounds first, Bounds second) =>
        first.Minimum.X < second.Maximum.X && second.Minimum.X < first.Maximum.X
        && first.Minimum.Z < second.Maximum.Z && second.Minimum.Z < first.Maximum.Z;
}
