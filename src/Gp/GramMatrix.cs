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
        var view = new MatrixView(rows, 0, length, count, length);
        MatrixProduct.Accumulate(1, view, view, 0, new MatrixView(result, 0, count, count, count), lowerOnly: true, start);
    }
}
