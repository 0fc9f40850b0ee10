using System.Numerics;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Networks.Points;

internal static class RandomPoints
{
    /// <summary>Points uniform in the cube around the origin.</summary>
    public static Vector3[] Draw(int count, long seed)
    {
        var random = new KeyedRandom(seed);
        return [.. Enumerable.Range(0, count).Select(_ => new Vector3(Coordinate(random), Coordinate(random), Coordinate(random)))];
    }

    public static int[] Order(int count, long seed)
    {
        var order = Enumerable.Range(0, count).ToArray();
        new KeyedRandom(seed).Shuffle(order);
        return order;
    }

    private static float Coordinate(KeyedRandom random) => (float)random.NextUniform(-0.5, 0.5);
}
