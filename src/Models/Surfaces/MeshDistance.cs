using System.Numerics;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Surfaces;

/// <summary>The unsigned distance to a mesh, which need not be closed.</summary>
/// <remarks>
/// Exact to the triangles on which the nearest few of many surface points lie: an upper bound that exceeds the distance only where a nearer
/// triangle holds none of these points, by less than the points' spacing. Searching is safe on several threads.
/// </remarks>
public sealed class MeshDistance
{
    private const int Candidates = 6;

    private readonly TriangleMesh mesh;
    private readonly int[] triangles;
    private readonly PointSearch search;

    /// <param name="mesh">With an area above zero.</param>
    /// <param name="samples">Surface points, at least 6.</param>
    /// <param name="random">Draws them.</param>
    public MeshDistance(TriangleMesh mesh, int samples, KeyedRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, Candidates);
        MeshSample drawn = MeshSampling.Points(mesh, samples, random);
        (this.mesh, triangles, search) = (mesh, drawn.Triangles, new PointSearch(drawn.Points));
    }

    /// <summary>The nearest triangle's number and its distance.</summary>
    /// <exception cref="ArgumentException">The query is not finite.</exception>
    public (int Triangle, float Distance) Nearest(Vector3 query)
    {
        Span<int> near = stackalloc int[Candidates];
        search.Nearest(query, near, stackalloc float[Candidates]);
        (int nearest, float least) = (-1, float.PositiveInfinity);
        foreach (int point in near)
        {
            int candidate = triangles[point];
            (int a, int b, int c) = mesh.Triangles[candidate];
            float distance = candidate == nearest ? least : Vector3.Distance(query, Closest(query, mesh.Vertices[a], mesh.Vertices[b], mesh.Vertices[c]));
            (nearest, least) = distance < least ? (candidate, distance) : (nearest, least);
        }

        return (nearest, least);
    }

    /// <summary>The point of a triangle that is closest to a place (C. Ericson, "Real-time collision detection", 2005, 5.1.5).</summary>
    public static Vector3 Closest(Vector3 place, Vector3 a, Vector3 b, Vector3 c)
    {
        (Vector3 ab, Vector3 ac) = (b - a, c - a);
        (float d1, float d2) = (Vector3.Dot(ab, place - a), Vector3.Dot(ac, place - a));
        (float d3, float d4) = (Vector3.Dot(ab, place - b), Vector3.Dot(ac, place - b));
        (float d5, float d6) = (Vector3.Dot(ab, place - c), Vector3.Dot(ac, place - c));
        if (d1 <= 0 && d2 <= 0)
        {
            return a;
        }

        if (d3 >= 0 && d4 <= d3)
        {
            return b;
        }

        if (d6 >= 0 && d5 <= d6)
        {
            return c;
        }

        (float va, float vb, float vc) = ((d3 * d6) - (d5 * d4), (d5 * d2) - (d1 * d6), (d1 * d4) - (d3 * d2));
        if (vc <= 0 && d1 >= 0 && d3 <= 0)
        {
            return a + (d1 / (d1 - d3) * ab);
        }

        if (vb <= 0 && d2 >= 0 && d6 <= 0)
        {
            return a + (d2 / (d2 - d6) * ac);
        }

        if (va <= 0 && d4 >= d3 && d5 >= d6)
        {
            return b + ((d4 - d3) / (d4 - d3 + (d5 - d6)) * (c - b));
        }

        return a + (((vb * ab) + (vc * ac)) / (va + vb + vc));
    }
}
