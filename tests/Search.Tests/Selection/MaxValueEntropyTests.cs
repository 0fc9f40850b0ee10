using Bitcurve.Search.Selection;
using MathNet.Numerics.Distributions;

namespace Bitcurve.Search.Tests.Selection;

public class MaxValueEntropyTests
{
    private const int Cells = 400;
    private const double Edge = 7;
    private const double Width = 2 * Edge / Cells;

    private static readonly double[] Grid = [.. Enumerable.Range(0, Cells).Select(k => -Edge + ((k + 0.5) * Width))];

    [Theory]
    [InlineData(0, 2 / Math.PI)]
    [InlineData(double.PositiveInfinity, 0)]
    [InlineData(40, 0)]
    public void LostVariance_ByHand_IsThatOfATruncatedNormal(double gamma, double expected) =>
        Assert.Equal(expected, MaxValueEntropy.LostVariance(gamma), 12);

    // The variance of what is left beyond -x falls as 1 / x^2 to first order: relative error 6 / x^2 at the seam.
    [Fact]
    public void LostVariance_FarBelow_StaysContinuousAndBelowOne()
    {
        Assert.Equal(1 - MaxValueEntropy.LostVariance(-24.999), 1 - MaxValueEntropy.LostVariance(-25.001), 0.02 / 625);
        Assert.InRange(MaxValueEntropy.LostVariance(-1000), 0.99, 1);
    }

    [Fact]
    public void Information_UncorrelatedOrUntruncated_IsZero()
    {
        Assert.Equal(0, MaxValueEntropy.Information(0, [0.5, 0.9]));
        Assert.Equal(0, MaxValueEntropy.Information(0.8, [0]));
    }

    [Fact]
    public void Information_NoSamples_SaysSo() =>
        Assert.StartsWith("Samples of the maximum: expected at least one", Assert.Throws<ArgumentException>(() => MaxValueEntropy.Information(0.5, [])).Message);

    // Two independent standard normal values, one of them measured with noise: everything can be integrated.
    [Theory]
    [InlineData(0, 0, 0.1)]
    [InlineData(0, 0, 1.0)]
    [InlineData(1, 0, 0.1)]
    [InlineData(0, 1, 0.1)]
    [InlineData(0, 2, 0.5)]
    public void Information_TwoNetworks_IsATightLowerBoundOfWhatTheTruncationTells(double mean, double otherMean, double noise)
    {
        var (exact, bound) = (0.0, 0.0);
        foreach (var maximum in Grid)
        {
            var weight = MaximumDensity(maximum, mean, otherMean) * Width;
            exact += weight < 1e-9 ? 0 : weight * (0.5 * Math.Log(2 * Math.PI * Math.E * (1 + noise)) - TruncatedEntropy(maximum, mean, noise));
            bound += weight * MaxValueEntropy.Information(1 / (1 + noise), [MaxValueEntropy.LostVariance(maximum - mean)]);
        }

        Assert.InRange(bound, 0.85 * exact, exact);
    }

    // The mutual information itself also knows that one of the two IS the maximum; for two alike networks that adds less than half.
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.5)]
    public void Information_TwoAlikeNetworks_IsNearTheMutualInformation(double noise)
    {
        double[] maximumDensity = [.. Grid.Select(maximum => MaximumDensity(maximum, 0, 0))];
        double[][] joint = [.. Grid.Select(maximum => Array.ConvertAll(Grid, y => Joint(maximum, y, noise)))];
        var mutual = 0.0;
        for (var k = 0; k < Cells; k++)
        {
            for (var y = 0; y < Cells; y++)
            {
                var independent = maximumDensity[k] * Normal.PDF(0, Math.Sqrt(1 + noise), Grid[y]);
                mutual += joint[k][y] > 1e-200 && independent > 1e-200 ? joint[k][y] * Math.Log(joint[k][y] / independent) * Width * Width : 0;
            }
        }

        var bound = Grid.Select((maximum, k) => maximumDensity[k] * Width * MaxValueEntropy.Information(1 / (1 + noise), [MaxValueEntropy.LostVariance(maximum)])).Sum();
        Assert.InRange(bound, 0.7 * mutual, 1.15 * mutual);
    }

    private static double MaximumDensity(double maximum, double mean, double otherMean) =>
        (Normal.PDF(mean, 1, maximum) * Normal.CDF(otherMean, 1, maximum)) + (Normal.PDF(otherMean, 1, maximum) * Normal.CDF(mean, 1, maximum));

    // p(g* = maximum, y), means 0: either the measured value is the maximum, or the other one is and the measured one lies below.
    private static double Joint(double maximum, double y, double noise) =>
        (Normal.PDF(0, 1, maximum) * Normal.CDF(0, 1, maximum) * Normal.PDF(maximum, Math.Sqrt(noise), y))
        + (Normal.PDF(0, 1, maximum) * Normal.PDF(0, Math.Sqrt(1 + noise), y) * BelowGiven(maximum, 0, y, noise));

    // Entropy of y when the measured value is known to lie below the maximum.
    private static double TruncatedEntropy(double maximum, double mean, double noise) => -Grid
        .Select(y => Normal.PDF(mean, Math.Sqrt(1 + noise), y) * BelowGiven(maximum, mean, y, noise) / Normal.CDF(mean, 1, maximum))
        .Where(density => density > 1e-200)
        .Sum(density => density * Math.Log(density) * Width);

    private static double BelowGiven(double maximum, double mean, double y, double noise) =>
        Normal.CDF(mean + ((y - mean) / (1 + noise)), Math.Sqrt(noise / (1 + noise)), maximum);
}
