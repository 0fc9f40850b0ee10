using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Networks.Meshes;

/// <summary>Spheres of nearly equal triangles: an icosahedron whose triangles are split into four, again and again.</summary>
public static class IcoSphere
{
    /// <summary>The most splits: 10,242 vertices are more than any published mesh branch starts from (2,562: Pixel2Mesh and Mesh R-CNN's sphere).</summary>
    public const int MaxLevel = 5;

    /// <param name="level">Splits, 0 to 5: 10 4^level + 2 vertices and 20 4^level triangles.</param>
    /// <returns>Radius 1 around the origin, triangles facing outwards.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The level is outside 0..5.</exception>
    public static TriangleMesh Of(int level)
    {
        if (level is < 0 or > MaxLevel)
        {
            throw new ArgumentOutOfRangeException(nameof(level), $"expected 0 to {MaxLevel} splits, got {level}");
        }

        var mesh = Icosahedron();
        for (var k = 0; k < level; k++)
        {
            mesh = Split(mesh);
        }

        return mesh;
    }

    // Three golden rectangles at right angles.
    private static TriangleMesh Icosahedron()
    {
        var golden = (1 + MathF.Sqrt(5)) / 2;
        Vector3[] corners =
        [
            new(-1, golden, 0), new(1, golden, 0), new(-1, -golden, 0), new(1, -golden, 0),
            new(0, -1, golden), new(0, 1, golden), new(0, -1, -golden), new(0, 1, -golden),
            new(golden, 0, -1), new(golden, 0, 1), new(-golden, 0, -1), new(-golden, 0, 1),
        ];
        Triangle[] triangles =
        [
            new(0, 11, 5), new(0, 5, 1), new(0, 1, 7), new(0, 7, 10), new(0, 10, 11),
            new(1, 5, 9), new(5, 11, 4), new(11, 10, 2), new(10, 7, 6), new(7, 1, 8),
            new(3, 9, 4), new(3, 4, 2), new(3, 2, 6), new(3, 6, 8), new(3, 8, 9),
            new(4, 9, 5), new(2, 4, 11), new(6, 2, 10), new(8, 6, 7), new(9, 8, 1),
        ];
        return new TriangleMesh(Array.ConvertAll(corners, Vector3.Normalize), triangles);
    }

    private static TriangleMesh Split(TriangleMesh mesh)
    {
        List<Vector3> vertices = [.. mesh.Vertices];
        var middles = new Dictionary<(int, int), int>();
        Triangle[] triangles = [.. mesh.Triangles.SelectMany(triangle =>
        {
            var (a, b, c) = triangle;
            var (ab, bc, ca) = (Middle(a, b), Middle(b, c), Middle(c, a));
            return new Triangle[] { new(a, ab, ca), new(b, bc, ab), new(c, ca, bc), new(ab, bc, ca) };
        })];
        return new TriangleMesh([.. vertices], triangles);

        int Middle(int from, int to)
        {
            var edge = (Math.Min(from, to), Math.Max(from, to));
            if (!middles.TryGetValue(edge, out var middle))
            {
                middles[edge] = middle = vertices.Count;
                vertices.Add(Vector3.Normalize(vertices[from] + vertices[to]));
            }

            return middle;
        }
    }
}
