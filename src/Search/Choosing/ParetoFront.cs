namespace Bitcurve.Search.Choosing;

/// <summary>Configurations that no other one beats in both the metric and memory.</summary>
public static class ParetoFront
{
    /// <summary>
    /// The front in ascending order of memory, its metric strictly better at each step: whatever another configuration matches or beats in both
    /// is removed. Of two equal ones the lexicographically smaller bits stay. O(n log n).
    /// </summary>
    public static IReadOnlyList<Configuration> Of(IEnumerable<Configuration> configurations)
    {
        var front = new List<Configuration>();
        IEnumerable<Configuration> smallestFirst = configurations
            .OrderBy(configuration => configuration.Size.DsconvBits)
            .ThenByDescending(configuration => configuration.Score)
            .ThenBy(configuration => configuration.Bits);
        foreach (Configuration configuration in smallestFirst)
        {
            if (front.Count == 0 || configuration.Score > front[^1].Score)
            {
                front.Add(configuration);
            }
        }

        return front;
    }

    /// <summary>At most <paramref name="limit"/> members, spread evenly along the front with both its ends.</summary>
    public static IReadOnlyList<Configuration> Spread(IReadOnlyList<Configuration> front, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        if (front.Count <= limit)
        {
            return front;
        }

        return limit == 1
            ? [front[^1]]
            : [.. Enumerable.Range(0, limit).Select(step => front[((step * (front.Count - 1)) + ((limit - 1) / 2)) / (limit - 1)])];
    }
}
