using Bitcurve.Search.Selection;

namespace Bitcurve.Search.Tests.Selection;

public class UpperConfidenceStrategyTests
{
    // beta_1 for one network: 2 log(pi^2 / 0.6) / 5.
    [Fact]
    public void ConfidenceWidth_ByHand_IsSrinivasScaledByFive() =>
        Assert.Equal(Math.Sqrt(0.4 * Math.Log(Math.PI * Math.PI / 0.6)), ConfidenceWidth.At(networks: 1, step: 1), 12);

    [Fact]
    public void ConfidenceWidth_MoreNetworksOrSteps_IsWider()
    {
        Assert.True(ConfidenceWidth.At(100, 1) > ConfidenceWidth.At(10, 1));
        Assert.True(ConfidenceWidth.At(100, 9) > ConfidenceWidth.At(100, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceWidth.At(0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => ConfidenceWidth.At(1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Next_DearerBits_PrefersFewerOfThem(long seed)
    {
        var state = TrainedTable.Run(TrainedTable.Definition("200epochs", seed), new RandomStrategy(TrainedTable.Candidates), maximumJobs: 9);
        int Bits(double k) => new UpperConfidenceStrategy(TrainedTable.Candidates, k).Next(state)!.Bits.Sum;

        Assert.True(Bits(100) < Bits(1000), $"{Bits(100)} bits at k = 100, {Bits(1000)} at k = 1000");
    }

    [Fact]
    public void Alternate_Search_TakesTurns()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("9jobs", 1), new AlternateStrategy(TrainedTable.Candidates));
        string[] turns = ["points to the front", "(k = 1000)", "(k = 100)"];

        Assert.Equal(9, state.Decisions.Count);
        Assert.All(state.Decisions, d => Assert.Contains(turns[(d.Id - 1) % 3], d.Reason));
    }
}
