using System.Numerics;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Networks.Points;

/// <summary>For every point of one set, some points of another: rows x size, nearest first.</summary>
/// <param name="Size">Neighbours per row.</param>
/// <param name="Indices">Of the neighbours, row by row.</param>
/// <param name="Offsets">x, y, z of neighbour minus point, in the same order.</param>
public sealed record Neighbourhood(int Size, int[] Indices, float[] Offsets)
{
    // As the published interpolation has it: a coarse point that is the fine point itself gets all the weight, without a division by zero.
    private const float Smallest = 1e-8f;

    public int Rows => Indices.Length / Size;

    /// <summary>The nearest <paramref name="size"/> of <paramref name="others"/>, or all if there are fewer.</summary>
    /// <param name="points">The rows.</param>
    /// <param name="others">Among whom.</param>
    /// <param name="search">Over the same.</param>
    /// <param name="size">Neighbours per row.</param>
    /// <exception cref="ArgumentException">A point is not finite.</exception>
    public static Neighbourhood Nearest(Vector3[] points, Vector3[] others, PointSearch search, int size)
    {
        var count = Math.Min(size, others.Length);
        var indices = new int[points.Length * count];
        var distances = new float[count];
        for (var row = 0; row < points.Length; row++)
        {
            search.Nearest(points[row], indices.AsSpan(row * count, count), distances);
        }

        var offsets = new float[indices.Length * 3];
        for (var k = 0; k < indices.Length; k++)
        {
            (others[indices[k]] - points[k / count]).CopyTo(offsets, 3 * k);
        }

        return new(count, indices, offsets);
    }

    /// <summary>Weights that fall with distance and sum to 1 per row: 1/d over the sum of 1/d (PointNet++, Qi et al. 2017, eq. 2 with p = 1).</summary>
    public float[] InverseDistanceWeights()
    {
        var weights = new float[Indices.Length];
        for (var row = 0; row < Rows; row++)
        {
            var sum = 0f;
            for (var k = row * Size; k < (row + 1) * Size; k++)
            {
                sum += weights[k] = 1 / (new Vector3(Offsets.AsSpan(3 * k, 3)).Length() + Smallest);
            }

            for (var k = row * Size; k < (row + 1) * Size; k++)
            {
                weights[k] /= sum;
            }
        }

        return weights;
    }
}
