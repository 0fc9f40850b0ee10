namespace Bitcurve.Gp;

/// <summary>Inner products between the rows of one array.</summary>
internal static class GramMatrix
{
    /// <summary>
    /// Writes row i . row j for all j &lt;= i into <paramref name="result"/>, row-major count x count. O(count^2 length).
    /// </summary>
    /// <param name="rows">count rows of <paramref name="length"/> entries.</param>
    /// <param name="length">Columns.</param>
    /// <param name="count">Rows.</param>
    /// <param name="start">The first column that can be other than zero in a row; not falling from one row to the next.</param>
    /// <param name="result">Its upper triangle is left with values of no meaning.</param>
    public static void LowerTriangle(double[] rows, int length, int count, Func<int, int> start, double[] result)
    {
        Span<double> sums = stackalloc double[RowProducts.Left * RowProducts.Right];
        Span<int> offsets = stackalloc int[RowProducts.Right];
        for (var i = 0; i < count; i += RowProducts.Left)
        {
            var last = Math.Min(i + 1, count - 1);
            for (var j = 0; j <= last; j += RowProducts.Right)
            {
                for (var q = 0; q < RowProducts.Right; q++)
                {
                    offsets[q] = Math.Min(j + q, count - 1) * length;
                }
                RowProducts.Tile(rows, i * length, last * length, rows, offsets, start(i), length, sums);
                var width = Math.Min(RowProducts.Right, count - j);
                sums[..width].CopyTo(result.AsSpan((i * count) + j));
                sums.Slice(last == i ? 0 : RowProducts.Right, width).CopyTo(result.AsSpan((last * count) + j));
            }
        }
    }
}
