namespace Bitcurve.Gp;

/// <summary>
/// An immutable set of M points in d dimensions, stored dimension-major so that distances to one point are computed over contiguous memory.
/// </summary>
public sealed class Points
{
    /// <summary>Coordinate k of point i lies at k * M + i.</summary>
    private readonly double[] _coordinates;

    /// <summary>Takes a copy of <paramref name="rows"/>, M points of d coordinates each.</summary>
    /// <exception cref="ArgumentOutOfRangeException">When <paramref name="dimensions"/> is less than 1.</exception>
    /// <exception cref="ArgumentException">When a row has another length than d or a coordinate is not finite.</exception>
    public Points(int dimensions, IReadOnlyList<double[]> rows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        Dimensions = dimensions;
        Count = rows.Count;
        _coordinates = new double[dimensions * Count];
        for (var i = 0; i < Count; i++)
        {
            CopyRow(rows[i], i);
        }
    }

    private Points(int dimensions, int count, double[] coordinates)
    {
        Dimensions = dimensions;
        Count = count;
        _coordinates = coordinates;
    }

    /// <summary>d.</summary>
    public int Dimensions { get; }

    /// <summary>M.</summary>
    public int Count { get; }

    public double this[int point, int dimension] => _coordinates[(dimension * Count) + point];

    /// <summary>The M coordinates along one dimension.</summary>
    public ReadOnlySpan<double> Coordinate(int dimension) => _coordinates.AsSpan(dimension * Count, Count);

    /// <summary>A copy of one point, d coordinates.</summary>
    public double[] Row(int point)
    {
        var row = new double[Dimensions];
        for (var k = 0; k < Dimensions; k++)
        {
            row[k] = this[point, k];
        }
        return row;
    }

    /// <summary>The points at <paramref name="indices"/>, in that order.</summary>
    public Points Select(IReadOnlyList<int> indices)
    {
        var selected = new double[Dimensions * indices.Count];
        for (var k = 0; k < Dimensions; k++)
        {
            for (var i = 0; i < indices.Count; i++)
            {
                selected[(k * indices.Count) + i] = this[indices[i], k];
            }
        }
        return new Points(Dimensions, indices.Count, selected);
    }

    /// <summary>These points followed by <paramref name="more"/>.</summary>
    /// <exception cref="ArgumentException">When the dimensions differ.</exception>
    public Points Append(Points more)
    {
        if (more.Dimensions != Dimensions)
        {
            throw new ArgumentException($"Expected points of {Dimensions} dimensions, got {more.Dimensions}.", nameof(more));
        }
        var total = Count + more.Count;
        var joined = new double[Dimensions * total];
        for (var k = 0; k < Dimensions; k++)
        {
            Coordinate(k).CopyTo(joined.AsSpan(k * total));
            more.Coordinate(k).CopyTo(joined.AsSpan((k * total) + Count));
        }
        return new Points(Dimensions, total, joined);
    }

    private void CopyRow(double[] row, int point)
    {
        if (row.Length != Dimensions)
        {
            throw new ArgumentException($"Expected {Dimensions} coordinates for point {point}, got {row.Length}.", "rows");
        }
        for (var k = 0; k < Dimensions; k++)
        {
            if (!double.IsFinite(row[k]))
            {
                throw new ArgumentException($"Expected finite coordinates, got {row[k]} at point {point}, dimension {k}.", "rows");
            }
            _coordinates[(k * Count) + point] = row[k];
        }
    }
}
