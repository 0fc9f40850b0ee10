namespace Bitcurve.Gp.Tests;

public sealed class FreeParametersTests
{
    private const double Floor = 1e-6;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unpack_WhatWasPacked_IsTheSame(bool isLogarithmic) => Seeds.ForAll(30, seed =>
    {
        var at = new FeatureCase(seed).Hyperparameters;
        var parameters = Parameters(isLogarithmic);
        var again = parameters.Unpack(parameters.Pack(at));

        Assert.Equal(2 + 2 + 1 + 6 + 3, parameters.Count);
        // Projection on the basis has a ridge of 1e-9; the rest went through a logarithm or a root.
        Close.Equal(at.Lengthscale, again.Lengthscale, 1e-8);
        Close.Equal(at.CoregionalizationFactor, again.CoregionalizationFactor, 1e-13);
        Close.Equal(at.NoiseVariance, again.NoiseVariance, 1e-12);
        Close.Equal(at.LinearVariance, again.LinearVariance, 1e-13);
        Close.Equal(at.Nugget, again.Nugget, 1e-13);
        Assert.Equal([0, 0, 0], again.Mean);
    });

    [Fact]
    public void Unpack_NegativeRoots_AreTheSameCovariance() => Seeds.ForAll(30, seed =>
    {
        // Turning over a column of L, a root or an inverse lengthscale changes nothing that the model sees.
        var parameters = Parameters(isLogarithmic: false);
        var vector = parameters.Pack(new FeatureCase(seed).Hyperparameters);
        double[] turned = [.. vector.Select((value, i) => i is 0 or 3 or 4 or 11 ? -value : value)];
        // Column 1 of L: entries (1, 1) and (2, 1) of the rows that begin at 5.
        (turned[7], turned[9]) = (-turned[7], -turned[9]);
        var (expected, actual) = (parameters.Unpack(vector), parameters.Unpack(turned));

        Assert.Equal(expected.Lengthscale, actual.Lengthscale);
        Assert.Equal(expected.CoregionalizationFactor, actual.CoregionalizationFactor);
        Assert.Equal(expected.NoiseVariance, actual.NoiseVariance);
        Assert.Equal(expected.LinearVariance, actual.LinearVariance);
        Assert.Equal(expected.Nugget, actual.Nugget);
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Unpack_FarOutOrOnTheBorder_IsStillValid(bool isLogarithmic)
    {
        var parameters = Parameters(isLogarithmic);
        foreach (var value in new[] { -1e9, -30, 0, 30, 1e9 })
        {
            // The constructor of Hyperparameters refuses what is not finite or not positive.
            var at = parameters.Unpack(Enumerable.Repeat(value, parameters.Count).ToArray());
            Assert.All(at.NoiseVariance, noise => Assert.True(noise >= Floor));
        }
    }

    [Fact]
    public void Pack_NoiseBelowTheFloor_BecomesTheFloor()
    {
        var parameters = new FreeParameters(LengthscaleBasis.Independent(1, 0.5, 0.75), 0, false, 1, 0.01, true);
        var again = parameters.Unpack(parameters.Pack(new Hyperparameters([1], [[1]], [0.001], [0])));
        // Above the floor by exp(-20).
        Close.Equal(0.01, again.NoiseVariance[0], 0, 3e-9);
    }

    [Fact]
    public void Pack_WithoutNugget_DropsIt()
    {
        var parameters = new FreeParameters(LengthscaleBasis.Independent(1, 0.5, 0.75), 0, false, 1, Floor, true);
        Assert.Equal(0, parameters.Unpack(parameters.Pack(new Hyperparameters([1], [[1]], [0.1], [0], [], 0.3))).Nugget);
    }

    [Fact]
    public void Pack_SmoothBasis_StartsFromTheNearestLengthscales()
    {
        var parameters = new FreeParameters(LengthscaleBasis.SmoothOverDepth([3], 1, 0.5, 0.75), 0, false, 1, Floor, true);
        var again = parameters.Unpack(parameters.Pack(new Hyperparameters([1, 2, 4], [[1]], [0.1], [0])));
        Close.Equal([2, 2, 2], again.Lengthscale, 1e-8);
    }

    [Fact]
    public void Pack_OtherShape_ThrowsNamingBoth()
    {
        var exception = Assert.Throws<ArgumentException>(() =>
            Parameters(isLogarithmic: true).Pack(new Hyperparameters([1, 1, 1], [[1]], [0.1], [0], [1])));
        Assert.Contains("Expected 2 lengthscales, 2 linear variances and 3 tasks to start a fit from, got 3, 1 and 1.", exception.Message);
    }

    private static FreeParameters Parameters(bool isLogarithmic) =>
        new(LengthscaleBasis.Independent(2, 0.5, 0.75), 2, true, 3, Floor, isLogarithmic);
}
