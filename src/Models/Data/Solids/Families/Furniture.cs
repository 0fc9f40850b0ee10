using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Tables, stools and chairs: a board on legs each, told apart by proportions and by what else there is.</summary>
internal static class Furniture
{
    private const float Overlap = ShapeDraft.Overlap;

    /// <summary>Part 0: top, part 1: leg.</summary>
    public static void Table(ShapeDraft draft)
    {
        float depth = draft.Between(0.5f, 1);
        float height = draft.Between(0.4f, 0.9f);
        float thickness = draft.Between(0.04f, 0.1f);
        bool round = draft.Chance(0.3);
        var half = new Vector2(0.5f, round ? 0.5f : 0.5f * depth);
        AddBoard(draft, 0, round, half, height - thickness, height);
        AddSupport(draft, 1, round, half, height - thickness);
    }

    /// <summary>Part 0: seat, part 1: leg, part 2: rung.</summary>
    public static void Stool(ShapeDraft draft)
    {
        float height = draft.Between(0.8f, 1.7f);
        float thickness = draft.Between(0.05f, 0.15f);
        bool round = draft.Chance(0.5);
        var half = new Vector2(0.5f, round ? 0.5f : 0.5f * draft.Between(0.7f, 1));
        AddBoard(draft, 0, round, half, height - thickness, height);
        AddSupport(draft, 1, round, half, height - thickness);
        float rungHeight = height * draft.Between(0.25f, 0.5f);
        float radius = draft.Between(0.02f, 0.035f);
        bool ring = draft.Chance(0.5);
        if (draft.Chance(0.7))
        {
            AddRungs(draft, half, rungHeight, radius, ring);
        }
    }

    /// <summary>Part 0: seat, part 1: leg, part 2: back, part 3: arm.</summary>
    public static void Chair(ShapeDraft draft)
    {
        float height = draft.Between(0.6f, 1.1f);
        float thickness = draft.Between(0.05f, 0.15f);
        var half = new Vector2(0.5f, 0.5f * draft.Between(0.8f, 1.1f));
        AddBoard(draft, 0, false, half, height - thickness, height);
        AddSupport(draft, 1, false, half, height - thickness);
        float backHeight = draft.Between(0.35f, 1.1f);
        AddBack(draft, half, height, backHeight);
        bool arms = draft.Chance(0.4);
        float armHeight = draft.Between(0.2f, 0.35f);
        if (arms && armHeight < backHeight)
        {
            AddArm(draft, -1, half, height, armHeight);
            AddArm(draft, 1, half, height, armHeight);
        }
    }

    /// <summary>A round or rectangular slab between two heights.</summary>
    private static void AddBoard(ShapeDraft draft, int part, bool round, Vector2 half, float bottom, float top)
    {
        var centre = new Vector3(0, 0.5f * (bottom + top), 0);
        draft.Add(part, round
            ? new Cylinder(centre, half.X, 0.5f * (top - bottom))
            : new Box(centre, new Vector3(half.X, 0.5f * (top - bottom), half.Y)));
    }

    /// <summary>What carries a board: four legs, three, a pedestal with a foot, or two sides.</summary>
    private static void AddSupport(ShapeDraft draft, int part, bool round, Vector2 half, float top)
    {
        float radius = draft.Between(0.025f, 0.06f);
        float splay = draft.Between(0, 0.12f);
        float inset = draft.Between(0.7f, 0.95f);
        bool square = draft.Chance(0.4);
        double kind = draft.Random.NextUniform();
        if (kind < 0.15)
        {
            AddPedestal(draft, part, MathF.Min(half.X, half.Y), radius, top);
        }
        else if (kind < 0.3 && !round)
        {
            AddSide(draft, part, -inset * half.X, radius, half.Y, top);
            AddSide(draft, part, inset * half.X, radius, half.Y, top);
        }
        else
        {
            int legs = round && kind < 0.6 ? 3 : 4;
            for (int leg = 0; leg < legs; leg++)
            {
                (float sine, float cosine) = MathF.SinCos(2 * MathF.PI * (leg + 0.5f) / legs);
                // A rectangle's legs stand near its corners, a disc's on a circle.
                var foot = inset * (round ? half.X * new Vector2(cosine, sine) : half * new Vector2(MathF.Sign(cosine), MathF.Sign(sine)));
                foot -= radius * Vector2.Normalize(foot);
                draft.AddOptional(part, Leg(foot, (1 - splay) * foot, radius, top, square));
            }
        }
    }

