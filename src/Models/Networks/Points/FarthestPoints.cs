using System.Numerics;

namespace Bitcurve.Models.Networks.Points;

/// <summary>
/// Farthest-point sampling (Eldar et al. 1997; PointNet++, Qi et al. 2017): each next point is the one farthest from those chosen before.
/// </summary>
public static class FarthestPoints
{
    /// <summary>
    /// Indices of the chosen points, in the order of choice. Starts with the lexicographically smallest point and breaks ties in that order, so
    /// that the choice depends on the set of points alone and not on how they are numbered. O(points x count).
    /// </summary>
    /// <exception cref="ArgumentException">There are fewer points than wanted.</exception>
    public static int[] Sample(ReadOnlySpan<Vector3> points, int count)
    {
        if (count < 1 || count > points.Length)
        {
            throw new ArgumentException($"farthest points: expected 1 to {points.Length} of the {points.Length} points, actual {count}");
        }

        var chosen = new int[count];
        var distances = new float[points.Length];
        Array.Fill(distances, float.PositiveInfinity);
        chosen[0] = Farthest(points, distances);
        for (var k = 1; k < count; k++)
        {
            Approach(points, points[chosen[k - 1]], distances);
            chosen[k] = Farthest(points, distances);
        }

        return chosen;
    }

    private static void Approach(ReadOnlySpan<Vector3> points, Vector3 latest, float[] distances)
    {
        for (var k = 0; k < distances.Length; k++)
        {
            distances[k] = Math.Min(distances[k], Vector3.DistanceSquared(points[k], latest));
        }
    }

    private static int Farthest(ReadOnlySpan<Vector3> points, float[] distances)
    {
        var best = 0;
        for (var k = 1; k < distances.Length; k++)
        {
            if (distances[k] > distances[best] || (distances[k] == distances[best] && Compare(points[k], points[best]) < 0))
            {
                best = k;
            }
        }

        return best;
    }

    // Lexicographic.
    private static int Compare(Vector3 left, Vector3 right)
    {
        var byX = left.X.CompareTo(right.X);
        var byY = byX != 0 ? byX : left.Y.CompareTo(right.Y);
        return byY != 0 ? byY : left.Z.CompareTo(right.Z);
    }
}
