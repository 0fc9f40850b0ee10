using System.Numerics;
using Bitcurve.Models.Data;
using Bitcurve.Models.Surfaces;

namespace Bitcurve.Models.Tests.Surfaces;

public class PointSearchTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(8, 3)]
    [InlineData(9, 9)]
    [InlineData(1000, 5)]
    public void Nearest_RandomPoints_EqualsBruteForce(int count, int wanted)
    {
        var random = new KeyedRandom(count);
        Vector3[] points = [.. Enumerable.Range(0, count).Select(_ => Draw(random))];
        var search = new PointSearch(points);
        int[] numbers = new int[wanted];
        float[] squared = new float[wanted];
        for (int k = 0; k < 200; k++)
        {
            Vector3 query = 2 * Draw(random);
            search.Nearest(query, numbers, squared);

            Assert.Equal(points.Select(point => Vector3.DistanceSquared(point, query)).Order().Take(wanted), squared);
            Assert.Equal(squared, numbers.Select(number => Vector3.DistanceSquared(points[number], query)));
            Assert.Equal(wanted, numbers.Distinct().Count());
        }
    }

    // Equal coordinates along the split axis: points of a plane, and the same point many times.
    [Fact]
    public void Nearest_RepeatedPoints_AreFound()
    {
        float[] coordinates = [.. Enumerable.Range(0, 100).SelectMany(k => new[] { k % 2, k / 2 % 2, 0f })];
        var search = new PointSearch(coordinates);
        int[] numbers = new int[25];
        search.Nearest(new Vector3(0.9f, 0.1f, 0), numbers, new float[25]);

        Assert.Equal(Enumerable.Range(0, 100).Where(k => k % 4 == 1), numbers.Order());
        Assert.Equal(100, search.Count);
    }

    [Fact]
    public void Nearest_WrongArguments_NamesThem()
    {
        Assert.Throws<ArgumentException>(() => new PointSearch(ReadOnlySpan<Vector3>.Empty));
        Assert.Contains("actual 4", Assert.Throws<ArgumentException>(() => new PointSearch(new float[4])).Message);
        Assert.Contains("finite", Assert.Throws<ArgumentException>(() => new PointSearch(new float[] { 0, float.NaN, 0 })).Message);
        var search = new PointSearch(new float[3]);
        Assert.Contains("1 .. 1 places", Assert.Throws<ArgumentException>(() => search.Nearest(default, new int[2], new float[2])).Message);
        Assert.Contains("finite query", Assert.Throws<ArgumentException>(() => search.Nearest(new Vector3(float.NaN))).Message);
    }

    private static Vector3 Draw(KeyedRandom random) =>
        new((float)random.NextUniform(-0.5, 0.5), (float)random.NextUniform(-0.5, 0.5), (float)random.NextNormal() / 4);
}
