using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class StrategyCatalogueTests
{
    [Fact]
    public void Create_EveryName_GivesAStrategy() =>
        Assert.All(StrategyCatalogue.Names, name => Assert.NotNull(StrategyCatalogue.Create(TrainedTable.Definition("9epochs", 0, new SelectionSettings { Strategy = name }))));

    [Fact]
    public void Random_Search_TrainsDistinctNetworksToTheTarget()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("80epochs", 6), new RandomStrategy(TrainedTable.Candidates));

        Assert.Equal(5, state.Trials.Count);
        Assert.All(state.Trials, t => Assert.True(t.IsMeasuredAt(15)));
    }

    [Fact]
    public void Random_OtherSeed_DrawsOthers()
    {
        var first = TrainedTable.Run(TrainedTable.Definition("80epochs", 6), new RandomStrategy(TrainedTable.Candidates));
        var second = TrainedTable.Run(TrainedTable.Definition("80epochs", 7), new RandomStrategy(TrainedTable.Candidates));

        Assert.NotEqual(first.Trials.Select(t => t.Bits), second.Trials.Select(t => t.Bits));
    }
}
