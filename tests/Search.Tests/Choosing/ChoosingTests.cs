using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;

namespace Bitcurve.Search.Tests.Choosing;

public sealed class ChoosingTests
{
    [Fact]
    public void EffectiveAccuracy_ThesisFormula_ChargesBitsBeyondFour()
    {
        Assert.Equal(0.9, EffectiveAccuracy.Of(0.9, BitVector.Uniform(4, 8)), 1e-15);
        Assert.Equal(0.9 - (32 / 1000.0), EffectiveAccuracy.Of(0.9, BitVector.Uniform(8, 8)), 1e-15);
        Assert.Equal(0.9 + (16 / 100.0), EffectiveAccuracy.Of(0.9, BitVector.Uniform(2, 8), 100), 1e-15);
    }

    [Fact]
    public void ParetoFront_MixedPoints_KeepsTheUndominated()
    {
        Configuration small = Point("11", 0.5, 100);
        Configuration middle = Point("22", 0.8, 200);
        Configuration large = Point("33", 0.9, 300);
        Configuration[] all = [Point("44", 0.8, 300), large, Point("23", 0.8, 200), small, Point("12", 0.5, 150), middle];

        Assert.Equal([small, middle, large], ParetoFront.Of(all));
        Assert.Equal(ParetoFront.Of(all), ParetoFront.Of(all.Reverse()));
    }

    [Fact]
    public void ParetoFront_RandomPoints_IsExactlyTheUndominated()
    {
        var random = new Random(3);
        for (int round = 0; round < 50; round++)
        {
            Configuration[] all =
            [
                .. Enumerable.Range(0, 30).Select(i => Point($"{(i / 8) + 1}{(i % 8) + 1}", random.Next(10) / 10.0, random.Next(1, 20))),
            ];
            IReadOnlyList<Configuration> front = ParetoFront.Of(all);

            Assert.All(all, any => Assert.Contains(front, member => Covers(member, any)));
            Assert.All(front, member => Assert.DoesNotContain(front, other => other != member && Covers(other, member)));
        }
    }

    [Theory]
    [InlineData(0, new int[0])]
    [InlineData(1, new[] { 9 })]
    [InlineData(2, new[] { 0, 9 })]
    [InlineData(4, new[] { 0, 3, 6, 9 })]
    [InlineData(20, new[] { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })]
    public void Spread_Limit_KeepsBothEnds(int limit, int[] expected)
    {
        Configuration[] front = [.. Enumerable.Range(0, 10).Select(i => Point("11", 0.1 * i, 100 + i))];

        Assert.Equal(expected.Select(index => front[index]), ParetoFront.Spread(front, limit));
    }

    [Theory]
    [InlineData(RankBy.Effective, "22")]
    [InlineData(RankBy.Accuracy, "88")]
    [InlineData(RankBy.Memory, "11")]
    [InlineData(RankBy.Bits, "11")]
    [InlineData(RankBy.BitOperations, "11")]
    public void Ranking_EachRule_PutsItsBestFirst(RankBy rule, string best)
    {
        Configuration[] all = [Point("88", 0.91, 800), Point("22", 0.905, 200), Point("11", 0.5, 100)];

        Assert.Equal(best, Ranking.Order(all, new ChoosingSettings { RankBy = rule })[0].Bits.ToString());
    }

    [Fact]
    public void Ranking_HardLimits_LeaveOutWhatBreaksThem()
    {
        Configuration[] all = [Point("88", 0.91, 800), Point("44", 0.9, 400), Point("11", 0.5, 100)];
        var settings = new ChoosingSettings { RankBy = RankBy.Accuracy, MaximumMemoryBytes = 50, MinimumAccuracy = 0.6 };

        Assert.Equal("44", Assert.Single(Ranking.Order(all, settings)).Bits.ToString());
        Assert.Null(Chosen.Of(all, settings with { MinimumAccuracy = 0.95 }));
    }

    [Fact]
    public void Ranking_Ties_PreferLessMemoryThenSmallerBits()
    {
        Configuration[] all = [Point("31", 0.9, 200), Point("13", 0.9, 200), Point("22", 0.9, 100)];

        Assert.Equal(
            ["22", "13", "31"], Ranking.Order(all, new ChoosingSettings { RankBy = RankBy.Accuracy }).Select(c => c.Bits.ToString()));
    }

    [Fact]
    public void Chosen_CheapOptimisticFigure_LosesToOneAtTheTarget()
    {
        Configuration target = Point("44", 0.8, 400) with { Epochs = 15 };
        Configuration cheap = Point("43", 0.99, 350) with { Epochs = 1 };

        Assert.Equal(target, Chosen.Of([cheap, target], new ChoosingSettings()));
        Assert.Equal(cheap, Chosen.Of([cheap], new ChoosingSettings()));
        Assert.Null(Chosen.Of([], new ChoosingSettings()));
    }

    [Theory]
    [InlineData(0.0, "k of the effective accuracy: expected a positive number, actual 0.")]
    [InlineData(double.NaN, "k of the effective accuracy: expected a positive number, actual NaN.")]
    public void Validate_BadDivisor_SaysExpectedAndActual(double k, string message) =>
        Assert.Equal(message, Assert.Throws<ArgumentException>(() => new ChoosingSettings { BitsPerAccuracy = k }.Validate()).Message);

    private static bool Covers(Configuration left, Configuration right) =>
        left.Accuracy >= right.Accuracy && left.Size.DsconvBits <= right.Size.DsconvBits;

    private static Configuration Point(string bits, double accuracy, long dsconvBits) =>
        new(BitVector.Parse(bits), accuracy, 0, new ModelSize(dsconvBits, dsconvBits, dsconvBits));
}
