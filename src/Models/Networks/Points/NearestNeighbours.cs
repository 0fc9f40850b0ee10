using System.Numerics;

namespace Bitcurve.Models.Networks.Points;

/// <summary>
/// The k nearest points of a cloud, exactly, by a uniform grid whose cells are searched in rings around the query. Immutable, thread-safe.
/// Equal distances are ordered by position, so that the order in which the points are given does not matter unless points coincide.
/// </summary>
public sealed class NearestNeighbours
{
    // A surface fills about (1 / cell)^2 cells of a cube: so many points share one.
    private const int PointsPerCell = 4;
    private const int MostCellsPerAxis = 64;
    private const float RoundingMargin = 0.9999f;

    private readonly Vector3[] points;
    private readonly int[] order;
    private readonly int[] starts;
    private readonly Vector3 corner;
    private readonly float cell;
    private readonly int cells;

    /// <exception cref="ArgumentException">There is no point, or one is not finite.</exception>
    public NearestNeighbours(ReadOnlySpan<Vector3> points)
    {
        this.points = points.ToArray();
        Check(this.points);
        corner = this.points.Aggregate(Vector3.Min);
        var extent = this.points.Aggregate(Vector3.Max) - corner;
        cells = Math.Clamp((int)Math.Sqrt(points.Length / PointsPerCell), 1, MostCellsPerAxis);
        cell = Math.Max(Math.Max(extent.X, Math.Max(extent.Y, extent.Z)) / cells, float.Epsilon * 1e6f);
        (order, starts) = Sorted();
    }

    /// <summary>Indices of the nearest points: queries x k, row by row, nearest first.</summary>
    /// <exception cref="ArgumentException">There are fewer than k points, or a query is not finite.</exception>
    public int[] Find(ReadOnlySpan<Vector3> queries, int k)
    {
        if (k < 1 || k > points.Length)
        {
            throw new ArgumentException($"nearest neighbours: expected 1 to {points.Length} of the {points.Length} points, actual k = {k}");
        }

        Check(queries);
        var found = new int[queries.Length * k];
        var distances = new float[k];
        for (var row = 0; row < queries.Length; row++)
        {
            Search(queries[row], found.AsSpan(row * k, k), distances);
        }

        return found;
    }

    /// <summary>Distance of every query to its nearest point.</summary>
    public float[] Distances(ReadOnlySpan<Vector3> queries)
    {
        var nearest = Find(queries, 1);
        var distances = new float[queries.Length];
        for (var row = 0; row < distances.Length; row++)
        {
            distances[row] = Vector3.Distance(queries[row], points[nearest[row]]);
        }

        return distances;
    }

    /// <summary>Lexicographic: an order of points that depends on nothing but where they are.</summary>
    internal static int Compare(Vector3 left, Vector3 right)
    {
        var byX = left.X.CompareTo(right.X);
        var byY = byX != 0 ? byX : left.Y.CompareTo(right.Y);
        return byY != 0 ? byY : left.Z.CompareTo(right.Z);
    }

    internal static void Check(ReadOnlySpan<Vector3> points)
    {
        if (points.Length == 0)
        {
            throw new ArgumentException("points: expected at least one, actual none");
        }

        for (var k = 0; k < points.Length; k++)
        {
            if (!float.IsFinite(points[k].X + points[k].Y + points[k].Z))
            {
                throw new ArgumentException($"point {k}: expected finite coordinates, actual {points[k]}");
            }
        }
    }

    // Points by cell: those of cell c are order[starts[c]] .. order[starts[c + 1] - 1].
    private (int[] Order, int[] Starts) Sorted()
    {
        var keys = Array.ConvertAll(points, point => CellIndex(CellOf(point)));
        var sorted = Enumerable.Range(0, points.Length).ToArray();
        var first = new int[(cells * cells * cells) + 1];
        foreach (var key in keys)
        {
            first[key + 1]++;
        }

        for (var c = 0; c + 1 < first.Length; c++)
        {
            first[c + 1] += first[c];
        }

        Array.Sort(keys, sorted);
        return (sorted, first);
    }

    private void Search(Vector3 query, Span<int> found, float[] distances)
    {
        Array.Fill(distances, float.PositiveInfinity);
        var (x, y, z) = CellOf(query);

        // Beyond ring r every point is at least r cells away, also from a query outside the grid; a little less, since cells are found with rounding.
        for (var ring = 0; ring < cells; ring++)
        {
            SearchRing(query, x, y, z, ring, found, distances);
            if (distances[^1] < Square(ring * cell * RoundingMargin))
            {
                return;
            }
        }
    }

    private void SearchRing(Vector3 query, int x, int y, int z, int ring, Span<int> found, float[] distances)
    {
        for (var i = Math.Max(0, x - ring); i <= Math.Min(cells - 1, x + ring); i++)
        {
            for (var j = Math.Max(0, y - ring); j <= Math.Min(cells - 1, y + ring); j++)
            {
                // Inside the ring's faces only the two ends along z belong to it.
                var isFace = Math.Abs(i - x) == ring || Math.Abs(j - y) == ring;
                for (var k = z - ring; k <= z + ring; k += isFace ? 1 : Math.Max(1, 2 * ring))
                {
                    if (k >= 0 && k < cells)
                    {
                        SearchCell(query, CellIndex((i, j, k)), found, distances);
                    }
                }
            }
        }
    }

    private void SearchCell(Vector3 query, int index, Span<int> found, float[] distances)
    {
        for (var at = starts[index]; at < starts[index + 1]; at++)
        {
            var candidate = order[at];
            var distance = Vector3.DistanceSquared(query, points[candidate]);
            if (distance <= distances[^1])
            {
                Insert(candidate, distance, found, distances);
            }
        }
    }

    private void Insert(int candidate, float distance, Span<int> found, float[] distances)
    {
        var last = distances.Length - 1;
        if (!IsBefore(candidate, distance, found[last], distances[last]))
        {
            return;
        }

        var place = last;
        while (place > 0 && IsBefore(candidate, distance, found[place - 1], distances[place - 1]))
        {
            (found[place], distances[place]) = (found[place - 1], distances[place - 1]);
            place--;
        }

        (found[place], distances[place]) = (candidate, distance);
    }

    private bool IsBefore(int candidate, float distance, int other, float otherDistance) =>
        distance < otherDistance || (distance == otherDistance && Compare(points[candidate], points[other]) < 0);

    private (int X, int Y, int Z) CellOf(Vector3 point)
    {
        var place = (point - corner) / cell;
        return (Clamped(place.X), Clamped(place.Y), Clamped(place.Z));
    }

    private int Clamped(float place) => (int)Math.Clamp(place, 0, cells - 1);

    private int CellIndex((int X, int Y, int Z) place) => (((place.X * cells) + place.Y) * cells) + place.Z;

    private static float Square(float value) => value * value;
}
