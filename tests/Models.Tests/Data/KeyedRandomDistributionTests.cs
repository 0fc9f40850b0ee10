using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

/// <summary>Moments of fixed streams. Tolerances are five standard errors: a right generator passes for almost every key.</summary>
public sealed class KeyedRandomDistributionTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NextUniform_ManyDraws_HaveTheMomentsOfTheInterval(long seed)
    {
        var random = new KeyedRandom(seed, 5);
        double[] values = Sample(() => random.NextUniform(-2, 4));

        Assert.All(values, value => Assert.InRange(value, -2, 4));
        Assert.Equal(1, values.Average(), 5 * Math.Sqrt(3.0 / Draws));
        // Var = 36/12 = 3; the variance of (x - mean)^2 is 36^2 (1/80 - 1/144) = 7.2.
        Assert.Equal(3, Variance(values), 5 * Math.Sqrt(7.2 / Draws));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void NextNormal_ManyDraws_HaveZeroMeanAndUnitVariance(long seed)
    {
        var random = new KeyedRandom(seed, 6);
        double[] values = Sample(random.NextNormal);

        Assert.Equal(0, values.Average(), 5 / Math.Sqrt(Draws));
        Assert.Equal(1, Variance(values), 5 * Math.Sqrt(2.0 / Draws));
        // Kurtosis 3, standard error sqrt(24/n): tells a normal from other shapes of equal variance.
        Assert.Equal(3, values.Average(value => value * value * value * value), 5 * Math.Sqrt(96.0 / Draws));
    }

    [Fact]
    public void NextNormal_NeighbouringStreams_AreUncorrelated()
    {
        double sum = 0;
        for (int index = 0; index < 10_000; index++)
        {
            sum += new KeyedRandom(0, 1, index).NextNormal() * new KeyedRandom(0, 1, index + 1).NextNormal();
        }

        Assert.Equal(0, sum / 10_000, 5 / Math.Sqrt(10_000));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    public void NextInt_ManyDraws_AreUniform(int count)
    {
        var random = new KeyedRandom(11, count);
        int[] histogram = new int[count];
        for (int draw = 0; draw < Draws; draw++)
        {
            histogram[random.NextInt(count)]++;
        }

        double share = 1.0 / count;
        Assert.All(histogram, hits => Assert.Equal(share, hits / (double)Draws, 5 * Math.Sqrt(share * (1 - share) / Draws)));
    }

    [Fact]
    public void Shuffle_ManyTimes_PutsEachValueEverywhere()
    {
        int[] firstPlace = new int[4];
        for (int trial = 0; trial < 8000; trial++)
        {
            int[] values = [0, 1, 2, 3];
            new KeyedRandom(3, trial).Shuffle(values);
            firstPlace[values[0]]++;
            Array.Sort(values);
            Assert.Equal([0, 1, 2, 3], values);
        }

        Assert.All(firstPlace, hits => Assert.Equal(2000, hits, 5 * Math.Sqrt(8000 * 0.25 * 0.75)));
    }

    [Fact]
    public void NextBool_Extremes_AreCertain()
    {
        var random = new KeyedRandom(0);
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.True(random.NextBool(1)));
        Assert.All(Enumerable.Range(0, 1000), _ => Assert.False(random.NextBool(0)));
    }

    [Fact]
    public void NextUniform_LowAboveHigh_NamesBoth()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedRandom(0).NextUniform(2, 1));
        Assert.StartsWith("Expected finite low <= high, actual low = 2, high = 1.", error.Message);
    }

    [Fact]
    public void NextInt_NoValues_NamesTheCount()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new KeyedRandom(0).NextInt(0));
        Assert.StartsWith("Expected a count of at least 1, actual 0.", error.Message);
    }

    private static double[] Sample(Func<double> draw) => [.. Enumerable.Range(0, Draws).Select(_ => draw())];

    private static double Variance(double[] values)
    {
        double mean = values.Average();
        return values.Average(value => (value - mean) * (value - mean));
    }
}
