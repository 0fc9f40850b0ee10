using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class StrategyCatalogueTests
{
    [Fact]
    public void Create_EveryName_GivesAStrategy() =>
        Assert.All(StrategyCatalogue.Names, name => Assert.NotNull(StrategyCatalogue.Create(TrainedTable.Definition("9epochs", 0, new SelectionSettings { Strategy = name }))));

    [Fact]
    public void Create_NoCandidates_SaysExpectedAndActual() => Assert.StartsWith(
        "Candidates: expected at least one network, actual none.",
        Assert.Throws<ArgumentException>(() => StrategyCatalogue.Create(TrainedTable.Definition("9epochs", 0), [])).Message);

    [Fact]
    public void Check_JobsThatCostNothing_SaysExpectedAndActual() => Assert.StartsWith(
        "Job overhead and evaluation cost: expected more than 0 epochs together, actual 0",
        Assert.Throws<ArgumentException>(() => StrategyCatalogue.Check(new SelectionSettings { JobOverheadEpochs = 0, EvaluationCostEpochs = 0 })).Message);

    [Fact]
    public void ThesisModel_AnyStrategy_LeavesTheStrategyAsItIs()
    {
        var settings = new SelectionSettings { Strategy = "ucb", About = "maximum", StopRegret = 0.001 };

        var thesis = settings with
        {
            Kernel = "se",
            KernelInput = "w",
            Mean = "none",
            Nugget = false,
            Calibrate = false,
            GateLowFidelities = false,
            Transform = "none",
            AnchorBaseline = false,
        };
        Assert.Equal(thesis, settings.WithThesisModel());
        Assert.Equal(settings with { JobOverheadEpochs = 0, ClosingShare = 0, MaximumLowFidelityRun = 0 }, settings.WithoutRemedies());
    }

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
