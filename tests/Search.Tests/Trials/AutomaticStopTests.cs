using Bitcurve.Search.Choosing;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class AutomaticStopTests
{
    private const double Tolerance = 0.001;

    [Fact]
    public void SelectNext_ThreeConfidentDecisionsInARow_EndsTheSearchAndSaysSo()
    {
        SearchState state = Run(0.01, 0.0009, 0.0008, 0.0005, 0.0001);

        Assert.Equal(4, state.Decisions.Count);
        Assert.Equal(SearchPhase.Completed, state.Phase);
        Assert.NotEmpty(state.Verification);
        Assert.Equal("The expected regret of stopping is 0.05 points of accuracy: below 0.1 in 3 decisions in a row.", state.EndReason);
    }

    [Fact]
    public void SelectNext_ADoubtInBetween_GoesOn() => Assert.Equal(5, Run(0.0009, 0.0009, 0.002, 0.0009, 0.0009).Decisions.Count);

    [Fact]
    public void SelectNext_DecisionsWithoutAModel_GoOn() => Assert.Equal(4, Run(null, null, null, null).Decisions.Count);

    [Fact]
    public void SelectNext_NothingMeasuredAtTheTarget_GoesOn() =>
        Assert.Equal(4, Searching(Definition(Tolerance)).RunToTheEnd(new Regrets([0, 0, 0, 0], epochs: 1)).Decisions.Count);

    [Fact]
    public void SelectNext_NoTolerance_GoesOn() =>
        Assert.Equal(4, Searching(Definition(null)).RunToTheEnd(new Regrets([0, 0, 0, 0], epochs: 15)).Decisions.Count);

    [Fact]
    public void SelectNext_JobStillRunning_WaitsForItBeforeVerification()
    {
        SearchState state = Searching(Definition(Tolerance));
        var strategy = new Regrets([0, 0, 0, 0, 0], epochs: 15);
        (state, var first) = state.Granted(strategy);
        state = state.Succeeded(first);
        (state, var second) = state.Granted(strategy);
        (state, var third) = state.Granted(strategy, OtherWorker);
        (state, LeaseOutcome idle) = state.Lease(Worker with { WorkerId = "worker-3" }, Start, Minute, strategy);

        Assert.Equal(LeaseAnswer.NothingNow, idle.Answer);
        Assert.Equal(SearchPhase.Searching, state.Phase);
        state = state.Succeeded(second).Succeeded(third).RunToTheEnd(strategy);
        Assert.Equal(3, state.Decisions.Count);
        Assert.StartsWith("The expected regret", state.EndReason);
    }

    [Fact]
    public void TopUp_AfterAnAutomaticStop_SearchesOnUntilThreeNewDecisionsAgree()
    {
        double?[] regrets = [0.0001, 0.0001, 0.0001, 0.0002, 0.0002, 0.0002, 0.0003];
        SearchState state = Searching(Definition(Tolerance)).RunToTheEnd(new Regrets(regrets, epochs: 15));
        SearchState more = state.TopUp(Budget.Parse("500epochs"), Start).RunToTheEnd(new Regrets(regrets, epochs: 15));

        Assert.Equal(3, state.Decisions.Count);
        Assert.Equal(6, more.Decisions.Count);
        Assert.Contains("is 0.02 points", more.EndReason);
    }

    [Fact]
    public void Search_ReloadedAtEveryStep_StopsAtTheSameDecision()
    {
        double?[] regrets = [0.01, 0.0002, 0.0002, 0.0002, 0.0002];
        SearchState state = Searching(Definition(Tolerance));
        while (state.Phase == SearchPhase.Searching)
        {
            state = SearchJson.Deserialize(SearchJson.Serialize(state));
            (state, LeaseOutcome outcome) = state.Lease(Worker, Start, Minute, new Regrets(regrets, epochs: 15));
            state = state.Phase == SearchPhase.Searching ? state.Succeeded(outcome.Order!) : state;
        }

        Assert.Equal(4, state.Decisions.Count);
        Assert.Equal(0.0002, SearchJson.Deserialize(SearchJson.Serialize(state)).Decisions[^1].ExpectedRegret);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.01)]
    [InlineData(double.NaN)]
    public void Create_ToleranceThatIsNone_SaysExpectedAndActual(double tolerance) => Assert.StartsWith(
        "Stop regret: expected more than 0 points of accuracy, actual",
        Assert.Throws<ArgumentException>(() => SearchState.Create(Definition(tolerance))).Message);

    [Fact]
    public void Create_RankedBySomethingElse_SaysExpectedAndActual() => Assert.Equal(
        "Stop regret: expected networks ranked by effective accuracy or accuracy, actual Memory.",
        Assert.Throws<ArgumentException>(() => SearchState.Create(
            Definition(Tolerance) with { Choosing = new ChoosingSettings { RankBy = RankBy.Memory } })).Message);

    [Fact]
    public void SelectNext_MetricThatIsNoFraction_CountsItsRegretInPartsOfTheBaseline()
    {
        SearchDefinition definition = Definition(Tolerance);
        SearchDefinition loss = definition with
        {
            Workload = definition.Workload with { Metric = "Chamfer distance", Goal = MetricGoal.Minimize, MetricIsFraction = false },
        };
        SearchState state = Searching(loss).RunToTheEnd(new Regrets([0.0009, 0.0008, 0.0005, 0.0001], epochs: 15));

        Assert.Equal(3, state.Decisions.Count);
        Assert.Equal("The expected regret of stopping is 0.05 % of FP32's Chamfer distance: below 0.1 in 3 decisions in a row.", state.EndReason);
    }

    private static SearchState Run(params double?[] regrets) => Searching(Definition(Tolerance)).RunToTheEnd(new Regrets(regrets, epochs: 15));

    private static SearchDefinition Definition(double? tolerance) =>
        Searches.Definition("200epochs") with { Selection = new SelectionSettings { StopRegret = tolerance } };

    /// <summary>Uniform networks from 8 bits down, each with its expected regret.</summary>
    private sealed class Regrets(double?[] regrets, int epochs) : ISelectionStrategy
    {
        public SelectedJob? Next(SearchState state) => state.Decisions.Count < regrets.Length
            ? ScriptedStrategy.Uniform(8 - state.Decisions.Count, epochs) with { ExpectedRegret = regrets[state.Decisions.Count] }
            : null;
    }
}
