using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>What a camera sees of a shape, pixel by pixel.</summary>
/// <param name="Size">Rows and columns.</param>
/// <param name="Depth">Size x Size distances along the line of sight; 0 where nothing is seen.</param>
/// <param name="Parts">Size x Size indices of the part seen; -1 where nothing is seen.</param>
/// <param name="Normals">Size x Size unit normals; zero where nothing is seen.</param>
public sealed record DepthImage(int Size, float[] Depth, int[] Parts, Vector3[] Normals)
{
    // A ray that grazes a surface takes many small steps; what it has not hit after these is taken as missed.
    private const int MaximumSteps = 64;
    private const float Reached = 5e-4f;

    /// <summary>Renders by sphere tracing (Hart, 1996): along each ray, steps as long as the distance to the parts whose boxes it crosses.</summary>
    /// <param name="shape">In front of the camera.</param>
    /// <param name="camera">The view.</param>
    /// <param name="size">Rows and columns.</param>
    public static DepthImage Render(PartedShape shape, Camera camera, int size)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var image = new DepthImage(size, new float[size * size], new int[size * size], new Vector3[size * size]);
        Span<int> candidates = stackalloc int[shape.Parts.Count];
        Vector3 origin = camera.Position;
        for (int row = 0; row < size; row++)
        {
            for (int column = 0; column < size; column++)
            {
                Vector3 ray = camera.Ray(Middle(column, size), Middle(row, size));
                (float depth, int part) = Trace(shape, origin, ray, candidates);
                int pixel = (row * size) + column;
                image.Depth[pixel] = depth;
                image.Parts[pixel] = part;
                image.Normals[pixel] = part < 0 ? Vector3.Zero : Normal(shape.Parts[part].Solid, origin + (depth * ray));
            }
        }

        return image;
    }

    /// <summary>Where the middle of a pixel lies between -1 and 1.</summary>
    public static float Middle(int index, int size) => (((2 * index) + 1) / (float)size) - 1;

    private static (float Depth, int Part) Trace(PartedShape shape, Vector3 origin, Vector3 ray, Span<int> candidates)
    {
        Vector3 inverse = Vector3.One / ray;
        int count = 0;
        float depth = float.PositiveInfinity;
        float last = 0;
        for (int part = 0; part < shape.Parts.Count; part++)
        {
            if (shape.Parts[part].Bounds.Grown(Reached).Crossing(origin, inverse) is { } crossing)
            {
                candidates[count++] = part;
                depth = MathF.Min(depth, crossing.Near);
                last = MathF.Max(last, crossing.Far);
            }
        }

        float perDepth = 1 / ray.Length();
        for (int step = 0; step < MaximumSteps && depth <= last; step++)
        {
            (float distance, int part) = Nearest(shape, origin + (depth * ray), candidates[..count]);
            if (distance < Reached)
            {
                return (depth, part);
            }

            depth += distance * perDepth;
        }

        return (0, -1);
    }

    private static (float Distance, int Part) Nearest(PartedShape shape, Vector3 point, ReadOnlySpan<int> candidates)
    {
        (float Distance, int Part) nearest = (float.PositiveInfinity, -1);
        foreach (int part in candidates)
        {
            float distance = shape.Parts[part].Solid.Distance(point);
            nearest = distance < nearest.Distance ? (distance, part) : nearest;
        }

        return nearest;
    }

    /// <summary>The distance's gradient by differences over a tetrahedron: four evaluations.</summary>
    private static Vector3 Normal(Solid solid, Vector3 point)
    {
        const float step = 1e-3f;
        Vector3 gradient = Vector3.Zero;
        foreach (Vector3 corner in (ReadOnlySpan<Vector3>)[new(1, -1, -1), new(-1, -1, 1), new(-1, 1, -1), new(1, 1, 1)])
        {
            gradient += solid.Distance(point + (step * corner)) * corner;
        }

        // On an inner edge the differences may cancel; any unit vector serves there.
        return gradient == Vector3.Zero ? Vector3.UnitY : Vector3.Normalize(gradient);
    }
}
