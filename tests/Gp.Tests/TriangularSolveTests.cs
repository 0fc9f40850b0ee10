namespace Bitcurve.Gp.Tests;

[Collection(ThreadsCollection.Name)]
public sealed class TriangularSolveTests
{
    [Fact]
    public void LowerRows_EverySize_IsOneChainOfMultiplyAdds()
    {
        foreach (var size in DenseCase.Sizes)
        {
            // Few right-hand sides and many take different ways.
            foreach (var count in new[] { 1 + (size % 8), 9 + (size % 7) })
            {
                var factor = Factor(size);
                var rows = DenseCase.Normal(count * size, size);
                var expected = (double[])rows.Clone();
                for (var row = 0; row < count; row++)
                {
                    SolveByHand(factor, size, expected.AsSpan(row * size, size));
                }
                TriangularSolve.LowerRows(factor, size, 0, size, rows, 0, size, count);
                Assert.Equal(expected, rows);
            }
        }
    }

    [Theory]
    [InlineData(65)]
    [InlineData(200)]
    public void LowerRows_InBatchesOfAnySize_GivesTheSameBits(int size)
    {
        var factor = Factor(size);
        const int count = 61;
        var all = DenseCase.Normal(count * size, 1);
        var apart = (double[])all.Clone();
        TriangularSolve.LowerRows(factor, size, 0, size, all, 0, size, count);
        for (int row = 0, batch = 1; row < count; row += batch, batch++)
        {
            TriangularSolve.LowerRows(factor, size, 0, size, apart, row * size, size, Math.Min(batch, count - row));
        }
        Assert.Equal(all, apart);
    }

    [Fact]
    public void LowerRows_OneOrTwoThreads_GivesTheSameBits()
    {
        const int size = 200, count = 301;
        var factor = Factor(size);
        var (one, two) = DenseCase.OnOneAndTwoThreads(() =>
        {
            var rows = DenseCase.Normal(count * size, 2);
            TriangularSolve.LowerRows(factor, size, 0, size, rows, 0, size, count);
            return rows;
        });
        Assert.Equal(one, two);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(20)]
    public void LowerRows_FromAColumnWithStridesAndOffset_TouchesNothingElse(int count)
    {
        const int size = 50, first = 13, stride = 60, offset = 9;
        var factor = Factor(size);
        var before = DenseCase.Normal(offset + (count * stride), 3);
        var rows = (double[])before.Clone();
        TriangularSolve.LowerRows(factor, size, first, size, rows, offset, stride, count);

        for (var row = 0; row < count; row++)
        {
            var full = before.AsSpan(offset + (row * stride), size).ToArray();
            full.AsSpan(0, first).Clear();
            SolveByHand(factor, size, full);
            full[first..].CopyTo(before, offset + (row * stride) + first);
        }
        Assert.Equal(before, rows);
    }

    [Fact]
    public void Upper_AfterLower_LeavesNoResidual()
    {
        const int size = 127;
        var factor = Factor(size);
        var right = DenseCase.Normal(size, 4);
        var x = (double[])right.Clone();
        TriangularSolve.Upper(factor, size, size, x);
        for (var i = 0; i < size; i++)
        {
            // Entries of x reach 1e2 at this condition number.
            Close.Equal(right[i], Enumerable.Range(i, size - i).Sum(k => factor[(k * size) + i] * x[k]), 1e-11, 1e-11);
        }
    }

    private static double[] Factor(int size)
    {
        var factor = new double[size * size];
        CholeskyFactorization.Factor(DenseCase.Covariance(size, size), size, 0, factor);
        return factor;
    }

    private static void SolveByHand(double[] factor, int size, Span<double> x)
    {
        for (var j = 0; j < size; j++)
        {
            for (var k = 0; k < j; k++)
            {
                x[j] = Math.FusedMultiplyAdd(-x[k], factor[(j * size) + k], x[j]);
            }
            x[j] *= 1 / factor[(j * size) + j];
        }
    }
}
