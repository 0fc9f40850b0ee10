namespace Bitcurve.Models.Surfaces;

/// <summary>The triangles of each of the 256 ways in which a surface can pass between the corners of a cube.</summary>
/// <remarks>
/// Corner c lies at x = c &amp; 1, y = c &gt;&gt; 1 &amp; 1, z = c &gt;&gt; 2. Edge 4 a + k is the k-th along axis a; bit c of a case says that corner c is inside.
/// The cases are derived, not tabulated: on each face every run of inside corners is cut off by one segment, the segments form loops,
/// and no diagonal of a loop lies on a face. Two cubes thus agree on their common face, also where its inside corners are opposite
/// (the ambiguity of Lorensen and Cline's table; G. M. Nielson and B. Hamann, IEEE Visualization 1991), and an edge has two triangles.
/// </remarks>
internal static class CubeCases
{
    internal const int Corners = 8;

    internal const int EdgeCount = 12;

    /// <summary>For each edge its lower corner and its axis, 0 .. 2.</summary>
    internal static (int Corner, int Axis)[] Edges { get; } =
        [.. Enumerable.Range(0, 3).SelectMany(axis => Enumerable.Range(0, Corners).Where(c => (c >> axis & 1) == 0).Select(c => (c, axis)))];

    // Corners of each face, counter-clockwise seen from outside the cube.
    private static int[][] Faces { get; } = [.. Enumerable.Range(0, 3).SelectMany(axis =>
    {
        (int a, int u, int v) = (1 << axis, 1 << (axis + 1) % 3, 1 << (axis + 2) % 3);
        return new int[][] { [0, v, u + v, u], [a, a + u, a + u + v, a + v] };
    })];

    /// <summary>For each case the edges of its triangles, counter-clockwise seen from outside.</summary>
    internal static Triangle[][] Triangles { get; } =
        [.. Enumerable.Range(0, 1 << Corners).Select(mask => (Triangle[])[.. Loops(mask).SelectMany(loop => Fill(loop) ?? throw Unfilled(mask))])];

    private static int EdgeBetween(int first, int second)
    {
        int axis = int.TrailingZeroCount(first ^ second);
        return Array.IndexOf(Edges, (Math.Min(first, second), axis));
    }

    private static bool ShareFace(int first, int second)
    {
        (int[] a, int[] b) = (Ends(first), Ends(second));
        return Faces.Any(face => a.Concat(b).All(corner => face.Contains(corner)));
    }

    private static int[] Ends(int edge) => [Edges[edge].Corner, Edges[edge].Corner | 1 << Edges[edge].Axis];

    private static List<int[]> Loops(int mask)
    {
        // From the edge where a face's outline enters a run of inside corners to the edge where it leaves the run.
        int[] next = [.. Enumerable.Repeat(-1, EdgeCount)];
        foreach (int[] face in Faces)
        {
            for (int k = 0; k < 4; k++)
            {
                if (!IsInside(face[k]) && IsInside(face[(k + 1) % 4]))
                {
                    int end = k + 1;
                    while (IsInside(face[(end + 1) % 4]))
                    {
                        end++;
                    }

                    next[EdgeBetween(face[k], face[(k + 1) % 4])] = EdgeBetween(face[end % 4], face[(end + 1) % 4]);
                }
            }
        }

        var loops = new List<int[]>();
        var seen = new HashSet<int>();
        for (int edge = 0; edge < EdgeCount; edge++)
        {
            var loop = new List<int>();
            for (int at = edge; next[at] >= 0 && seen.Add(at); at = next[at])
            {
                loop.Add(at);
            }

            if (loop.Count > 0)
            {
                loops.Add([.. loop]);
            }
        }

        return loops;

        bool IsInside(int corner) => (mask >> corner & 1) != 0;
    }

    // Triangles over a loop, of whose diagonals none lies on a face; null where there are none such.
    private static List<Triangle>? Fill(ReadOnlySpan<int> loop)
    {
        if (loop.Length < 3)
        {
            return [];
        }

        for (int k = 1; k < loop.Length - 1; k++)
        {
            bool isFree = (k == 1 || !ShareFace(loop[0], loop[k])) && (k == loop.Length - 2 || !ShareFace(loop[k], loop[^1]));
            if (isFree && Fill(loop[..(k + 1)]) is { } before && Fill(loop[k..]) is { } after)
            {
                return [.. before, new Triangle(loop[0], loop[k], loop[^1]), .. after];
            }
        }

        return null;
    }

    private static InvalidOperationException Unfilled(int mask) => new($"Case {mask} of 256 has a loop without triangles.");
}
