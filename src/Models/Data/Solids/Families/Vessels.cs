using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Mugs, vases and bowls: hollow bodies of revolution, told apart by profile, proportions and handles.</summary>
internal static class Vessels
{
    private const float Wall = 0.05f;

    /// <summary>Part 0: body, part 1: handle.</summary>
    public static void Mug(ShapeDraft draft)
    {
        float height = draft.Between(0.7f, 1.5f);
        float lower = draft.Between(0.35f, 0.5f);
        AddHollow(draft, 0, [new Vector2(lower, 0), new Vector2(draft.Between(0.4f, 0.5f), 0.5f * height), new Vector2(0.5f, height)]);
        AddHandle(draft, 1, 0, 0.45f, 0.5f * height, draft.Between(0.18f, 0.35f) * height);
    }

    /// <summary>Part 0: body, part 1: neck, part 2: handle.</summary>
    public static void Vase(ShapeDraft draft)
    {
        float height = draft.Between(0.9f, 2);
        float shoulder = height * draft.Between(0.45f, 0.85f);
        float neck = draft.Between(0.15f, 0.42f);
        float foot = draft.Between(0.2f, 0.4f);
        AddHollow(draft, 0, [new Vector2(foot, 0), new Vector2(0.5f, shoulder * draft.Between(0.4f, 0.7f)), new Vector2(neck, shoulder)]);
        float lip = neck * draft.Between(0.9f, 1.6f);
        draft.Add(1, new Lathe(
            new Vector2(neck - Wall, shoulder - ShapeDraft.Overlap),
            new Vector2(neck, shoulder - ShapeDraft.Overlap),
            new Vector2(lip, height),
            new Vector2(lip - Wall, height)));
        int handles = draft.Chance(0.3) ? 1 + draft.Random.NextInt(2) : 0;
        for (int handle = 0; handle < handles; handle++)
        {
            AddHandle(draft, 2, handle * MathF.PI, neck, shoulder, 0.2f * height);
        }
    }

    /// <summary>Part 0: body, part 1: foot, part 2: handle.</summary>
    public static void Bowl(ShapeDraft draft)
    {
        float height = draft.Between(0.25f, 0.75f);
        float lower = draft.Between(0.15f, 0.35f);
        AddHollow(draft, 0, [new Vector2(lower, 0), new Vector2(draft.Between(0.38f, 0.48f), 0.45f * height), new Vector2(0.5f, height)]);
        float footHeight = draft.Between(0.05f, 0.25f);
        if (draft.Chance(0.6))
        {
            draft.AddOptional(1, Lathe.Cone(lower * draft.Between(0.8f, 1.2f), 0.7f * lower, -footHeight, ShapeDraft.Overlap));
        }

        int handles = draft.Chance(0.3) ? 1 + draft.Random.NextInt(2) : 0;
        for (int handle = 0; handle < handles; handle++)
        {
            AddHandle(draft, 2, handle * MathF.PI, 0.48f, 0.75f * height, draft.Between(0.15f, 0.22f) * height);
        }
    }

    /// <summary>A vessel with an outer profile from the ground up, a floor and walls of one thickness, open at the top.</summary>
    private static void AddHollow(ShapeDraft draft, int part, IReadOnlyList<Vector2> outer)
    {
        Vector2 inside(Vector2 corner) => new(MathF.Max(corner.X - Wall, 0.02f), MathF.Max(corner.Y, Wall));
        draft.Add(part, new Lathe([new Vector2(0, 0), .. outer, .. outer.Reverse().Select(inside), new Vector2(0, Wall)]));
    }

    /// <summary>A half ring that stands on the wall, in the vertical plane of an azimuth.</summary>
    private static void AddHandle(ShapeDraft draft, int part, float azimuth, float radius, float height, float size)
    {
        var arc = new Arc(new Vector3(radius, height, 0), size, draft.Between(0.03f, 0.055f), 0.5f * MathF.PI);
        draft.Add(part, new Moved(arc, Pose.Turned(Vector3.UnitY, azimuth)));
    }
}
