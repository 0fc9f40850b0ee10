using System.Numerics;
using Bitcurve.Models.Data.Rendering;

namespace Bitcurve.Models.Surfaces.Pictures;

/// <summary>Occupied voxels as cubes that fill the unit cube together; neighbours differ a little in brightness, so they can be counted.</summary>
/// <param name="Grid">R x R x R bytes in the order z, y, x: 0 is free.</param>
/// <param name="Resolution">R.</param>
/// <param name="ColourOf">From a voxel's byte; null is a light blue.</param>
public sealed record VoxelsPanel(byte[] Grid, int Resolution, Func<byte, Colour>? ColourOf = null) : Panel
{
    private static readonly Colour Plain = new(0.55, 0.68, 0.86);

    // Corners of a voxel's sides, counter-clockwise seen from outside, with the step to the voxel on that side.
    private static readonly (Vector3 Step, int[] Corners)[] Sides =
    [
        (-Vector3.UnitX, [0, 4, 6, 2]), (Vector3.UnitX, [1, 3, 7, 5]),
        (-Vector3.UnitY, [0, 1, 5, 4]), (Vector3.UnitY, [2, 6, 7, 3]),
        (-Vector3.UnitZ, [0, 2, 3, 1]), (Vector3.UnitZ, [4, 5, 7, 6]),
    ];

    public View View { get; init; } = new();

    /// <summary>Probabilities as bytes: 1 from the threshold on.</summary>
    public static byte[] Occupied(ReadOnlySpan<float> probabilities, float threshold)
    {
        byte[] grid = new byte[probabilities.Length];
        for (int k = 0; k < grid.Length; k++)
        {
            grid[k] = probabilities[k] >= threshold ? (byte)1 : (byte)0;
        }

        return grid;
    }

    internal override byte[] Draw(int width, int height)
    {
        if (Resolution < 1 || Grid.Length != Resolution * Resolution * Resolution)
        {
            throw new ArgumentException($"Expected R x R x R voxels with R = {Resolution}, actual {Grid.Length}.");
        }

        List<Vector3> vertices = [];
        List<Triangle> triangles = [];
        List<Colour> colours = [];
        for (int k = 0; k < Grid.Length; k++)
        {
            if (Grid[k] != 0)
            {
                AddSides(k, vertices, triangles, colours);
            }
        }

        return new MeshPanel(new TriangleMesh([.. vertices], [.. triangles]), colours) { View = View }.Draw(width, height);
    }

    private void AddSides(int voxel, List<Vector3> vertices, List<Triangle> triangles, List<Colour> colours)
    {
        var place = new Vector3(voxel % Resolution, voxel / Resolution % Resolution, voxel / Resolution / Resolution);
        Colour colour = ColourOf is { } chosen ? chosen(Grid[voxel]) : Plain;
        double brightness = (int)(place.X + place.Y + place.Z) % 2 == 0 ? 1 : 0.9;
        foreach ((Vector3 step, int[] corners) in Sides)
        {
            if (IsOccupied(place + step))
            {
                continue;
            }

            int first = vertices.Count;
            vertices.AddRange(corners.Select(
                corner => ((place + new Vector3(corner & 1, corner >> 1 & 1, corner >> 2)) / Resolution) - new Vector3(0.5f)));
            triangles.AddRange([new Triangle(first, first + 1, first + 2), new Triangle(first, first + 2, first + 3)]);
            colours.AddRange(Enumerable.Repeat(new Colour(colour.Red * brightness, colour.Green * brightness, colour.Blue * brightness), 2));
        }
    }

    private bool IsOccupied(Vector3 place)
    {
        (int x, int y, int z) = ((int)place.X, (int)place.Y, (int)place.Z);
        bool isWithin = x >= 0 && y >= 0 && z >= 0 && x < Resolution && y < Resolution && z < Resolution;
        return isWithin && Grid[(((z * Resolution) + y) * Resolution) + x] != 0;
    }
}
