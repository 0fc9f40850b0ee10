using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class ExpectedRegretTests
{
    [Theory]
    [InlineData("information-gain")]
    [InlineData("alternate")]
    public void Search_WithATolerance_StopsBeforeItsBudgetAndATopUpGoesOn(string name)
    {
        var definition = TrainedTable.Definition("900epochs", 1, new SelectionSettings { Strategy = name, StopRegret = 0.01 });
        var strategy = StrategyCatalogue.Create(definition, TrainedTable.Candidates);
        var state = TrainedTable.Run(definition, strategy);

        Assert.StartsWith("The expected regret of stopping is", state.EndReason);
        Assert.InRange(state.Spent.Epochs, 15, 600);
        Assert.All(state.Decisions.TakeLast(3), d => Assert.InRange(d.ExpectedRegret!.Value, 0, 0.01));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant(
            $"{name}: stopped after {state.Spent.Epochs:0} epochs at {100 * state.Decisions[^1].ExpectedRegret:0.00} points expected, {100 * TrainedTable.Regret(state):0.00} true"));

        var more = TrainedTable.Continue(state.TopUp(Budget.Parse("901epochs"), Searches.Start), strategy);
        Assert.True(more.Decisions.Count >= state.Decisions.Count + 3);
    }

    [Fact]
    public void Next_MoreMeasured_ExpectsLessRegret()
    {
        var strategy = new AlternateStrategy(TrainedTable.Candidates);
        var state = TrainedTable.Run(TrainedTable.Definition("30jobs", 2), strategy);

        Assert.True(state.Decisions[^1].ExpectedRegret < 0.5 * state.Decisions[2].ExpectedRegret);
    }

    [Fact]
    public void Catalogue_StrategyWithoutAModel_CannotStopByRegret() => Assert.Equal(
        "Strategy of a search that stops by its regret: expected one of information-gain, mf-mi-greedy, ucb, front-ucb, alternate, actual 'random'.",
        Assert.Throws<ArgumentException>(() => StrategyCatalogue.Check(new SelectionSettings { Strategy = "random", StopRegret = 0.001 })).Message);
}
