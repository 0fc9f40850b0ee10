using System.Numerics;

namespace Bitcurve.Models.Surfaces;

/// <summary>On which side of the level a field is inside: below for signed distances, above for occupancy.</summary>
public enum Inside
{
    Below,
    Above,
}

/// <summary>The surface on which a sampled field takes one value (Lorensen and Cline, SIGGRAPH 1987).</summary>
/// <remarks>
/// Every edge has two triangles of one orientation, except edges on the grid's border; triangles face outwards.
/// A vertex stays at least 1/1000 of a cell away from the samples, so that no two coincide; only on the border, where a shape is
/// closed, may triangles without area join vertices at one place.
/// </remarks>
public static class MarchingCubes
{
    private const float Margin = 1e-3f;

    /// <summary>Extracts the surface: O(R^3) time.</summary>
    /// <param name="field">R x R x R finite values in the order z, y, x.</param>
    /// <param name="resolution">R, samples along each axis: at least 2.</param>
    /// <param name="level">The value on the surface.</param>
    /// <param name="bounds">Where the first and the last sample lie (<see cref="BoundingBox.VoxelCentres"/> for voxels of the unit cube).</param>
    /// <param name="inside">The side that triangles face away from.</param>
    /// <param name="closeAtBorder">Whether a shape cut off by the grid's border is closed there, by flat pieces on the border.</param>
    /// <exception cref="ArgumentException">The resolution is below 2 or above 1290, the field has another length or holds a value that is not finite.</exception>
    public static TriangleMesh Extract(
        ReadOnlySpan<float> field, int resolution, float level, BoundingBox bounds, Inside inside = Inside.Above, bool closeAtBorder = false)
    {
        if (resolution is < 2 or > 1290 || field.Length != resolution * resolution * resolution)
        {
            throw new ArgumentException($"Expected R x R x R values with R = 2 .. 1290, actual {field.Length} values with R = {resolution}.", nameof(field));
        }

        if (field.ContainsAnyExceptInRange(float.MinValue, float.MaxValue) || !float.IsFinite(level))
        {
            throw new ArgumentException("Expected finite values and a finite level, actual one that is not.", nameof(field));
        }

        return new Grid(field, resolution, level, bounds, inside, closeAtBorder ? 1 : 0).Extract();
    }

    // Border: layers of outside samples around the field, each at the place of its nearest sample of the field.
    private readonly ref struct Grid(ReadOnlySpan<float> field, int resolution, float level, BoundingBox bounds, Inside inside, int border)
    {
        private readonly ReadOnlySpan<float> field = field;
        private readonly int size = resolution + (2 * border);
        private readonly List<Vector3> vertices = [];
        private readonly List<Triangle> triangles = [];

        internal TriangleMesh Extract()
        {
            // Numbers of the vertices on the edges that start in an even and in an odd layer: 2 x size x size x 3, axis innermost.
            int[] numbers = new int[2 * size * size * 3];
            int layer = numbers.Length / 2;
            numbers.AsSpan().Fill(-1);
            for (int z = 0; z + 1 < size; z++)
            {
                numbers.AsSpan((z + 1) % 2 * layer, layer).Fill(-1);
                for (int y = 0; y + 1 < size; y++)
                {
                    for (int x = 0; x + 1 < size; x++)
                    {
                        AddCell(x, y, z, numbers);
                    }
                }
            }

            return new TriangleMesh([.. vertices], [.. triangles]);
        }

        private void AddCell(int x, int y, int z, int[] numbers)
        {
            int mask = 0;
            for (int corner = 0; corner < CubeCases.Corners; corner++)
            {
                mask |= Value(x + (corner & 1), y + (corner >> 1 & 1), z + (corner >> 2)) < 0 ? 1 << corner : 0;
            }

            foreach (Triangle triangle in CubeCases.Triangles[mask])
            {
                triangles.Add(new Triangle(Vertex(triangle.A, x, y, z, numbers), Vertex(triangle.B, x, y, z, numbers), Vertex(triangle.C, x, y, z, numbers)));
            }
        }

        private int Vertex(int edge, int x, int y, int z, int[] numbers)
        {
            (int corner, int axis) = CubeCases.Edges[edge];
            (x, y, z) = (x + (corner & 1), y + (corner >> 1 & 1), z + (corner >> 2));
            ref int number = ref numbers[((((z % 2 * size) + y) * size) + x) * 3 + axis];
            if (number < 0)
            {
                number = vertices.Count;
                vertices.Add(Crossing(x, y, z, axis));
            }

            return number;
        }

        private Vector3 Crossing(int x, int y, int z, int axis)
        {
            (int nextX, int nextY, int nextZ) = (x + (axis == 0 ? 1 : 0), y + (axis == 1 ? 1 : 0), z + (axis == 2 ? 1 : 0));
            (float here, float there) = (Value(x, y, z), Value(nextX, nextY, nextZ));
            float along = Math.Clamp((float)(here / ((double)here - there)), Margin, 1 - Margin);
            return Vector3.Lerp(Place(x, y, z), Place(nextX, nextY, nextZ), along);
        }

        // Below zero inside.
        private float Value(int x, int y, int z)
        {
            (x, y, z) = (x - border, y - border, z - border);
            if ((uint)x >= (uint)resolution || (uint)y >= (uint)resolution || (uint)z >= (uint)resolution)
            {
                return float.MaxValue;
            }

            float value = field[(((z * resolution) + y) * resolution) + x];
            return inside == Inside.Below ? value - level : level - value;
        }

        private Vector3 Place(int x, int y, int z)
        {
            var sample = Vector3.Clamp(new Vector3(x - border, y - border, z - border), Vector3.Zero, new Vector3(resolution - 1));
            return bounds.Low + (bounds.Size * sample / (resolution - 1));
        }
    }
}
