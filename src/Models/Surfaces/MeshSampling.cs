using System.Numerics;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Surfaces;

/// <summary>Points on a mesh.</summary>
/// <param name="Points">N points.</param>
/// <param name="Normals">N unit vectors: each point's triangle's.</param>
/// <param name="Triangles">N numbers of triangles.</param>
/// <param name="Weights">N barycentric coordinates: point = X a + Y b + Z c of its triangle's vertices.</param>
public sealed record MeshSample(Vector3[] Points, Vector3[] Normals, int[] Triangles, Vector3[] Weights);

/// <summary>Draws points uniformly by area.</summary>
public static class MeshSampling
{
    /// <summary>Draws <paramref name="count"/> independent points: O(T + N log T) time.</summary>
    /// <remarks>Within a triangle as Osada et al., "Shape distributions", ACM TOG 21(4), 2002, equation 1.</remarks>
    /// <exception cref="ArgumentException">The mesh has no area, or the count is negative.</exception>
    public static MeshSample Points(TriangleMesh mesh, int count, KeyedRandom random)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        double[] areas = Cumulated(mesh);
        var sample = new MeshSample(new Vector3[count], new Vector3[count], new int[count], new Vector3[count]);
        for (int k = 0; k < count; k++)
        {
            int triangle = Choose(areas, Math.Min(random.NextUniform() * areas[^1], Math.BitDecrement(areas[^1])));
            float root = MathF.Sqrt((float)random.NextUniform());
            float along = (float)random.NextUniform();
            (int a, int b, int c) = mesh.Triangles[triangle];
            var weights = new Vector3(1 - root, root * (1 - along), root * along);
            sample.Points[k] = (weights.X * mesh.Vertices[a]) + (weights.Y * mesh.Vertices[b]) + (weights.Z * mesh.Vertices[c]);
            (sample.Normals[k], sample.Triangles[k], sample.Weights[k]) = (mesh.TriangleNormal(triangle), triangle, weights);
        }

        return sample;
    }

    private static double[] Cumulated(TriangleMesh mesh)
    {
        double[] areas = new double[mesh.Triangles.Length];
        double sum = 0;
        for (int k = 0; k < areas.Length; k++)
        {
            areas[k] = sum += mesh.TriangleArea(k);
        }

        return sum > 0
            ? areas
            : throw new ArgumentException($"Expected a mesh with an area above zero, actual {sum} of {areas.Length} triangles.", nameof(mesh));
    }

    // The first triangle whose cumulated area is above the place: never one without area.
    private static int Choose(double[] areas, double place)
    {
        (int low, int high) = (0, areas.Length - 1);
        while (low < high)
        {
            int middle = (low + high) / 2;
            (low, high) = areas[middle] > place ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
