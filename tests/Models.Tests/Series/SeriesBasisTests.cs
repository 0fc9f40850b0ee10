using Bitcurve.Models.Series;

namespace Bitcurve.Models.Tests.Series;

public class SeriesBasisTests
{
    // cos 0.2 pi = (1 + sqrt 5) / 4 and cos 0.4 pi = (sqrt 5 - 1) / 4.
    private const double CosineOfFifth = 0.8090169943749475;
    private const double CosineOfTwoFifths = 0.30901699437494745;

    [Fact]
    public void Matrix_CosineOfThree_HoldsTheCosinesByHand()
    {
        // x = 0.2 pi, 0.5 pi, 0.8 pi; columns 1, cos x, cos 2x.
        double[,] expected =
        {
            { 1, CosineOfFifth, CosineOfTwoFifths },
            { 1, 0, -1 },
            { 1, -CosineOfFifth, CosineOfTwoFifths },
        };

        AssertClose(expected, SeriesBasis.Matrix(SeriesKind.Cosine, 3, 3));
    }

    [Fact]
    public void Matrix_ChebyshevOfFive_HoldsThePolynomialsByHand()
    {
        // x = -1, -0.5, 0, 0.5, 1; T2 = 2x^2 - 1, T3 = 4x^3 - 3x.
        double[,] expected =
        {
            { 1, -1, 1, -1 },
            { 1, -0.5, -0.5, 1 },
            { 1, 0, -1, 0 },
            { 1, 0.5, -0.5, -1 },
            { 1, 1, 1, 1 },
        };

        AssertClose(expected, SeriesBasis.Matrix(SeriesKind.Chebyshev, 4, 5));
    }

    [Fact]
    public void Matrix_ChebyshevOfHighOrder_IsTheCosineOfTheMultipleAngle()
    {
        // T_i(cos t) = cos(i t): eq. 4's definition.
        var matrix = SeriesBasis.Matrix(SeriesKind.Chebyshev, 11, 11);
        for (var p = 0; p < 11; p++)
        {
            for (var i = 0; i < 11; i++)
            {
                Assert.Equal(Math.Cos(i * Math.Acos(-1 + (0.2 * p))), matrix[p, i], 1e-9);
            }
        }
    }

    [Theory]
    [InlineData(SeriesKind.Cosine)]
    [InlineData(SeriesKind.Chebyshev)]
    public void Matrix_OnePosition_IsTheConstant(SeriesKind kind)
    {
        AssertClose(new double[,] { { 1 } }, SeriesBasis.Matrix(kind, 1, 1));
    }

    [Theory]
    [InlineData(0, 3, "harmonics: expected 1 to 3 for kernel extent 3, got 0")]
    [InlineData(4, 3, "harmonics: expected 1 to 3 for kernel extent 3, got 4")]
    [InlineData(1, 0, "kernel extent: expected at least 1, got 0")]
    public void Matrix_HarmonicsOutsideTheExtent_SaysRangeAndValue(int harmonics, int extent, string message)
    {
        var error = Assert.Throws<ArgumentException>(() => SeriesBasis.Matrix(SeriesKind.Cosine, harmonics, extent));

        Assert.StartsWith(message, error.Message);
        Assert.DoesNotContain('\n', error.Message);
    }

    private static void AssertClose(double[,] expected, double[,] actual)
    {
        Assert.Equal((expected.GetLength(0), expected.GetLength(1)), (actual.GetLength(0), actual.GetLength(1)));
        foreach (var (want, got) in expected.Cast<double>().Zip(actual.Cast<double>()))
        {
            Assert.Equal(want, got, 1e-14);
        }
    }
}
