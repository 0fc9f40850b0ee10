namespace Bitcurve.Models.Training.Occupancy;

/// <summary>How well shapes and their parts are told, from points (thesis 5.5.3).</summary>
public static class OccupancyMetrics
{
    /// <summary>Points inside both over points inside either; 1 where no point is inside either.</summary>
    /// <param name="predicted">Whether each point is taken to be inside.</param>
    /// <param name="truth">1 inside, 0 outside.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double IntersectionOverUnion(ReadOnlySpan<bool> predicted, ReadOnlySpan<byte> truth)
    {
        if (predicted.Length != truth.Length)
        {
            throw new ArgumentException($"expected an answer for each of {truth.Length} points, actual {predicted.Length}");
        }

        var (both, either) = (0, 0);
        for (var k = 0; k < truth.Length; k++)
        {
            both += predicted[k] && truth[k] != 0 ? 1 : 0;
            either += predicted[k] || truth[k] != 0 ? 1 : 0;
        }

        return either == 0 ? 1 : (double)both / either;
    }

    /// <summary>
    /// The mean over a category's parts of points told right over points told or true, only points inside the shape considered. A part that
    /// has no point in this shape counts 1, whatever was told.
    /// </summary>
    /// <param name="predicted">The label told for each point.</param>
    /// <param name="truth">True labels; points that are <see cref="OccupancyShape.Outside"/> do not count.</param>
    /// <param name="parts">The labels of the shape's category.</param>
    /// <exception cref="ArgumentException">The lengths differ, or there are no parts.</exception>
    public static double PartIntersectionOverUnion(ReadOnlySpan<int> predicted, ReadOnlySpan<byte> truth, IReadOnlyList<int> parts)
    {
        if (predicted.Length != truth.Length || parts.Count == 0)
        {
            throw new ArgumentException($"expected a label for each of {truth.Length} points and at least one part, actual {predicted.Length} labels and {parts.Count} parts");
        }

        var total = 0.0;
        foreach (var part in parts)
        {
            var (both, either, present) = (0, 0, false);
            for (var k = 0; k < truth.Length; k++)
            {
                if (truth[k] == OccupancyShape.Outside)
                {
                    continue;
                }

                var (told, real) = (predicted[k] == part, truth[k] == part);
                present |= real;
                both += told && real ? 1 : 0;
                either += told || real ? 1 : 0;
            }

            total += present ? (double)both / either : 1;
        }

        return total / parts.Count;
    }
}
