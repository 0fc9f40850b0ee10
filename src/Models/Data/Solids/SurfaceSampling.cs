namespace Bitcurve.Models.Data.Solids;

/// <summary>Points drawn uniformly by area from the visible surface of a shape or a scene.</summary>
public static class SurfaceSampling
{
    // A surface with less than this share of its parts' area visible is a fault of its maker.
    private const int DrawsPerPoint = 200;

    /// <summary>Draws a part by its area and a point of it, until the point is not hidden in another part: exactly uniform on the whole.</summary>
    /// <param name="surface">At most 256 different labels, 0 .. 255.</param>
    /// <param name="count">Points.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <exception cref="InvalidOperationException">Next to nothing of the surface is visible.</exception>
    public static SurfaceSamples Points(ISurface surface, int count, KeyedRandom random)
    {
        var samples = new SurfaceSamples(new float[3 * count], new float[3 * count], new byte[count]);
        float[] areas = [.. surface.Parts.Select(part => part.Solid.Area)];
        float total = areas.Sum();
        long draws = 0;
        for (int index = 0; index < count; index++)
        {
            int part;
            SurfacePoint point;
            do
            {
                if (++draws > (long)DrawsPerPoint * count)
                {
                    throw new InvalidOperationException($"Expected {count} points of a visible surface, actual {index} in {draws - 1} draws.");
                }

                part = random.NextIndex(areas, total);
                point = surface.Parts[part].Solid.Sample(random);
            }
            while (surface.IsHidden(point.Position, part));

            point.Position.CopyTo(samples.Positions, 3 * index);
            point.Normal.CopyTo(samples.Normals, 3 * index);
            samples.Labels[index] = checked((byte)surface.Parts[part].Label);
        }

        return samples;
    }
}
