namespace Bitcurve.Gp;

internal static class MatrixProduct
{
    public static void RowsByRows(double[] a, int aStride, double[] b, int bOffset, int bStride, double[] c, int cOffset, int cStride,
        int rows, int columns, int depth)
    {
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                c[(i * cStride) + cOffset + j] = RowProducts.Dot(a.AsSpan(i * aStride, depth), b.AsSpan(bOffset + (j * bStride), depth));
            }
        }
    }
}
