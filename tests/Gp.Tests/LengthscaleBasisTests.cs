namespace Bitcurve.Gp.Tests;

public sealed class LengthscaleBasisTests
{
    [Fact]
    public void SmoothOverDepth_OneGroupByHand_HoldsLegendrePolynomials()
    {
        // Five layers at t = -1, -1/2, 0, 1/2, 1: P_0 = 1, P_1 = t, P_2 = (3 t^2 - 1) / 2, P_3 = (5 t^3 - 3 t) / 2.
        var basis = LengthscaleBasis.SmoothOverDepth([5], 4, 0.7, 0.5);
        double[][] expected =
        [
            [1, -1, 1, -1],
            [1, -0.5, -0.125, 0.4375],
            [1, 0, -0.5, 0],
            [1, 0.5, -0.125, -0.4375],
            [1, 1, 1, 1],
        ];
        Close.Equal(expected, basis.Rows, 1e-15, 1e-16);
        Close.Equal([Math.Log(0.7), 0, 0, 0], basis.Centre, 1e-15);
        Assert.Equal([0.5, 0.25, 0.25, 0.25], basis.Deviation);
        Assert.Equal((5, 4), (basis.Dimensions, basis.Count));
    }

    [Fact]
    public void SmoothOverDepth_TwoGroups_HaveCoefficientsOfTheirOwn()
    {
        var basis = LengthscaleBasis.SmoothOverDepth([2, 1], 2, 1, 0.5);
        // A group of one layer is at the middle of its depth.
        double[][] expected = [[1, -1, 0, 0], [1, 1, 0, 0], [0, 0, 1, 0]];
        Assert.Equal(expected, basis.Rows);
        Assert.Equal([0.5, 0.25, 0.5, 0.25], basis.Deviation);
    }

    [Fact]
    public void Project_LengthscalesInTheBasis_GivesTheirCoefficients() => Seeds.ForAll(20, seed =>
    {
        var basis = LengthscaleBasis.SmoothOverDepth([7, 4], 3, 0.5, 0.75);
        var coefficients = new StandardNormal(seed).Next(6);
        double[] lengthscale = [.. basis.Rows.Select(row => Math.Exp(row.Zip(coefficients, (g, c) => g * c).Sum()))];
        // The ridge of 1e-9 against sums of squares of at least 1.
        Close.Equal(coefficients, basis.Project(lengthscale), 1e-8, 1e-8);
    });

    [Fact]
    public void Project_LengthscalesOutsideTheBasis_GivesTheLeastSquares()
    {
        // Independent reference: with a constant only, the mean of the logarithms.
        var basis = LengthscaleBasis.SmoothOverDepth([3], 1, 0.5, 0.75);
        Close.Equal(Math.Log(1 * 2 * 4) / 3, basis.Project([1, 2, 4])[0], 1e-8);
    }

    [Fact]
    public void Project_FewerLayersThanCoefficients_GivesBackTheLengthscales()
    {
        var basis = LengthscaleBasis.SmoothOverDepth([2], 3, 0.5, 0.75);
        var coefficients = basis.Project([0.3, 0.9]);
        double[] again = [.. basis.Rows.Select(row => Math.Exp(row.Zip(coefficients, (g, c) => g * c).Sum()))];
        Close.Equal([0.3, 0.9], again, 1e-6);
    }

    [Fact]
    public void Independent_AnyLengthscales_AreTheirLogarithms()
    {
        var basis = LengthscaleBasis.Independent(3, 0.5, 0.75);
        Close.Equal([Math.Log(0.2), Math.Log(1), Math.Log(5)], basis.Project([0.2, 1, 5]), 1e-8, 1e-15);
        Assert.Equal([0.75, 0.75, 0.75], basis.Deviation);
    }

    [Fact]
    public void Constructor_OutOfRange_ThrowsNamingIt()
    {
        Expect("expected 2 entries in every row, got 1.", () => new LengthscaleBasis([[1, 0], [1]], [0, 0], [1, 1]));
        Expect("expected 2 deviations, one per coefficient, got 1.", () => new LengthscaleBasis([[1, 0]], [0, 0], [1]));
        Expect("expected deviations > 0, got 0.", () => new LengthscaleBasis([[1]], [0], [0]));
        Expect("expected a finite centre, got NaN.", () => new LengthscaleBasis([[1]], [double.NaN], [1]));
        Expect("expected finite rows, got Infinity.", () => new LengthscaleBasis([[double.PositiveInfinity]], [0], [1]));
        Expect("expected at least 1 row, got 0.", () => new LengthscaleBasis([], [0], [1]));
        Expect("expected at least 1 coefficient, got 0.", () => LengthscaleBasis.SmoothOverDepth([3], 0, 0.5, 0.75));
        Expect("expected groups of at least 1 coordinate, got 0.", () => LengthscaleBasis.SmoothOverDepth([3, 0], 2, 0.5, 0.75));
        Expect("expected a median lengthscale > 0, got -1.", () => LengthscaleBasis.SmoothOverDepth([3], 2, -1, 0.75));
        Expect("expected at least 1 lengthscale, got 0.", () => LengthscaleBasis.Independent(0, 0.5, 0.75));
    }

    private static void Expect(string message, Func<object> action) =>
        Assert.Contains(message, Assert.ThrowsAny<ArgumentException>(action).Message);
}
