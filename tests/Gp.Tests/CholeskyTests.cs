namespace Bitcurve.Gp.Tests;

public sealed class CholeskyTests
{
    [Fact]
    public void Of_ByHand_GivesTheLowerFactor()
    {
        // [4 2; 2 5] = [2 0; 1 2] [2 1; 0 2]
        var cholesky = Cholesky.Of([4, 2, 2, 5], 2);

        Assert.Equal([2, 0, 1, 2], new[] { cholesky[0, 0], cholesky[0, 1], cholesky[1, 0], cholesky[1, 1] });
        Close.Equal(Math.Log(16), cholesky.LogDeterminant, 1e-15);
        Assert.Equal(0, cholesky.Jitter);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(17)]
    [InlineData(40)]
    public void Of_EverySizeModuloTheTile_ReproducesTheMatrix(int size)
    {
        var matrix = PositiveDefinite(size, seed: size);
        var cholesky = Cholesky.Of(matrix, size);
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                var product = Enumerable.Range(0, size).Sum(k => cholesky[i, k] * cholesky[j, k]);
                Close.Equal(matrix[(i * size) + j], product, 1e-13, 1e-13);
            }
        }
    }

    [Fact]
    public void Solve_RandomMatrix_LeavesNoResidual() => Seeds.ForAll(30, seed =>
    {
        var size = 1 + (seed % 23);
        var matrix = PositiveDefinite(size, seed);
        var right = new StandardNormal(seed).Next(size);
        var solution = Cholesky.Of(matrix, size).Solve(right);
        for (var i = 0; i < size; i++)
        {
            Close.Equal(right[i], Enumerable.Range(0, size).Sum(j => matrix[(i * size) + j] * solution[j]), 1e-10, 1e-10);
        }
    });

    [Theory]
    [InlineData(0, 5)]
    [InlineData(7, 1)]
    [InlineData(8, 3)]
    [InlineData(13, 9)]
    public void Append_RowsOfALargerMatrix_EqualsFactoringIt(int size, int more)
    {
        var total = size + more;
        var matrix = PositiveDefinite(total, seed: 5);
        var leading = Enumerable.Range(0, size * size).Select(i => matrix[(i / size * total) + (i % size)]).ToArray();

        var grown = Cholesky.Of(leading, size).Append(matrix.AsSpan(size * total), more);
        var direct = Cholesky.Of(matrix, total);

        for (var i = 0; i < total; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Close.Equal(direct[i, j], grown[i, j], 1e-13, 1e-14);
            }
        }
    }

    [Fact]
    public void Of_SingularMatrix_UsesTheSmallestJitterThatHelps()
    {
        var cholesky = Cholesky.Of([1, 1, 1, 1], 2);
        Assert.Equal(1e-12, cholesky.Jitter);
    }

    [Fact]
    public void Of_IndefiniteMatrix_ThrowsNamingSizeAndJitters()
    {
        var exception = Assert.Throws<NotPositiveDefiniteException>(() => Cholesky.Of([1, 2, 2, 1], 2));

        Assert.Equal(2, exception.Size);
        Assert.Equal(Cholesky.Jitters, exception.Jitters);
        Assert.Equal(
            "A 2 x 2 covariance is not positive definite; jitters tried, relative to its mean diagonal: 0, 1E-12, 1E-10, 1E-08, 1E-06.",
                exception.Message);
    }

    [Fact]
    public void Of_NotANumber_Throws() => Assert.Throws<NotPositiveDefiniteException>(() => Cholesky.Of([1, 0, double.NaN, 1], 2));

    [Fact]
    public void Of_WrongLength_ThrowsNamingBoth()
    {
        var exception = Assert.Throws<ArgumentException>(() => Cholesky.Of([1, 0, 1], 2));
        Assert.Contains("Expected 4 entries, got 3.", exception.Message);
    }

    /// <summary>G G^T + I, row-major.</summary>
    private static double[] PositiveDefinite(int size, int seed)
    {
        var normal = new StandardNormal(seed).Next(size * size);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                matrix[(i * size) + j] =
                    Enumerable.Range(0, size).Sum(k => normal[(i * size) + k] * normal[(j * size) + k]) + (i == j ? 1 : 0);
            }
        }
        return matrix;
    }
}
