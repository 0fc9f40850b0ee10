using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Draws furnished rooms of two sets that differ in furniture and sizes and share their labels.</summary>
public static class Rooms
{
    /// <summary>The names of the labels in the order of their numbers.</summary>
    public static IReadOnlyList<string> LabelNames { get; } = [.. Enum.GetNames<RoomLabel>().Select(name => name.ToLowerInvariant())];

    /// <summary>Draws a room of a set.</summary>
    public static Scene Draw(RoomStyle style, KeyedRandom random)
    {
        RoomDraft draft = style == RoomStyle.Office
            ? Shell(random, 1.3f, 2, 1.5f, 2.2f)
            : Shell(random, 1.6f, 2.5f, 1.4f, 2);
        if (style == RoomStyle.Office)
        {
            FurnishOffice(draft);
        }
        else
        {
            FurnishLiving(draft);
        }

        return draft.Finish();
    }

    /// <summary>Floor and two to four walls; half sides and height within the given ranges, in metres. Scans seldom reach the ceiling.</summary>
    private static RoomDraft Shell(KeyedRandom random, float smallestHalf, float largestHalf, float lowest, float highest)
    {
        var draft = new RoomDraft(random, random.NextSingle(smallestHalf, largestHalf), random.NextSingle(smallestHalf, largestHalf));
        int[] sides = [0, 1, 2, 3];
        random.Shuffle(sides);
        draft.AddShell(random.NextSingle(lowest, highest), sides.AsSpan(0, 2 + random.NextInt(3)));
        return draft;
    }

    private static void FurnishOffice(RoomDraft draft)
    {
        // Large pieces first: a crowded room has no wall left for them.
        if (draft.Random.NextBool(0.4))
        {
            PlaceSofa(draft);
        }

        Repeat(draft, 0, 2, () => draft.PlaceAtWall(
            RoomLabel.Shelf, RoomFurniture.Shelf(draft.Between(0.7f, 1.3f), draft.Between(0.3f, 0.45f), draft.Between(1.3f, 2), 4 + draft.Random.NextInt(3))));
        Repeat(draft, 1, 3, () => PlaceDesk(draft));
        Repeat(draft, 1, 2, () => draft.PlaceAnywhere(RoomLabel.Chair, Chair(draft), quarters: false));
        Repeat(draft, 0, 2, () => draft.PlaceAnywhere(
            RoomLabel.Lamp, RoomFurniture.Lamp(draft.Between(1.2f, 1.7f), draft.Between(0.18f, 0.28f), draft.Between(0.25f, 0.4f)), quarters: true));
        Repeat(draft, 1, 3, () => draft.PlaceAnywhere(
            RoomLabel.Box, RoomFurniture.Box(draft.Between(0.35f, 0.7f), draft.Between(0.35f, 0.7f), draft.Between(0.3f, 0.75f)), quarters: false));
    }

    private static void FurnishLiving(RoomDraft draft)
    {
        Repeat(draft, 1, 2, () => PlaceSofa(draft));
        Repeat(draft, 1, 2, () => draft.PlaceAtWall(
            RoomLabel.Shelf, RoomFurniture.Shelf(draft.Between(1.2f, 2.2f), draft.Between(0.35f, 0.5f), draft.Between(0.5f, 1.2f), 2 + draft.Random.NextInt(2))));
        Repeat(draft, 1, 2, () => draft.PlaceAnywhere(
            RoomLabel.Table, RoomFurniture.Table(draft.Between(0.8f, 1.6f), draft.Between(0.5f, 0.9f), draft.Between(0.35f, 0.6f)), quarters: true));
        Repeat(draft, 0, 2, () => draft.PlaceAnywhere(RoomLabel.Chair, Chair(draft), quarters: false));
        Repeat(draft, 1, 2, () => draft.PlaceAnywhere(
            RoomLabel.Lamp, RoomFurniture.Lamp(draft.Between(1.4f, 2), draft.Between(0.2f, 0.35f), draft.Between(0.25f, 0.5f)), quarters: true));
        Repeat(draft, 1, 4, () => draft.PlaceAnywhere(
            RoomLabel.Box, RoomFurniture.Box(draft.Between(0.3f, 0.9f), draft.Between(0.3f, 0.9f), draft.Between(0.2f, 0.6f)), quarters: false));
    }

    /// <summary>A table with up to three chairs at its long sides, facing it.</summary>
    private static bool PlaceDesk(RoomDraft draft)
    {
        float width = draft.Between(1, 1.8f);
        float depth = draft.Between(0.6f, 0.9f);
        float height = draft.Between(0.65f, 0.8f);
        bool turned = draft.Random.NextBool(0.5);
        Vector3 place = new(
            draft.Between(-0.6f, 0.6f) * draft.HalfWidth, -0.01f, draft.Between(-0.6f, 0.6f) * draft.HalfDepth);
        Pose pose = Pose.Turned(Vector3.UnitY, turned ? 0.5f * MathF.PI : 0, place);
        if (!draft.TryPlace(RoomLabel.Table, RoomFurniture.Table(width, depth, height), pose))
        {
            return false;
        }

        int chairs = draft.Random.NextInt(4);
        for (int chair = 0; chair < chairs; chair++)
        {
            int side = chair % 2 == 0 ? 1 : -1;
            // A chair's front is +z: those on the table's +z side turn round.
            Vector3 seat = new(draft.Between(-0.3f, 0.3f) * width, 0, side * ((0.5f * depth) + draft.Between(0.35f, 0.5f)));
            draft.TryPlace(RoomLabel.Chair, Chair(draft), pose.After(Pose.Turned(Vector3.UnitY, side > 0 ? MathF.PI : 0, seat)));
        }

        return true;
    }

    private static bool PlaceSofa(RoomDraft draft) => draft.PlaceAtWall(RoomLabel.Sofa, RoomFurniture.Sofa(
        draft.Between(1.2f, 2.2f), draft.Between(0.75f, 1), draft.Between(0.35f, 0.5f), draft.Between(0.3f, 0.5f)));

    private static IReadOnlyList<Solid> Chair(RoomDraft draft) =>
        RoomFurniture.Chair(draft.Between(0.38f, 0.5f), draft.Between(0.4f, 0.5f), draft.Between(0.3f, 0.6f));

    private static void Repeat(RoomDraft draft, int least, int most, Func<bool> place)
    {
        int count = least + draft.Random.NextInt(most - least + 1);
        for (int index = 0; index < count; index++)
        {
            place();
        }
    }
}
