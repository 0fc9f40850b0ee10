using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class MultiFidelityGreedyStrategyTests
{
    private const string OnlyTarget = "only a target job is left to afford";
    private const string TargetTellsMost = "no shorter training tells more per epoch";
    private const string TooLittle = "nats per epoch this round, below";

    [Fact]
    public void Next_RoundThatToldTooLittle_EndsWithATargetJob()
    {
        var strategy = new MultiFidelityGreedyStrategy(TrainedTable.Candidates);
        var definition = TrainedTable.Definition("200epochs", 3, new SelectionSettings { Strategy = "mf-mi-greedy" });
        var state = TrainedTable.Run(definition, strategy, maximumJobs: 2);
        Assert.Equal(0, strategy.Next(state)!.Epochs);

        // The same search, had its cheap job told next to nothing for all its cost.
        var poor = state with { Decisions = [.. state.Decisions.Select(d => d with { GainNats = 1e-6, CostEpochs = 1000 })] };

        Assert.Contains(TooLittle, strategy.Next(poor)!.Reason);
        Assert.Equal(15, strategy.Next(poor)!.Epochs);
    }

    [Fact]
    public void Search_EveryRound_EndsByOneOfTheThreeRules()
    {
        var state = Run("100epochs", new SelectionSettings());

        Assert.All(state.Decisions.Where(d => d.Epochs == 15), d => Assert.True(
            new[] { OnlyTarget, TargetTellsMost, TooLittle }.Any(rule => d.Reason.Contains(rule, StringComparison.Ordinal)), d.Reason));
        Assert.All(state.Decisions.Where(d => d.Epochs < 15), d => Assert.True(d.GainNats > 0));
    }

    [Fact]
    public void Search_OnlyATargetJobLeftToAfford_TakesIt()
    {
        // 15.7 epochs for a network at the target, too little left for anything before it.
        var first = Run("15.9epochs", new SelectionSettings()).Decisions[0];

        Assert.StartsWith(OnlyTarget, first.Reason);
        Assert.Equal(15, first.Epochs);
    }

    [Fact]
    public void Search_CheapJobsAsDearAsTheTarget_GoesToTheTargetBecauseItTellsMost()
    {
        // With 100 epochs of overhead every job costs much the same.
        var first = Run("900epochs", new SelectionSettings { JobOverheadEpochs = 100 }).Decisions[0];

        Assert.StartsWith(TargetTellsMost, first.Reason);
        Assert.Equal(15, first.Epochs);
    }

    private static SearchState Run(string budget, SelectionSettings settings) => TrainedTable.Run(
        TrainedTable.Definition(budget, 3, settings with { Strategy = "mf-mi-greedy" }), new MultiFidelityGreedyStrategy(TrainedTable.Candidates));
}
