using System.Numerics;
using System.Runtime.InteropServices;

namespace Bitcurve.Models.Surfaces;

/// <summary>The points nearest to a place, among N, by a k-d tree. Searching is safe on several threads.</summary>
/// <remarks>Source: J. L. Bentley, "Multidimensional binary search trees used for associative searching", CACM 18(9), 1975.</remarks>
public sealed class PointSearch
{
    private const int LeafPoints = 8;

    // Points in the order of the tree's leaves, and their numbers as given.
    private readonly Vector3[] points;
    private readonly int[] numbers;

    // Node n has the children 2n + 1 (first half of its points) and 2n + 2; the axis it is split along, and where.
    private readonly byte[] axes;
    private readonly float[] splits;

    /// <summary>Builds the tree: O(N log N) time.</summary>
    /// <exception cref="ArgumentException">There are no points, or a coordinate is not finite.</exception>
    public PointSearch(ReadOnlySpan<Vector3> points)
    {
        BoundingBox bounds = BoundingBox.Of(points);
        foreach (Vector3 point in points)
        {
            if (!float.IsFinite(point.X + point.Y + point.Z))
            {
                throw new ArgumentException($"Expected finite coordinates, actual {point}.", nameof(points));
            }
        }

        this.points = points.ToArray();
        numbers = [.. Enumerable.Range(0, points.Length)];
        int nodes = 1;
        for (int left = points.Length; left > LeafPoints; left = (left + 1) / 2)
        {
            nodes = (2 * nodes) + 1;
        }

        (axes, splits) = (new byte[nodes], new float[nodes]);
        Build(0, 0, points.Length, bounds);
    }

    /// <param name="coordinates">N x 3 values: x, y, z of each point.</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of 3, or a coordinate is not finite.</exception>
    public PointSearch(ReadOnlySpan<float> coordinates)
        : this(Triples(coordinates))
    {
    }

    public int Count => points.Length;

    /// <summary>N x 3 values as N points, without a copy.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of 3.</exception>
    public static ReadOnlySpan<Vector3> Triples(ReadOnlySpan<float> coordinates) => coordinates.Length % 3 == 0
        ? MemoryMarshal.Cast<float, Vector3>(coordinates)
        : throw new ArgumentException($"Expected a multiple of 3 coordinates, actual {coordinates.Length}.", nameof(coordinates));

    /// <summary>The nearest point's number and its distance.</summary>
    public (int Number, float Distance) Nearest(Vector3 query)
    {
        Span<int> number = stackalloc int[1];
        Span<float> squared = stackalloc float[1];
        Nearest(query, number, squared);
        return (number[0], MathF.Sqrt(squared[0]));
    }

    /// <summary>The distance from each query to its nearest point.</summary>
    public float[] Distances(ReadOnlySpan<Vector3> queries)
    {
        float[] distances = new float[queries.Length];
        for (int k = 0; k < queries.Length; k++)
        {
            distances[k] = Nearest(queries[k]).Distance;
        }

        return distances;
    }

    /// <summary>The K nearest points, nearest first; O(log N + K) time on points spread over a surface.</summary>
    /// <param name="query">A finite place.</param>
    /// <param name="nearest">Gets K numbers.</param>
    /// <param name="squaredDistances">Gets K squared distances.</param>
    /// <exception cref="ArgumentException">The query is not finite, K is not 1 .. N, or the two lengths differ.</exception>
    public void Nearest(Vector3 query, Span<int> nearest, Span<float> squaredDistances)
    {
        if (nearest.IsEmpty || nearest.Length > points.Length || nearest.Length != squaredDistances.Length)
        {
            throw new ArgumentException($"Expected two times 1 .. {points.Length} places for results, actual {nearest.Length} and {squaredDistances.Length}.");
        }

        if (!float.IsFinite(query.X + query.Y + query.Z))
        {
            throw new ArgumentException($"Expected a finite query, actual {query}.", nameof(query));
        }

        squaredDistances.Fill(float.PositiveInfinity);
        Visit(0, 0, points.Length, query, nearest, squaredDistances);
    }

    private void Build(int node, int begin, int end, BoundingBox bounds)
    {
        if (end - begin <= LeafPoints)
        {
            return;
        }

        Vector3 size = bounds.Size;
        int axis = size.X >= size.Y && size.X >= size.Z ? 0 : size.Y >= size.Z ? 1 : 2;
        int middle = (begin + end) / 2;
        Select(begin, end - 1, middle, axis);
        (axes[node], splits[node]) = ((byte)axis, points[middle][axis]);
        Build((2 * node) + 1, begin, middle, BoundingBox.Of(points.AsSpan(begin, middle - begin)));
        Build((2 * node) + 2, middle, end, BoundingBox.Of(points.AsSpan(middle, end - middle)));
    }

    // Hoare's selection: afterwards no point before `wanted` lies above it along the axis, and none after it below.
    private void Select(int low, int high, int wanted, int axis)
    {
        while (low < high)
        {
            float pivot = points[(low + high) / 2][axis];
            (int left, int right) = (low, high);
            while (left <= right)
            {
                while (points[left][axis] < pivot)
                {
                    left++;
                }

                while (points[right][axis] > pivot)
                {
                    right--;
                }

                if (left <= right)
                {
                    (points[left], points[right]) = (points[right], points[left]);
                    (numbers[left], numbers[right]) = (numbers[right], numbers[left]);
                    left++;
                    right--;
                }
            }

            if (wanted <= right)
            {
                high = right;
            }
            else if (wanted >= left)
            {
                low = left;
            }
            else
            {
                return;
            }
        }
    }

    private void Visit(int node, int begin, int end, Vector3 query, Span<int> nearest, Span<float> squared)
    {
        if (end - begin <= LeafPoints)
        {
            for (int k = begin; k < end; k++)
            {
                float distance = Vector3.DistanceSquared(points[k], query);
                if (distance < squared[^1])
                {
                    Insert(distance, numbers[k], nearest, squared);
                }
            }

            return;
        }

        int middle = (begin + end) / 2;
        float across = query[axes[node]] - splits[node];
        bool below = across < 0;
        Descend(below, nearest, squared);
        if (across * across < squared[^1])
        {
            Descend(!below, nearest, squared);
        }

        void Descend(bool low, Span<int> numbers, Span<float> distances) =>
            Visit((2 * node) + (low ? 1 : 2), low ? begin : middle, low ? middle : end, query, numbers, distances);
    }

    private static void Insert(float distance, int number, Span<int> nearest, Span<float> squared)
    {
        int place = squared.Length - 1;
        for (; place > 0 && squared[place - 1] > distance; place--)
        {
            (squared[place], nearest[place]) = (squared[place - 1], nearest[place - 1]);
        }

        (squared[place], nearest[place]) = (distance, number);
    }
}
