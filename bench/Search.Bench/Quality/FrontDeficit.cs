namespace Bitcurve.Search.Bench.Quality;

/// <summary>A network in the plane of accuracy against memory.</summary>
public readonly record struct FrontPoint(long MemoryBits, double Accuracy);

/// <summary>How much worse a front is than the best possible one.</summary>
public static class FrontDeficit
{
    /// <summary>
    /// 1 - H(members) / H(all), a fraction in [0,1]; 0 only where the members contain the true front. H is the hypervolume (area) of
    /// memory x accuracy that a set dominates, by the members' TRUE accuracies, within the box from the smallest to the largest memory and
    /// from the lowest true accuracy upwards: the integral over memory m of max(0, best accuracy among members with memory at most m - lowest).
    /// </summary>
    /// <param name="members">Networks presented as a front.</param>
    /// <param name="all">Every network of the problem.</param>
    public static double Of(IEnumerable<FrontPoint> members, IReadOnlyList<FrontPoint> all)
    {
        var (floor, end) = (all.Min(point => point.Accuracy), all.Max(point => point.MemoryBits));
        return 1 - (Area(members, floor, end) / Area(all, floor, end));
    }

    private static double Area(IEnumerable<FrontPoint> points, double floor, long end)
    {
        var (area, best, from) = (0.0, 0.0, 0L);
        foreach (var point in points.OrderBy(point => point.MemoryBits))
        {
            area += best * (point.MemoryBits - from);
            (best, from) = (Math.Max(best, point.Accuracy - floor), point.MemoryBits);
        }

        return area + (best * (end - from));
    }
}
