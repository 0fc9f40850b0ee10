using Bitcurve.Search.Choosing;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Space;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Choosing;

public sealed class MetricScaleTests
{
    private static readonly MetricScale Loss = Scale(MetricGoal.Minimize, isFraction: false, 0.02);

    [Fact]
    public void Default_Fraction_IsItsOwnScore()
    {
        MetricScale scale = default;

        Assert.Equal((0.1 + 0.2, 0.1 + 0.2, 1.0, true), (scale.Score(0.1 + 0.2), scale.Value(0.1 + 0.2), scale.Unit, scale.IsFraction));
        Assert.Equal(scale, Scale(MetricGoal.Maximize, isFraction: true, 0.93));
    }

    [Fact]
    public void Score_Minimised_IsTheNegativePartOfTheBaseline()
    {
        Assert.Equal(-1, Loss.Score(0.02));
        Assert.Equal(-2.5, Loss.Score(0.05), 12);
        Assert.Equal(0.05, Loss.Value(-2.5), 12);
        Assert.Equal(0.01, Loss.Deviation(0.5), 12);
        Assert.True(Loss.IsBetter(0.01, 0.02));
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(double.NaN)]
    [InlineData(null)]
    public void Of_BaselineWithoutAMagnitude_HasTheUnitOne(double? baseline) =>
        Assert.Equal(1, Scale(MetricGoal.Minimize, isFraction: false, baseline).Unit);

    [Fact]
    public void Of_NegativeBaseline_TakesItsMagnitude()
    {
        MetricScale scale = Scale(MetricGoal.Maximize, isFraction: false, -4);

        Assert.Equal((4.0, -1.0, -0.5), (scale.Unit, scale.Score(-4), scale.Score(-2)));
    }

    /// <summary>One more bit in one layer must buy 0.1 % of what FP32 reaches.</summary>
    [Fact]
    public void EffectiveAccuracy_Minimised_AddsAPartOfTheBaselineForEachBit()
    {
        Assert.Equal(0.03, EffectiveAccuracy.Of(0.03, Loss, BitVector.Uniform(4, 8), 1000), 12);
        Assert.Equal(0.03 + (32 * 0.001 * 0.02), EffectiveAccuracy.Of(0.03, Loss, BitVector.Uniform(8, 8), 1000), 12);
        Assert.Equal(0.9 - 0.032, EffectiveAccuracy.Of(0.9, default, BitVector.Uniform(8, 8), 1000), 12);
    }

    [Fact]
    public void ParetoFront_Minimised_IsLessMemoryAndALowerValue()
    {
        Configuration[] networks = [Network("33333333", 0.03), Network("22222222", 0.05), Network("44444444", 0.04), Network("55555555", 0.02), Network("66666666", 0.02)];

        Assert.Equal(["22222222", "33333333", "55555555"], ParetoFront.Of(networks).Select(member => member.Bits.ToString()));
    }

    [Theory]
    [InlineData(RankBy.Accuracy, "66666666")]
    [InlineData(RankBy.Effective, "33333333")]
    [InlineData(RankBy.Memory, "22222222")]
    public void Ranking_Minimised_PutsTheLowestFirst(RankBy rankBy, string best)
    {
        // 24 bits more must buy 2.4 % of 0.02: 0.00048.
        Configuration[] networks = [Network("33333333", 0.0203), Network("22222222", 0.05), Network("66666666", 0.02)];

        Assert.Equal(best, Ranking.Order(networks, new ChoosingSettings { RankBy = rankBy })[0].Bits.ToString());
    }

    [Fact]
    public void Ranking_LimitOnAMinimisedMetric_IsTheLargestValueAllowed()
    {
        Configuration[] networks = [Network("22222222", 0.05), Network("33333333", 0.03), Network("44444444", 0.02)];
        var settings = new ChoosingSettings { RankBy = RankBy.Memory, MinimumAccuracy = 0.03 };

        Assert.Equal(["33333333", "44444444"], Ranking.Order(networks, settings).Select(network => network.Bits.ToString()));
    }

    [Theory]
    [InlineData(0.0123456, "0.01235")]
    [InlineData(123456, "123456")]
    [InlineData(1.5e9, "1.500e9")]
    [InlineData(1.23456e-5, "0.00001235")]
    [InlineData(1.23456e-6, "1.235e-6")]
    [InlineData(-0.25, "-0.2500")]
    [InlineData(0, "0")]
    public void Words_OtherThanAFraction_HaveFourDigitsThatCount(double value, string text)
    {
        var words = new MetricWords("Chamfer distance", MetricGoal.Minimize, IsFraction: false);

        Assert.Equal((text, $"Chamfer distance {text}"), (words.Of(value), words.Named(value)));
    }

    [Fact]
    public void Words_Fraction_AreInPerCent()
    {
        var words = new MetricWords("accuracy", MetricGoal.Maximize, IsFraction: true);

        Assert.Equal(("93.4 %", "93.4 %", "93.4 ± 0.2 %", "0.34 points"), (words.Of(0.9341), words.Named(0.9341), words.Of(0.9341, 0.002), words.Difference(0.0034)));
        Assert.Equal("mIoU 93.4 %", (words with { Name = "mIoU" }).Named(0.9341));
        Assert.Equal(("Accuracy", "an accuracy", "mIoU"), (words.Title, words.NameWithArticle, (words with { Name = "mIoU" }).Title));
    }

    private static MetricScale Scale(MetricGoal goal, bool isFraction, double? baseline) =>
        MetricScale.Of(Vgg8.Workload with { Goal = goal, MetricIsFraction = isFraction }, baseline);

    private static Configuration Network(string bits, double value) =>
        new(BitVector.Parse(bits), value, 15, ModelSize.Of(Vgg8.Layers, BitVector.Parse(bits))) { Scale = Loss };
}
