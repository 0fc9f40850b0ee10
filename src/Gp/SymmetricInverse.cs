namespace Bitcurve.Gp;

internal static class SymmetricInverse
{
    public static void InvertFactor(double[] factor, int size, double[] inverse)
    {
        var transposed = Transposed(factor, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                inverse[(i * size) + j] = transposed[(j * size) + i];
            }
        }
    }

    public static void LowerTriangle(double[] factor, int size, double[] inverse) =>
        GramMatrix.LowerTriangle(Transposed(factor, size), size, size, row => row, inverse);

    private static double[] Transposed(double[] factor, int size)
    {
        var rows = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            rows[(i * size) + i] = 1;
        }
        for (var block = 0; block < size; block += RowProducts.Right)
        {
            TriangularSolve.LowerRows(factor, size, block, size, rows, block * size, size, Math.Min(RowProducts.Right, size - block));
        }
        return rows;
    }
}
