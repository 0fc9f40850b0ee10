namespace Bitcurve.Models.Series;

/// <summary>The few operations on small dense matrices that a series needs, in double precision.</summary>
internal static class MatrixAlgebra
{
    /// <summary>The Kronecker product: (m x n) and (r x s) give mr x ns, the right factor's indices innermost.</summary>
    internal static double[,] Kronecker(double[,] left, double[,] right)
    {
        var (rows, columns) = (right.GetLength(0), right.GetLength(1));
        var result = new double[left.GetLength(0) * rows, left.GetLength(1) * columns];
        for (var p = 0; p < result.GetLength(0); p++)
        {
            for (var q = 0; q < result.GetLength(1); q++)
            {
                result[p, q] = left[p / rows, q / columns] * right[p % rows, q % columns];
            }
        }

        return result;
    }

    /// <summary>A^T A of a k x h matrix: h x h.</summary>
    internal static double[,] Gram(double[,] matrix)
    {
        var columns = matrix.GetLength(1);
        var result = new double[columns, columns];
        for (var i = 0; i < columns; i++)
        {
            for (var j = 0; j < columns; j++)
            {
                result[i, j] = Dot(matrix, i, matrix, j);
            }
        }

        return result;
    }

    /// <summary>
    /// The pseudo-inverse R^-1 Q^T of a k x h matrix of full column rank, h x k: what it maps b to minimises |A x - b|.
    /// O(k h^2), by modified Gram-Schmidt with a second pass (Bjorck, Linear Algebra and its Applications 197-198, 1994).
    /// </summary>
    internal static double[,] PseudoInverse(double[,] matrix)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var (orthonormal, upper) = Orthonormalized(matrix);
        var result = new double[columns, rows];
        for (var p = 0; p < rows; p++)
        {
            for (var i = columns - 1; i >= 0; i--)
            {
                var value = orthonormal[p, i];
                for (var j = i + 1; j < columns; j++)
                {
                    value -= upper[i, j] * result[j, p];
                }

                result[i, p] = value / upper[i, i];
            }
        }

        return result;
    }

    // A = Q R. One pass loses orthogonality in proportion to A's condition; the second restores it.
    private static (double[,] Orthonormal, double[,] Upper) Orthonormalized(double[,] matrix)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var q = (double[,])matrix.Clone();
        var r = new double[columns, columns];
        for (var j = 0; j < columns; j++)
        {
            for (var pass = 0; pass < 2; pass++)
            {
                for (var i = 0; i < j; i++)
                {
                    var component = Dot(q, i, q, j);
                    r[i, j] += component;
                    for (var p = 0; p < rows; p++)
                    {
                        q[p, j] -= component * q[p, i];
                    }
                }
            }

            r[j, j] = Math.Sqrt(Dot(q, j, q, j));
            for (var p = 0; p < rows; p++)
            {
                q[p, j] /= r[j, j];
            }
        }

        return (q, r);
    }

    private static double Dot(double[,] left, int leftColumn, double[,] right, int rightColumn)
    {
        var sum = 0.0;
        for (var p = 0; p < left.GetLength(0); p++)
        {
            sum += left[p, leftColumn] * right[p, rightColumn];
        }

        return sum;
    }
}
