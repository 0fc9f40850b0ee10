namespace Bitcurve.Models.Series;

/// <summary>The few operations on small dense matrices that a series needs, in double precision.</summary>
internal static class MatrixAlgebra
{
    // Cosine of the angle below which two columns count as orthogonal: a few roundings of their product.
    private const double Orthogonal = 1e-15;
    private const int MaxSweeps = 60;

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
    /// The pseudo-inverse of a k x h matrix, h x k: what it maps b to is the shortest x that minimises |A x - b|, without the directions whose
    /// singular value is below <paramref name="cutoff"/> times the largest. O(k h^2) per sweep; a dozen sweeps are usual.
    /// </summary>
    internal static double[,] PseudoInverse(double[,] matrix, double cutoff)
    {
        var (rows, columns) = (matrix.GetLength(0), matrix.GetLength(1));
        var (scaledLeft, right) = SingularVectors(matrix);
        var squares = Enumerable.Range(0, columns).Select(j => Dot(scaledLeft, j, scaledLeft, j)).ToArray();
        var smallest = squares.Max() * cutoff * cutoff;
        var result = new double[columns, rows];
        for (var j = 0; j < columns; j++)
        {
            for (var i = 0; i < columns && squares[j] >= smallest; i++)
            {
                for (var p = 0; p < rows; p++)
                {
                    result[i, p] += right[i, j] * scaledLeft[p, j] / squares[j];
                }
            }
        }

        return result;
    }

    // A V = U S: rotates pairs of A's columns until all are orthogonal (one-sided Jacobi; Hestenes, J. SIAM 6(1), 1958).
    private static (double[,] ScaledLeft, double[,] Right) SingularVectors(double[,] matrix)
    {
        var columns = matrix.GetLength(1);
        var scaledLeft = (double[,])matrix.Clone();
        var right = new double[columns, columns];
        for (var i = 0; i < columns; i++)
        {
            right[i, i] = 1;
        }

        var isOrthogonal = false;
        for (var sweep = 0; sweep < MaxSweeps && !isOrthogonal; sweep++)
        {
            isOrthogonal = true;
            for (var i = 0; i < columns; i++)
            {
                for (var j = i + 1; j < columns; j++)
                {
                    var (alpha, beta, gamma) = (Dot(scaledLeft, i, scaledLeft, i), Dot(scaledLeft, j, scaledLeft, j), Dot(scaledLeft, i, scaledLeft, j));
                    if (Math.Abs(gamma) > Orthogonal * Math.Sqrt(alpha * beta))
                    {
                        isOrthogonal = false;
                        var angle = Math.Atan2(2 * gamma, alpha - beta) / 2;
                        Rotate(scaledLeft, i, j, angle);
                        Rotate(right, i, j, angle);
                    }
                }
            }
        }

        return (scaledLeft, right);
    }

    private static void Rotate(double[,] matrix, int i, int j, double angle)
    {
        var (sine, cosine) = Math.SinCos(angle);
        for (var p = 0; p < matrix.GetLength(0); p++)
        {
            var (left, right) = (matrix[p, i], matrix[p, j]);
            (matrix[p, i], matrix[p, j]) = ((cosine * left) + (sine * right), (cosine * right) - (sine * left));
        }
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
