using System.Numerics;
using Bitcurve.Models.Networks.Points;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Networks.Points;

public class NeighbourhoodTests
{
    [Fact]
    public void Nearest_OfRandomPoints_IsWhatSortingFinds()
    {
        var others = RandomPoints.Draw(300, seed: 1);
        var points = RandomPoints.Draw(50, seed: 2);

        var found = Neighbourhood.Nearest(points, others, new PointSearch(others), 7);

        var sorted = points.SelectMany(point => Enumerable.Range(0, others.Length).OrderBy(k => Vector3.Distance(others[k], point)).Take(7));
        Assert.Equal(sorted, found.Indices);
        Assert.Equal(50, found.Rows);
        for (var k = 0; k < found.Indices.Length; k++)
        {
            Assert.Equal(others[found.Indices[k]] - points[k / 7], new Vector3(found.Offsets.AsSpan(3 * k, 3)));
        }
    }

    [Fact]
    public void Nearest_OfFewerPointsThanWanted_IsAllOfThem()
    {
        Vector3[] others = [new(1, 0, 0), new(2, 0, 0)];

        var found = Neighbourhood.Nearest([Vector3.Zero], others, new PointSearch(others), 5);

        Assert.Equal([0, 1], found.Indices);
        Assert.Equal(2, found.Size);
    }

    [Fact]
    public void InverseDistanceWeights_ByHand()
    {
        Vector3[] others = [new(1, 0, 0), new(0, 2, 0), new(0, 0, -4)];
        var found = Neighbourhood.Nearest([Vector3.Zero, new(0, 2, 0)], others, new PointSearch(others), 3);

        var weights = found.InverseDistanceWeights();

        // 1, 1/2, 1/4 over their sum 7/4; a point of the other set takes all.
        Assert.Equal([4 / 7f, 2 / 7f, 1 / 7f], weights[..3], (left, right) => Math.Abs(left - right) < 1e-6);
        Assert.Equal(1, weights[3], 1e-6);
    }
}
