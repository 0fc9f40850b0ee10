using System.Numerics;
using Bitcurve.Models.Networks.Points;

namespace Bitcurve.Models.Tests.Networks.Points;

public class FarthestPointsTests
{
    [Fact]
    public void Sample_OfRandomPoints_TakesTheFarthestFromAllChosen()
    {
        var points = RandomPoints.Draw(120, seed: 3);

        var chosen = FarthestPoints.Sample(points, 30);

        Assert.Equal(points.MinBy(point => point.X), points[chosen[0]]);
        for (var k = 1; k < chosen.Length; k++)
        {
            var before = chosen[..k];
            Assert.Equal(Enumerable.Range(0, points.Length).MaxBy(p => before.Min(q => Vector3.DistanceSquared(points[p], points[q]))), chosen[k]);
        }
    }

    [Fact]
    public void Sample_OfRenumberedLattice_ChoosesTheSamePoints()
    {
        // A lattice is full of ties.
        Vector3[] points = [.. from x in Enumerable.Range(0, 4) from y in Enumerable.Range(0, 4) from z in Enumerable.Range(0, 4) select new Vector3(x, y, z)];
        var order = RandomPoints.Order(points.Length, seed: 4);
        var renumbered = Array.ConvertAll(order, k => points[k]);

        Assert.Equal(
            FarthestPoints.Sample(points, 20).Select(k => points[k]),
            FarthestPoints.Sample(renumbered, 20).Select(k => renumbered[k]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Sample_OfTooManyOrNone_Throws(int count)
    {
        var exception = Assert.Throws<ArgumentException>(() => FarthestPoints.Sample(RandomPoints.Draw(3, seed: 5), count));

        Assert.Equal($"farthest points: expected 1 to 3 of the 3 points, actual {count}", exception.Message);
    }
}
