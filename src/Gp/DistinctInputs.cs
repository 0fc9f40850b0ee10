namespace Bitcurve.Gp;

/// <summary>
/// The u distinct inputs among n points, in order of first appearance. A configuration measured at several tasks is one input: kernels
/// need to be evaluated between inputs only, so that their cost grows with configurations, not with observations.
/// </summary>
internal sealed class DistinctInputs
{
    private DistinctInputs(Points points, int[] inputOf) => (Points, InputOf) = (points, inputOf);

    /// <summary>u points.</summary>
    public Points Points { get; }

    /// <summary>n indices into <see cref="Points"/>.</summary>
    public int[] InputOf { get; }

    /// <summary>u.</summary>
    public int Count => Points.Count;

    /// <summary>Inputs are the same when every coordinate is. O(n d).</summary>
    public static DistinctInputs Of(Points points)
    {
        var indexOf = new Dictionary<Coordinates, int>(points.Count);
        var inputOf = new int[points.Count];
        var first = new List<int>();
        for (var i = 0; i < points.Count; i++)
        {
            var key = new Coordinates(points, i);
            if (!indexOf.TryGetValue(key, out inputOf[i]))
            {
                inputOf[i] = first.Count;
                indexOf.Add(key, first.Count);
                first.Add(i);
            }
        }
        return new DistinctInputs(first.Count == points.Count ? points : points.Select(first), inputOf);
    }

    /// <summary>One point as a key, compared by value without copying it.</summary>
    private readonly struct Coordinates(Points points, int index) : IEquatable<Coordinates>
    {
        private readonly Points _points = points;
        private readonly int _index = index;

        public bool Equals(Coordinates other)
        {
            for (var k = 0; k < _points.Dimensions; k++)
            {
                if (_points[_index, k] != other._points[other._index, k])
                {
                    return false;
                }
            }
            return true;
        }

        public override bool Equals(object? obj) => obj is Coordinates other && Equals(other);

        public override int GetHashCode()
        {
            var hash = default(HashCode);
            for (var k = 0; k < _points.Dimensions; k++)
            {
                // 0 and -0 are equal, so they need one hash.
                hash.Add(_points[_index, k] + 0.0);
            }
            return hash.ToHashCode();
        }
    }
}
