namespace Bitcurve.Models.Data.Solids;

/// <summary>Ten categories of objects put together from bodies. Categories share parts of equal geometry under different labels.</summary>
/// <remarks>
/// As in ShapeNetPart a part belongs to its category: the leg of a chair and the leg of a table have different labels, numbered through all
/// categories.
/// </remarks>
public static class ShapeFamilies
{
    private static readonly (string Name, string[] Parts, Action<ShapeDraft> Draw)[] Families =
    [
        ("table", ["top", "leg"], Furniture.Table),
        ("stool", ["seat", "leg", "rung"], Furniture.Stool),
        ("chair", ["seat", "leg", "back", "arm"], Furniture.Chair),
        ("table lamp", ["base", "pole", "shade"], Lamps.TableLamp),
        ("floor lamp", ["base", "pole", "shade"], Lamps.FloorLamp),
        ("mug", ["body", "handle"], Vessels.Mug),
        ("vase", ["body", "neck", "handle"], Vessels.Vase),
        ("bowl", ["body", "foot", "handle"], Vessels.Bowl),
        ("plane", ["fuselage", "wing", "tail", "engine"], Flyers.Plane),
        ("bird", ["body", "wing", "tail", "head"], Flyers.Bird),
    ];

    /// <summary>The names of the categories in the order of their numbers.</summary>
    public static IReadOnlyList<string> Categories { get; } = [.. Families.Select(family => family.Name)];

    /// <summary>The names of the parts of all categories, "chair leg", in the order of their labels.</summary>
    public static IReadOnlyList<string> PartNames { get; } =
        [.. Families.SelectMany(family => family.Parts.Select(part => $"{family.Name} {part}"))];

    /// <summary>For each category the labels of its parts: consecutive.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> PartLabels { get; } =
        [.. Families.Select((family, category) => (IReadOnlyList<int>)[.. Enumerable.Range(FirstLabel(category), family.Parts.Length)])];

    /// <summary>Draws an object of a category, in the cube [-0.5, 0.5]^3 with y up.</summary>
    /// <param name="category">0 .. 9.</param>
    /// <param name="random">The object's stream.</param>
    /// <param name="variation">How it is placed; null for the default.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such category.</exception>
    /// <exception cref="ArgumentException">A value of the variation is out of range.</exception>
    public static PartedShape Draw(int category, KeyedRandom random, ShapeVariation? variation = null)
    {
        if (category < 0 || category >= Families.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(category), $"Expected a category in 0 .. {Families.Length - 1}, actual {category}.");
        }

        ShapeVariation chosen = variation ?? new ShapeVariation();
        chosen.Validate();
        var draft = new ShapeDraft(random, chosen.MissingProbability);
        Families[category].Draw(draft);
        return draft.Finish(category, FirstLabel(category), chosen);
    }

    private static int FirstLabel(int category) => Families.Take(category).Sum(family => family.Parts.Length);
}
