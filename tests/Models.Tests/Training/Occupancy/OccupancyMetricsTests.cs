using Bitcurve.Models.Training.Occupancy;

namespace Bitcurve.Models.Tests.Training.Occupancy;

public class OccupancyMetricsTests
{
    private const byte None = OccupancyShape.Outside;

    [Fact]
    public void IntersectionOverUnion_OfSixPoints_IsByHand()
    {
        // Both: points 0 and 1; either: 0, 1, 2, 4.
        Assert.Equal(0.5, OccupancyMetrics.IntersectionOverUnion([true, true, true, false, false, false], [1, 1, 0, 0, 1, 0]));
    }

    [Fact]
    public void IntersectionOverUnion_NothingInsideEither_IsOne()
    {
        Assert.Equal(1, OccupancyMetrics.IntersectionOverUnion([false, false], [0, 0]));
    }

    [Fact]
    public void PartIntersectionOverUnion_OnePartAbsent_CountsItAsOne()
    {
        // Part 3: told at 0, 1, 2, real at 0, 1: 2/3. Part 4: told at 3, real at 2, 3: 1/2. Part 5 has no true point: 1.
        var value = OccupancyMetrics.PartIntersectionOverUnion([3, 3, 3, 4], [3, 3, 4, 4], [3, 4, 5]);

        Assert.Equal(((2.0 / 3) + 0.5 + 1) / 3, value, 12);
    }

    [Fact]
    public void PartIntersectionOverUnion_AbsentPartThatIsTold_StillCountsAsOne()
    {
        // Part 4: told at 0, nowhere real: 1. Part 3: told at 1, real at 0 and 1: 1/2.
        Assert.Equal(0.75, OccupancyMetrics.PartIntersectionOverUnion([4, 3], [3, 3], [3, 4]));
    }

    [Fact]
    public void PartIntersectionOverUnion_PointsOutside_DoNotCount()
    {
        // Told as part 3 at a point outside the shape: no error.
        Assert.Equal(1, OccupancyMetrics.PartIntersectionOverUnion([3, 4, 3], [3, 4, None], [3, 4]));
    }

    [Fact]
    public void PartIntersectionOverUnion_ALabelOfAnotherCategory_IsAMiss()
    {
        Assert.Equal(0.5, OccupancyMetrics.PartIntersectionOverUnion([0, 9], [0, 0], [0]));
    }

    [Fact]
    public void Metrics_OfDifferentLengths_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => OccupancyMetrics.IntersectionOverUnion([true], [1, 0]));
        Assert.Contains("at least one part", Assert.Throws<ArgumentException>(() => OccupancyMetrics.PartIntersectionOverUnion([1], [1], [])).Message);
    }
}
