using Bitcurve.Search.Choosing;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class HyperbandStrategyTests
{
    [Fact]
    public void Sizes_FourTrainingLengths_AreHyperbands() => Assert.Equal([27, 12, 6, 4], new HyperbandSchedule(4).Sizes);

    [Fact]
    public void FirstRungOf_BracketAfterBracket_ThenTheFirstAgain()
    {
        var schedule = new HyperbandSchedule(4);

        Assert.Equal([0, 0, 1, 1, 2, 2, 3, 3, 0], new[] { 0, 26, 27, 38, 39, 44, 45, 48, 49 }.Select(schedule.FirstRungOf));
    }

    [Fact]
    public void Search_EveryPromotion_IsOfTheBestThirdOfItsBracket()
    {
        var promotions = 0;
        var strategy = new HyperbandStrategy(TrainedTable.Candidates);
        var state = TrainedTable.Run(TrainedTable.Definition("80epochs", 2), new Watched(strategy, (before, selected) =>
        {
            if (before.TrialOf(selected.Bits) is { } trial && selected.Reason.Contains("best third", StringComparison.Ordinal))
            {
                promotions++;
                RequireBestThird(before, trial);
            }
        }));

        Assert.True(promotions >= 9, $"{promotions} promotions");
        Assert.Contains(state.Trials, t => t.IsMeasuredAt(15));
    }

    // One measured network is no third of anything, so a second worker gets a new one instead of waiting.
    [Fact]
    public void Next_NoThirdComplete_StartsANewNetwork()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("60epochs", 2), new HyperbandStrategy(TrainedTable.Candidates), maximumJobs: 3);
        var selected = new HyperbandStrategy(TrainedTable.Candidates).Next(state)!;

        Assert.Null(state.TrialOf(selected.Bits));
        Assert.Equal(0, selected.Epochs);
    }

    // A bracket is all networks that began with the same training length.
    private static void RequireBestThird(SearchState state, Trial promoted)
    {
        int Bracket(Trial trial) => state.Decisions.First(d => d.TrialId == trial.Id).Epochs;
        double Worth(Trial trial) => EffectiveAccuracy.Of(trial.Measurements.Single(m => m.Epochs == promoted.MeasuredEpochs).Accuracy, trial.Bits);
        var reached = state.Trials.Where(t => Bracket(t) == Bracket(promoted) && t.IsMeasuredAt(promoted.MeasuredEpochs)).ToList();

        Assert.InRange(reached.Count(t => Worth(t) > Worth(promoted)), 0, (reached.Count / 3) - 1);
    }

    private sealed class Watched(ISelectionStrategy inner, Action<SearchState, SelectedJob> see) : ISelectionStrategy
    {
        public SelectedJob? Next(SearchState state)
        {
            var selected = inner.Next(state);
            if (selected is not null)
            {
                see(state, selected);
            }

            return selected;
        }
    }
}
