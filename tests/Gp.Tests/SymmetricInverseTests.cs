using MathNet.Numerics.LinearAlgebra;

namespace Bitcurve.Gp.Tests;

[Collection(ThreadsCollection.Name)]
public sealed class SymmetricInverseTests
{
    [Fact]
    public void LowerTriangle_ByHand_GivesTheInverse()
    {
        // A = [4 2; 2 5] = [2 0; 1 2] [2 1; 0 2], A^-1 = [5 -2; -2 4] / 16
        double[] inverseFactor = new double[4], inverse = new double[4];
        SymmetricInverse.LowerTriangle([2, 0, 1, 2], 2, inverseFactor, inverse);
        Assert.Equal([0.3125, -0.125, 0.25], DenseCase.LowerTriangle(inverse, 2));
        Assert.Equal([0.5, -0.25, 0, 0.5], inverseFactor);
    }

    [Fact]
    public void LowerTriangle_EverySize_EqualsAnotherLibrarysInverse()
    {
        foreach (var size in DenseCase.Sizes)
        {
            var matrix = DenseCase.Covariance(size, size);
            var expected = Matrix<double>.Build.DenseOfRowMajor(size, size, matrix).Cholesky().Solve(
                Matrix<double>.Build.DenseIdentity(size)).ToRowMajorArray();
            // Entries are of order 10; condition number below 1e4.
            Close.Equal(DenseCase.LowerTriangle(expected, size), DenseCase.LowerTriangle(Inverse(matrix, size), size), 1e-10, 1e-10);
        }
    }

    [Fact]
    public void LowerTriangle_OneOrTwoThreads_GivesTheSameBits()
    {
        const int size = 301;
        var matrix = DenseCase.Covariance(size, 1);
        var (one, two) = DenseCase.OnOneAndTwoThreads(() => DenseCase.LowerTriangle(Inverse(matrix, size), size));
        Assert.Equal(one, two);
    }

    [Fact]
    public void LowerTriangle_WorkArraysInUseAndNothingAboveTheDiagonal_GivesTheSame()
    {
        const int size = 100;
        var factor = DenseCase.Covariance(size, 2);
        Assert.Equal(0, CholeskyFactorization.Factor([.. factor], size, 0, factor));
        for (var i = 0; i < size; i++)
        {
            factor.AsSpan((i * size) + i + 1, size - i - 1).Fill(double.NaN);
        }
        double[] work = [.. Enumerable.Repeat(double.NaN, size * size)], inverse = [.. work];
        double[] cleanWork = new double[size * size], clean = new double[size * size];
        SymmetricInverse.LowerTriangle(factor, size, work, inverse);
        SymmetricInverse.LowerTriangle(factor, size, cleanWork, clean);
        Assert.Equal(cleanWork, work);
        Assert.Equal(DenseCase.LowerTriangle(clean, size), DenseCase.LowerTriangle(inverse, size));
    }

    private static double[] Inverse(double[] matrix, int size)
    {
        double[] factor = new double[size * size], inverseFactor = new double[size * size], inverse = new double[size * size];
        CholeskyFactorization.Factor(matrix, size, 0, factor);
        SymmetricInverse.LowerTriangle(factor, size, inverseFactor, inverse);
        return inverse;
    }
}
