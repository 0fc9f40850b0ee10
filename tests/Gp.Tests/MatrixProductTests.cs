using MathNet.Numerics.LinearAlgebra;

namespace Bitcurve.Gp.Tests;

[Collection(ThreadsCollection.Name)]
public sealed class MatrixProductTests
{
    [Fact]
    public void Accumulate_ByHand_GivesTheProduct()
    {
        // [1 2; 3 4] [5 7; 6 8] = [17 23; 39 53]; twice that and a tenth of C.
        double[] c = [10, 20, 30, 40];
        MatrixProduct.Accumulate(2, View([1, 2, 3, 4], 2, 2), View([5, 6, 7, 8], 2, 2), 0.1, View(c, 2, 2));
        Assert.Equal([35, 48, 81, 110], c);
    }

    [Fact]
    public void Accumulate_EverySize_IsOneChainOfMultiplyAdds()
    {
        foreach (var size in DenseCase.Sizes)
        {
            // Three extents that are never multiples of the tile together.
            var (rows, columns, depth) = (size, Math.Max(1, 71 - size), 1 + (size * 13 % 29));
            RequireChain(rows, columns, depth);
        }
        RequireChain(13, 170, 200);
    }

    [Fact]
    public void Accumulate_OtherLibrary_AgreesWithIt()
    {
        var (rows, columns, depth) = (127, 301, 401);
        double[] a = DenseCase.Normal(rows * depth, 1), b = DenseCase.Normal(columns * depth, 2), c = new double[rows * columns];
        MatrixProduct.Accumulate(1, View(a, rows, depth), View(b, columns, depth), 0, View(c, rows, columns));

        var expected = Matrix<double>.Build.DenseOfRowMajor(rows, depth, a)
            .TransposeAndMultiply(Matrix<double>.Build.DenseOfRowMajor(columns, depth, b));
        // Sums of 401 products of order 1: rounding of a few hundred units in the last place.
        Close.Equal(expected.ToRowMajorArray(), c, 1e-12, 1e-12);
    }

    [Fact]
    public void Accumulate_ViewsWithStrides_LeavesTheRestAlone()
    {
        foreach (var rows in new[] { 1, 5, 6, 7, 20 })
        {
            var (columns, depth) = (rows + 4, 11);
            var a = new MatrixView(DenseCase.Normal(1000, 1), 3, 17, rows, depth);
            var b = new MatrixView(DenseCase.Normal(1000, 2), 5, 19, columns, depth);
            var before = DenseCase.Normal(1000, 3);
            var c = new MatrixView((double[])before.Clone(), 7, 31, rows, columns);
            MatrixProduct.Accumulate(-1, a, b, 1, c);

            var expected = (double[])before.Clone();
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    expected[c.Row(i) + j] = Chain(expected[c.Row(i) + j], -1, a, i, b, j);
                }
            }
            Assert.Equal(expected, c.Entries);
        }
    }

    [Fact]
    public void Accumulate_LowerOnlyOfAnUpperTriangle_EqualsTheWholeProduct()
    {
        foreach (var size in DenseCase.Sizes)
        {
            var a = DenseCase.Normal(size * size, size);
            for (var i = 0; i < size; i++)
            {
                a.AsSpan(i * size, i).Clear();
            }
            double[] whole = new double[size * size], lower = new double[size * size];
            MatrixProduct.Accumulate(1, View(a, size, size), View(a, size, size), 0, View(whole, size, size));
            MatrixProduct.Accumulate(1, View(a, size, size), View(a, size, size), 0, View(lower, size, size), lowerOnly: true, row => row);
            Assert.Equal(DenseCase.LowerTriangle(whole, size), DenseCase.LowerTriangle(lower, size));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Accumulate_OneOrTwoThreads_GivesTheSameBits(bool lowerOnly)
    {
        const int size = 301;
        var a = View(DenseCase.Normal(size * size, 4), size, size);
        var (one, two) = DenseCase.OnOneAndTwoThreads(() =>
        {
            var c = DenseCase.Normal(size * size, 5);
            MatrixProduct.Accumulate(-1, a, a, 1, View(c, size, size), lowerOnly);
            return DenseCase.LowerTriangle(c, size);
        });
        Assert.Equal(one, two);
    }

    [Fact]
    public void Accumulate_SomeRows_GivesTheBitsOfAllRows()
    {
        const int rows = 40, columns = 33, depth = 210;
        var a = View(DenseCase.Normal(rows * depth, 6), rows, depth);
        var b = View(DenseCase.Normal(columns * depth, 7), columns, depth);
        double[] all = new double[rows * columns], some = new double[rows * columns];
        MatrixProduct.Accumulate(1, a, b, 0, View(all, rows, columns));
        for (var row = 0; row < rows; row += 7)
        {
            var end = Math.Min(row + 7, rows);
            MatrixProduct.Accumulate(1, a.RowRange(row, end), b, 0, View(some, rows, columns).RowRange(row, end));
        }
        Assert.Equal(all, some);
    }

    [Fact]
    public void Accumulate_BetaZero_DoesNotReadC()
    {
        double[] c = [double.NaN];
        MatrixProduct.Accumulate(1, View([3], 1, 1), View([4], 1, 1), 0, View(c, 1, 1));
        Assert.Equal([12], c);
    }

    [Fact]
    public void Accumulate_ShapesThatDoNotFit_ThrowsNamingThem()
    {
        var exception = Assert.Throws<ArgumentException>(() => MatrixProduct.Accumulate(
            1, View(new double[6], 2, 3), View(new double[8], 2, 4), 0, View(new double[4], 2, 2)));
        Assert.Contains("got 2 x 3, 2 x 4 and 2 x 2", exception.Message);
    }

    [Theory]
    [InlineData(0, 3, 3, 4, 8)]
    [InlineData(1, 3, 3, 3, 9)]
    [InlineData(0, 2, 2, 3, 9)]
    public void MatrixView_OutsideItsArrayOrOverlapping_Throws(int offset, int stride, int rows, int columns, int length) =>
        Assert.Throws<ArgumentException>(() => new MatrixView(new double[length], offset, stride, rows, columns));

    private static void RequireChain(int rows, int columns, int depth)
    {
        var a = View(DenseCase.Normal(rows * depth, rows), rows, depth);
        var b = View(DenseCase.Normal(columns * depth, columns), columns, depth);
        var c = DenseCase.Normal(rows * columns, depth);
        var expected = c.Select((value, index) => Chain(value, -1, a, index / columns, b, index % columns)).ToArray();
        MatrixProduct.Accumulate(-1, a, b, 1, View(c, rows, columns));
        Assert.Equal(expected, c);
    }

    private static double Chain(double sum, double alpha, MatrixView a, int i, MatrixView b, int j)
    {
        for (var k = 0; k < a.Columns; k++)
        {
            sum = Math.FusedMultiplyAdd(a.Entries[a.Row(i) + k], alpha * b.Entries[b.Row(j) + k], sum);
        }
        return sum;
    }

    private static MatrixView View(double[] entries, int rows, int columns) => new(entries, 0, columns, rows, columns);
}
