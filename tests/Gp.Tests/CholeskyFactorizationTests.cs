using MathNet.Numerics.LinearAlgebra;

namespace Bitcurve.Gp.Tests;

[Collection(ThreadsCollection.Name)]
public sealed class CholeskyFactorizationTests
{
    [Fact]
    public void Factor_EverySize_EqualsAnotherLibrarysFactor()
    {
        foreach (var size in DenseCase.Sizes)
        {
            var matrix = DenseCase.Covariance(size, size);
            var expected = Matrix<double>.Build.DenseOfRowMajor(size, size, matrix).Cholesky().Factor.ToRowMajorArray();
            // Condition number below 1e4.
            Close.Equal(DenseCase.LowerTriangle(expected, size), Lower(matrix, size), 1e-11, 1e-11);
        }
    }

    [Theory]
    [InlineData(20, 1)]
    [InlineData(64, 3)]
    [InlineData(97, 65)]
    [InlineData(200, 101)]
    public void Factor_GrownByRows_GivesTheBitsOfTheWhole(int size, int more)
    {
        var total = size + more;
        var matrix = DenseCase.Covariance(total, 3);
        var leading = Enumerable.Range(0, size * size).Select(i => matrix[(i / size * total) + (i % size)]).ToArray();

        var grown = Cholesky.Of(leading, size).Append(matrix.AsSpan(size * total), more);

        Assert.Equal(Lower(matrix, total), DenseCase.LowerTriangle(grown.Storage, total));
    }

    [Theory]
    [InlineData(7)]
    [InlineData(65)]
    [InlineData(301)]
    public void Factor_NotANumberAboveTheDiagonal_IsNeverRead(int size)
    {
        var matrix = DenseCase.Covariance(size, 7);
        var poisoned = (double[])matrix.Clone();
        for (var i = 0; i < size; i++)
        {
            poisoned.AsSpan((i * size) + i + 1, size - i - 1).Fill(double.NaN);
        }
        Assert.Equal(Lower(matrix, size), Lower(poisoned, size));
    }

    [Fact]
    public void Factor_OneOrTwoThreads_GivesTheSameBits()
    {
        const int size = 301;
        var matrix = DenseCase.Covariance(size, 4);
        var (one, two) = DenseCase.OnOneAndTwoThreads(() => Lower(matrix, size));
        Assert.Equal(one, two);
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(100, 70)]
    [InlineData(200, 199)]
    public void Factor_OneRowTwice_UsesTheSmallestJitterThatHelps(int size, int twin)
    {
        var matrix = DenseCase.Covariance(size, 5);
        for (var i = 0; i < size; i++)
        {
            matrix[(twin * size) + i] = matrix[i];
            matrix[(i * size) + twin] = matrix[i * size];
        }
        matrix[(twin * size) + twin] = matrix[twin] = matrix[twin * size] = matrix[0];
        var jitter = CholeskyFactorization.Factor(matrix, size, 0, new double[size * size]);
        Assert.InRange(jitter, 0, 1e-12);
        Assert.NotEqual(0, jitter);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(77)]
    [InlineData(190)]
    public void Factor_NotANumberAnywhere_Throws(int row)
    {
        const int size = 200;
        var matrix = DenseCase.Covariance(size, 6);
        matrix[(row * size) + 2] = double.NaN;
        Assert.Throws<NotPositiveDefiniteException>(() => CholeskyFactorization.Factor(matrix, size, 0, new double[size * size]));
    }

    private static double[] Lower(double[] matrix, int size)
    {
        var factor = new double[size * size];
        CholeskyFactorization.Factor(matrix, size, 0, factor);
        return DenseCase.LowerTriangle(factor, size);
    }
}
