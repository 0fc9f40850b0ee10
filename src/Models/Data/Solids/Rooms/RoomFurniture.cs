using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Pieces of furniture in metres, around the origin, standing on y = 0, with the front towards +z.</summary>
internal static class RoomFurniture
{
    // Bodies of a piece reach into each other by this.
    private const float Overlap = 0.005f;

    public static IReadOnlyList<Solid> Table(float width, float depth, float height) =>
        [Board(width, depth, height - 0.05f, height), .. Legs(width, depth, height - 0.05f, 0.03f)];

    public static IReadOnlyList<Solid> Chair(float width, float height, float backHeight) =>
    [
        Board(width, width, height - 0.05f, height),
        .. Legs(width, width, height - 0.05f, 0.025f),
        Block(new Vector3(0, height - Overlap, 0.03f - (0.5f * width)), new Vector3(width - 0.01f, backHeight, 0.05f)),
    ];

    public static IReadOnlyList<Solid> Sofa(float width, float depth, float height, float backHeight) =>
    [
        Board(width, depth, 0, height),
        Block(new Vector3(0, height - Overlap, 0.1f - (0.5f * depth)), new Vector3(width - 0.01f, backHeight, 0.19f)),
        Block(new Vector3(0.08f - (0.5f * width), height - Overlap, 0.1f), new Vector3(0.15f, 0.5f * backHeight, depth - 0.21f)),
        Block(new Vector3((0.5f * width) - 0.08f, height - Overlap, 0.1f), new Vector3(0.15f, 0.5f * backHeight, depth - 0.21f)),
    ];

    public static IReadOnlyList<Solid> Shelf(float width, float depth, float height, int boards) =>
    [
        Block(new Vector3(0.02f - (0.5f * width), 0, 0), new Vector3(0.04f, height, depth)),
        Block(new Vector3((0.5f * width) - 0.02f, 0, 0), new Vector3(0.04f, height, depth)),
        .. Enumerable.Range(0, boards).Select(board => Block(
            new Vector3(0, 0.08f + ((height - 0.13f) * board / (boards - 1)), 0), new Vector3(width - 0.07f, 0.04f, depth - 0.01f))),
    ];

    public static IReadOnlyList<Solid> Lamp(float height, float radius, float shadeHeight) =>
    [
        new Cylinder(new Vector3(0, 0.02f, 0), 0.8f * radius, 0.02f),
        new Cylinder(new Vector3(0, 0.5f * height, 0), 0.025f, 0.5f * (height - 0.03f)),
        Lathe.Cone(radius, 0.6f * radius, height - shadeHeight, height),
    ];

    public static IReadOnlyList<Solid> Box(float width, float depth, float height) => [Board(width, depth, 0, height)];

    private static Solid Board(float width, float depth, float bottom, float top) =>
        Block(new Vector3(0, bottom, 0), new Vector3(width, top - bottom, depth));

    private static IEnumerable<Solid> Legs(float width, float depth, float top, float half)
    {
        float x = (0.5f * width) - half - 0.01f;
        float z = (0.5f * depth) - half - 0.01f;
        foreach ((int sideX, int sideZ) in ((int, int)[])[(-1, -1), (-1, 1), (1, -1), (1, 1)])
        {
            yield return Block(new Vector3(sideX * x, 0, sideZ * z), new Vector3(2 * half, top + Overlap, 2 * half));
        }
    }

    /// <summary>A cuboid by the middle of its lower face and its sides.</summary>
    private static Box Block(Vector3 foot, Vector3 sides) => new(foot + (0.5f * sides.Y * Vector3.UnitY), 0.5f * sides);
}
