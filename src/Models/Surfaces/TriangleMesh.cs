using System.Numerics;

namespace Bitcurve.Models.Surfaces;

/// <summary>Three vertex numbers, counter-clockwise seen from outside.</summary>
public readonly record struct Triangle(int A, int B, int C);

/// <summary>A surface of triangles that share their vertices. Immutable: the arrays given belong to it.</summary>
public sealed class TriangleMesh
{
    /// <exception cref="ArgumentException">A triangle names a vertex that is not there, or a coordinate is not finite.</exception>
    public TriangleMesh(Vector3[] vertices, Triangle[] triangles)
    {
        (Vertices, Triangles) = (vertices, triangles);
        int strange = Array.FindIndex(vertices, vertex => !IsFinite(vertex));
        if (strange >= 0)
        {
            throw new ArgumentException($"Vertex {strange}: expected finite coordinates, actual {vertices[strange]}.", nameof(vertices));
        }

        int wrong = Array.FindIndex(triangles, triangle => !IsVertex(triangle.A) || !IsVertex(triangle.B) || !IsVertex(triangle.C));
        if (wrong >= 0)
        {
            throw new ArgumentException($"Triangle {wrong}: expected vertices 0 .. {vertices.Length - 1}, actual {triangles[wrong]}.", nameof(triangles));
        }
    }

    public Vector3[] Vertices { get; }

    public Triangle[] Triangles { get; }

    /// <summary>The smallest box around all triangles; vertices without one do not count.</summary>
    /// <exception cref="InvalidOperationException">There are no triangles.</exception>
    public BoundingBox Bounds => Triangles.Length > 0
        ? BoundingBox.Of([.. Triangles.SelectMany(triangle => new[] { Vertices[triangle.A], Vertices[triangle.B], Vertices[triangle.C] })])
        : throw new InvalidOperationException("Expected a mesh with triangles, actual none.");

    /// <summary>The area of all triangles.</summary>
    public double Area => Enumerable.Range(0, Triangles.Length).Sum(TriangleArea);

    /// <summary>The volume enclosed by a closed mesh (divergence theorem): positive where the triangles face outwards.</summary>
    public double Volume => Triangles.Sum(
        triangle => (double)Vector3.Dot(Vertices[triangle.A], Vector3.Cross(Vertices[triangle.B], Vertices[triangle.C])) / 6);

    /// <summary>Whether every edge belongs to exactly two triangles, which pass it in opposite directions: no holes, one orientation.</summary>
    public bool IsClosed
    {
        get
        {
            HashSet<(int From, int To)> edges = new(3 * Triangles.Length);
            return Triangles.SelectMany(Edges).All(edges.Add) && edges.All(edge => edges.Contains((edge.To, edge.From)));
        }
    }

    /// <summary>Vertices - edges + triangles: 2 - 2 g for one closed surface of genus g; vertices without a triangle do not count.</summary>
    public int EulerCharacteristic
    {
        get
        {
            int used = Triangles.SelectMany(triangle => new[] { triangle.A, triangle.B, triangle.C }).Distinct().Count();
            int edges = Triangles.SelectMany(Edges).Select(edge => (Math.Min(edge.From, edge.To), Math.Max(edge.From, edge.To))).Distinct().Count();
            return used - edges + Triangles.Length;
        }
    }

    public double TriangleArea(int triangle) => Cross(triangle).Length() / 2;

    /// <summary>The unit vector outwards from one triangle; zero for one without area.</summary>
    public Vector3 TriangleNormal(int triangle) => Unit(Cross(triangle));

    /// <summary>For each vertex the unit mean of its triangles' normals, weighted by area.</summary>
    public Vector3[] VertexNormals()
    {
        var normals = new Vector3[Vertices.Length];
        for (int k = 0; k < Triangles.Length; k++)
        {
            Vector3 cross = Cross(k);
            normals[Triangles[k].A] += cross;
            normals[Triangles[k].B] += cross;
            normals[Triangles[k].C] += cross;
        }

        return Array.ConvertAll(normals, Unit);
    }

    /// <summary>The mesh moved and scaled equally along the axes so that its bounding box is centred at 0.</summary>
    /// <param name="side">The box's longest side.</param>
    /// <exception cref="InvalidOperationException">The mesh has no extent.</exception>
    public TriangleMesh Centred(float side = 1)
    {
        BoundingBox bounds = Bounds;
        float longest = Math.Max(bounds.Size.X, Math.Max(bounds.Size.Y, bounds.Size.Z));
        return longest > 0 && float.IsFinite(longest)
            ? new TriangleMesh(Array.ConvertAll(Vertices, vertex => (vertex - bounds.Centre) * (side / longest)), Triangles)
            : throw new InvalidOperationException($"Expected a mesh with an extent above zero, actual {longest}.");
    }

    private static IEnumerable<(int From, int To)> Edges(Triangle triangle) =>
        [(triangle.A, triangle.B), (triangle.B, triangle.C), (triangle.C, triangle.A)];

    private static Vector3 Unit(Vector3 vector)
    {
        float length = vector.Length();
        return length > 0 ? vector / length : Vector3.Zero;
    }

    private static bool IsFinite(Vector3 vertex) => float.IsFinite(vertex.X) && float.IsFinite(vertex.Y) && float.IsFinite(vertex.Z);

    private bool IsVertex(int number) => (uint)number < (uint)Vertices.Length;

    private Vector3 Cross(int triangle)
    {
        (int a, int b, int c) = Triangles[triangle];
        return Vector3.Cross(Vertices[b] - Vertices[a], Vertices[c] - Vertices[a]);
    }
}
