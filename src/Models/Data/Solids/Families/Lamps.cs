using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Table lamps and floor lamps: a base, a pole and a shade each (parts 0, 1, 2), told apart by proportions.</summary>
internal static class Lamps
{
    public static void TableLamp(ShapeDraft draft) => Draw(draft, draft.Between(0.7f, 1.7f), draft.Between(0.35f, 0.9f), 0.3);

    public static void FloorLamp(ShapeDraft draft) => Draw(draft, draft.Between(1.9f, 3.6f), draft.Between(0.4f, 1), 0.05);

    /// <param name="draft">Receives the parts.</param>
    /// <param name="height">From the ground to the top of the shade, whose larger radius is 0.5.</param>
    /// <param name="shadeHeight">Of the shade alone.</param>
    /// <param name="bulbousProbability">How often the base is a ball.</param>
    private static void Draw(ShapeDraft draft, float height, float shadeHeight, double bulbousProbability)
    {
        float baseRadius = draft.Between(0.25f, 0.5f);
        float poleRadius = draft.Between(0.03f, 0.06f);
        float shadeBottom = MathF.Max(height - shadeHeight, 0.3f);
        if (draft.Chance(bulbousProbability))
        {
            draft.Add(0, new Sphere(new Vector3(0, 0.6f * baseRadius, 0), 0.6f * baseRadius));
        }
        else
        {
            draft.Add(0, Lathe.Cone(baseRadius, baseRadius * draft.Between(0.3f, 1), 0, draft.Between(0.05f, 0.15f)));
        }

        float poleTop = shadeBottom + (0.5f * (height - shadeBottom));
        draft.Add(1, new Cylinder(new Vector3(0, 0.5f * (poleTop + 0.02f), 0), poleRadius, 0.5f * (poleTop - 0.02f)));
        AddShade(draft, shadeBottom, height);
    }

    /// <summary>A hollow truncated cone, usually wider below, held by a disc at the height of the pole's end.</summary>
    private static void AddShade(ShapeDraft draft, float bottom, float top)
    {
        float narrow = draft.Between(0.15f, 0.5f);
        bool upwards = draft.Chance(0.25);
        (float lower, float upper) = upwards ? (narrow, 0.5f) : (0.5f, narrow);
        const float wall = 0.035f;
        float middle = bottom + (0.5f * (top - bottom));
        float middleRadius = 0.5f * (lower + upper) - wall;
        draft.Add(2, new Lathe(
            new Vector2(lower - wall, bottom),
            new Vector2(lower, bottom),
            new Vector2(upper, top),
            new Vector2(upper - wall, top),
            new Vector2(middleRadius, middle + wall),
            new Vector2(0, middle + wall),
            new Vector2(0, middle - wall),
            new Vector2(middleRadius, middle - wall)));
    }
}
