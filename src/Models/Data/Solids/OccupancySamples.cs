using System.Numerics;

namespace Bitcurve.Models.Data.Solids;

/// <summary>Points of the cube and whether each lies in a shape.</summary>
/// <param name="Positions">Count x 3.</param>
/// <param name="Occupancies">Count: 1 inside, 0 outside.</param>
/// <param name="Labels">Count: the part in which the point lies; <see cref="Outside"/> outside.</param>
public sealed record OccupancySamples(float[] Positions, byte[] Occupancies, byte[] Labels)
{
    /// <summary>The label of points outside.</summary>
    public const byte Outside = 255;

    public int Count => Occupancies.Length;

    /// <summary>Draws points: a share uniform in the cube, the others around the surface with a normal offset, held within the cube.</summary>
    /// <param name="shape">Asked at every point.</param>
    /// <param name="count">Points.</param>
    /// <param name="uniformShare">0 .. 1; Mescheder et al. (2019) use 1, which leaves few points in thin parts.</param>
    /// <param name="standardDeviation">Of the offset per axis.</param>
    /// <param name="random">The stream to draw from.</param>
    public static OccupancySamples Draw(PartedShape shape, int count, float uniformShare, float standardDeviation, KeyedRandom random)
    {
        var samples = new OccupancySamples(new float[3 * count], new byte[count], new byte[count]);
        int uniformCount = (int)MathF.Round(count * uniformShare);
        SurfaceSamples surface = SurfaceSampling.Points(shape, count - uniformCount, random);
        for (int index = 0; index < count; index++)
        {
            // The kinds alternate, so that any prefix holds both: the surface's points come as soon as their share is due.
            int near = (int)((long)(index + 1) * surface.Count / count) - 1;
            bool nearDue = near >= 0 && (long)index * surface.Count / count == near;
            Vector3 point = nearDue
                ? new Vector3(surface.Positions.AsSpan(3 * near, 3)) + random.NextOffset(standardDeviation)
                : random.NextPoint(Cube);
            point = Vector3.Clamp(point, Cube.Minimum, Cube.Maximum);
            (int part, float distance) = shape.Nearest(point);
            point.CopyTo(samples.Positions, 3 * index);
            samples.Occupancies[index] = distance <= 0 ? (byte)1 : (byte)0;
            samples.Labels[index] = distance <= 0 ? checked((byte)shape.Parts[part].Label) : Outside;
        }

        return samples;
    }

    private static Bounds Cube { get; } = Bounds.Around(Vector3.Zero, new Vector3(0.5f));
}
