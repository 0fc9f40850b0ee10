using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Aeroplanes and birds: a body along x with wings and a tail each, told apart by fins, engines, heads and the wings' bend.</summary>
internal static class Flyers
{
    private const float Overlap = ShapeDraft.Overlap;

    /// <summary>Part 0: fuselage, part 1: wing, part 2: tail, part 3: engine.</summary>
    public static void Plane(ShapeDraft draft)
    {
        float radius = draft.Between(0.05f, 0.1f);
        draft.Add(0, new Capsule(new Vector3(-0.5f, 0, 0), new Vector3(0.5f, 0, 0), radius));
        float span = draft.Between(0.35f, 0.65f);
        float root = draft.Between(0.15f, 0.32f);
        float sweep = draft.Between(0, 0.25f);
        float height = draft.Between(-0.6f, 0.6f) * radius;
        AddWings(draft, 1, new Vector3(0.05f, height, 0), span, root, draft.Between(0.3f, 0.8f) * root, sweep, draft.Between(-0.05f, 0.12f));
        float tailRoot = draft.Between(0.1f, 0.18f);
        AddWings(draft, 2, new Vector3(-0.45f, 0.2f * radius, 0), 0.35f * span, tailRoot, 0.6f * tailRoot, 0.3f * sweep, 0);
        AddFin(draft, draft.Between(0.12f, 0.25f), tailRoot);
        int engines = draft.Random.NextInt(3);
        float place = draft.Between(0.3f, 0.6f) * span;
        float engineRadius = draft.Between(0.03f, 0.05f);
        for (int engine = 0; engine < engines; engine++)
        {
            float z = engine == 0 ? place : -place;
            var centre = new Vector3(0.1f - (sweep * place), height - engineRadius, z);
            draft.AddOptional(3, new Capsule(centre - new Vector3(0.06f, 0, 0), centre + new Vector3(0.06f, 0, 0), engineRadius));
        }
    }

    /// <summary>Part 0: body, part 1: wing, part 2: tail, part 3: head.</summary>
    public static void Bird(ShapeDraft draft)
    {
        float radius = draft.Between(0.08f, 0.15f);
        float half = draft.Between(0.15f, 0.3f);
        draft.Add(0, new Capsule(new Vector3(-half, 0, 0), new Vector3(half, 0.05f, 0), radius));
        float root = draft.Between(0.18f, 0.3f);
        AddWings(
            draft, 1, new Vector3(0.02f, 0.3f * radius, 0), draft.Between(0.4f, 0.65f), root, draft.Between(0.2f, 0.8f) * root,
            draft.Between(0, 0.35f), draft.Between(0, 0.5f));
        float tail = draft.Between(0.15f, 0.3f);
        float fan = draft.Between(0.08f, 0.2f);
        draft.AddOptional(2, new Moved(
            new Prism(0.02f, new Vector2(0, -0.04f), new Vector2(0, 0.04f), new Vector2(-tail, fan), new Vector2(-tail, -fan)),
            Pose.Turned(Vector3.UnitZ, draft.Between(-0.2f, 0.2f), new Vector3(Overlap - half - (0.7f * radius), 0, 0))));
        float headRadius = radius * draft.Between(0.5f, 0.85f);
        var head = new Vector3(half + (0.9f * radius), 0.05f + (draft.Between(0.2f, 0.9f) * radius), 0);
        draft.Add(3, new Sphere(head, headRadius));
        draft.AddOptional(3, new Moved(
            Lathe.Cone(0.4f * headRadius, 0, 0, draft.Between(0.05f, 0.12f)),
            Pose.Turned(Vector3.UnitZ, -0.5f * MathF.PI, head + new Vector3(0.9f * headRadius, 0, 0))));
    }

    /// <summary>Two tapered boards, swept back and bent upwards.</summary>
    /// <param name="draft">Receives them.</param>
    /// <param name="part">Their part.</param>
    /// <param name="root">Where they meet.</param>
    /// <param name="span">Length of one.</param>
    /// <param name="rootChord">Width at the root.</param>
    /// <param name="tipChord">Width at the tip.</param>
    /// <param name="sweep">How far the tip lies behind the root, per length.</param>
    /// <param name="bend">Angle above the horizontal; radians.</param>
    private static void AddWings(
        ShapeDraft draft, int part, Vector3 root, float span, float rootChord, float tipChord, float sweep, float bend)
    {
        float back = -sweep * span;
        foreach (int side in (int[])[-1, 1])
        {
            var wing = new Prism(
                0.02f,
                new Vector2(0.5f * rootChord, 0),
                new Vector2(-0.5f * rootChord, 0),
                new Vector2(back - (0.5f * tipChord), side * span),
                new Vector2(back + (0.5f * tipChord), side * span));
            draft.Add(part, new Moved(wing, Pose.Turned(Vector3.UnitX, -side * bend, root)));
        }
    }

    private static void AddFin(ShapeDraft draft, float height, float chord)
    {
        // Drawn lying in the x-z plane, then stood up: z becomes y.
        var fin = new Prism(0.015f, new Vector2(0.5f * chord, 0), new Vector2(-0.5f * chord, 0), new Vector2(-0.7f * chord, height), new Vector2(-0.2f * chord, height));
        draft.AddOptional(2, new Moved(fin, Pose.Turned(Vector3.UnitX, -0.5f * MathF.PI, new Vector3(-0.45f, 0, 0))));
    }
}
