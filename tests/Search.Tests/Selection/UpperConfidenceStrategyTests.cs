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

    [Fact]
    public void Next_DearerBits_PrefersFewerOfThem()
    {
        (int Dear, int Cheap) BitsAt(long seed)
        {
            var state = TrainedTable.Run(TrainedTable.Definition("200epochs", seed), new RandomStrategy(TrainedTable.Candidates), maximumJobs: 9);
            int Bits(double k) => new UpperConfidenceStrategy(TrainedTable.Candidates, k).Next(state)!.Bits.Sum;
            return (Bits(100), Bits(1000));
        }

        var bits = new long[] { 0, 1, 2, 3 }.Select(BitsAt).ToList();

        // One network may be the best at both prices; never one with more bits at the higher.
        Assert.All(bits, b => Assert.True(b.Dear <= b.Cheap, $"{b.Dear} bits at k = 100, {b.Cheap} at k = 1000"));
        Assert.Contains(bits, b => b.Dear < b.Cheap);
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