    private static Solid Leg(Vector2 foot, Vector2 head, float radius, float top, bool square)
    {
        if (square)
        {
            return new Box(new Vector3(foot.X, 0.5f * (top + Overlap), foot.Y), new Vector3(radius, 0.5f * (top + Overlap), radius));
        }

        return new Capsule(new Vector3(foot.X, radius, foot.Y), new Vector3(head.X, top, head.Y), radius);
    }

    private static void AddSide(ShapeDraft draft, int part, float x, float halfThickness, float halfDepth, float top) =>
        draft.AddOptional(part, new Box(
            new Vector3(x, 0.5f * (top + Overlap), 0), new Vector3(halfThickness, 0.5f * (top + Overlap), (1 - Overlap) * halfDepth)));

    private static void AddPedestal(ShapeDraft draft, int part, float halfWidth, float radius, float top)
    {
        float footRadius = halfWidth * draft.Between(0.5f, 0.9f);
        float footHeight = draft.Between(0.03f, 0.08f);
        draft.Add(part, new Cylinder(new Vector3(0, 0.5f * (top + Overlap), 0), 1.5f * radius, 0.5f * (top + Overlap)));
        draft.Add(part, Lathe.Cone(footRadius, 0.8f * footRadius, -Overlap, footHeight));
    }

    private static void AddRungs(ShapeDraft draft, Vector2 half, float height, float radius, bool ring)
    {
        if (ring)
        {
            draft.Add(2, new Torus(new Vector3(0, height, 0), 0.75f * MathF.Min(half.X, half.Y), radius));
            return;
        }

        Vector3 x = new(0.8f * half.X, 0, 0);
        Vector3 z = new(0, 0, 0.8f * half.Y);
        Vector3 up = new(0, height, 0);
        draft.AddOptional(2, new Capsule(up - x + z, up + x + z, radius));
        draft.AddOptional(2, new Capsule(up - x - z, up + x - z, radius));
    }

    /// <summary>A board or slats between two posts, at the rear edge of the seat (z negative), leaning back a little.</summary>
    private static void AddBack(ShapeDraft draft, Vector2 half, float seat, float height)
    {
        float halfThickness = draft.Between(0.02f, 0.05f);
        float lean = draft.Between(0, 0.2f);
        var pose = Pose.Turned(Vector3.UnitX, -lean, new Vector3(0, seat - Overlap, halfThickness - half.Y + Overlap));
        Solid board = new Box(new Vector3(0, 0.5f * height, 0), new Vector3((1 - Overlap) * half.X, 0.5f * height, halfThickness));
        if (draft.Chance(0.6))
        {
            draft.Add(2, new Moved(board, pose));
            return;
        }

        int slats = 2 + draft.Random.NextInt(3);
        float width = half.X - halfThickness;
        draft.Add(2, new Moved(new Capsule(new Vector3(-width, 0, 0), new Vector3(-width, height, 0), halfThickness), pose));
        draft.Add(2, new Moved(new Capsule(new Vector3(width, 0, 0), new Vector3(width, height, 0), halfThickness), pose));
        for (int slat = 0; slat < slats; slat++)
        {
            float middle = height * (slat + 1) / slats;
            draft.AddOptional(2, new Moved(
                new Box(new Vector3(0, middle - (0.2f * height / slats), 0), new Vector3(width, 0.2f * height / slats, 0.6f * halfThickness)), pose));
        }
    }

    private static void AddArm(ShapeDraft draft, int side, Vector2 half, float seat, float height)
    {
        float radius = 0.035f;
        float x = side * (half.X - radius);
        var front = new Vector3(x, seat + height, 0.6f * half.Y);
        draft.AddOptional(3, new Capsule(front, new Vector3(x, seat + height, -0.9f * half.Y), radius));
        draft.Add(3, new Capsule(front, front with { Y = seat }, 0.8f * radius));
    }
}
