using System.Text.Json;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Selection;

/// <summary>What every selection strategy has to keep, on networks that were really trained unless a space of another kind is searched.</summary>
public abstract class SelectionStrategyContract
{
    protected abstract SelectionSettings Settings { get; }

    /// <summary>Whether only jobs to the target are ever selected.</summary>
    protected virtual bool TargetOnly => false;

    /// <summary>The networks to choose from.</summary>
    protected virtual IReadOnlyList<Candidate> Candidates => TrainedTable.Candidates;

    /// <summary>What an order measures after so many epochs; null for the trained networks.</summary>
    protected virtual Func<JobOrder, int, double>? Accuracy => null;

    /// <summary>What FP32 measures.</summary>
    protected virtual double Baseline => TrainedTable.Fp32;

    private bool HasModel => StrategyCatalogue.NamesWithModel.Contains(Settings.Strategy);

    [Fact]
    public void Next_OnlyTheBaseline_SelectsAnOpenAffordableJob() => RequireSelection(Searching("60epochs"));

    [Fact]
    public void Next_OneObservation_SelectsAnOpenAffordableJob() => RequireSelection(Run(Definition("60epochs"), maximumJobs: 2));

    [Fact]
    public void Next_EverythingFailed_SelectsANetworkThatDidNot()
    {
        var state = Searching("100epochs");
        for (var job = 0; job < 3; job++)
        {
            (state, var order) = state.Granted(Strategy());
            state = state.Failed(order, FailureKind.Diverged);
        }

        Assert.All(state.Trials, trial => Assert.NotNull(trial.SetAside));
        RequireSelection(state);
    }

    [Fact]
    public void Next_SameState_SelectsTheSame()
    {
        var state = Run(Definition("60epochs"), maximumJobs: 7);

        Assert.Equal(Text(Strategy().Next(state)), Text(Strategy().Next(state)));
    }

    [Fact]
    public void Next_AfterAJsonRoundTrip_SelectsTheSame()
    {
        var state = Run(Definition("60epochs"), maximumJobs: 7);

        Assert.Equal(Text(Strategy().Next(state)), Text(Strategy().Next(SearchJson.Deserialize(SearchJson.Serialize(state)))));
    }

    [Fact]
    public void Next_EightJobsInFlight_AreOfDistinctNetworks()
    {
        var state = Run(Definition("200epochs"), maximumJobs: 4);
        var seen = new HashSet<string>();
        for (var worker = 0; worker < 8; worker++)
        {
            RequireSelection(state);
            (state, var order) = state.Granted(Strategy(), Searches.OtherWorker with { WorkerId = $"w{worker}" });
            Assert.True(seen.Add(order.SchemeText()), "two workers got the same network");
        }
    }

    [Fact]
    public void Next_ASingleCandidate_IsBroughtToTheTargetThenNothingIsLeft()
    {
        IReadOnlyList<Candidate> one = [Candidates[Candidates.Count / 2]];
        var state = Run(Definition("60epochs"), one);

        Assert.True(Assert.Single(state.Trials).IsMeasuredAt(15));
        Assert.Equal("Nothing affordable was left to learn.", state.EndReason);
    }

    [Theory]
    [InlineData("60epochs", new[] { 0, 1, 2, 15 })]
    [InlineData("60epochs", new[] { 0, 15 })]
    [InlineData("60epochs", new[] { 15 })]
    [InlineData("12jobs", new[] { 0, 1, 2, 15 })]
    [InlineData("12s", new[] { 0, 1, 2, 15 })]
    public void Search_ToTheEndOfItsBudget_KeepsEveryRule(string budget, int[] tasks)
    {
        var state = Run(Definition(budget) with { Tasks = tasks }, Candidates);

        Assert.Equal(SearchPhase.Completed, state.Phase);
        Assert.True(state.Decisions.Count >= 3);
        Assert.NotNull(state.ChosenConfiguration());
    }

    [Fact]
    public void Search_RankedByAccuracyUnderALimitOnMemory_KeepsEveryRule()
    {
        var sizes = Candidates.Select(c => Definition("1jobs").SizeOf(c.Bits).MemoryBytes).Order().ToList();
        var choosing = new Search.Choosing.ChoosingSettings { RankBy = Search.Choosing.RankBy.Accuracy, MaximumMemoryBytes = sizes[sizes.Count / 2] };

        Assert.Equal(SearchPhase.Completed, Run(Definition("8jobs") with { Choosing = choosing }, Candidates).Phase);
    }

    [Fact]
    public void Next_NothingAffordable_IsNull() => Assert.Null(Strategy().Next(Searching("0.05epochs")));

    protected virtual SearchDefinition Definition(string budget) => TrainedTable.Definition(budget, seed: 4, Settings);

    protected ISelectionStrategy Strategy(IReadOnlyList<Candidate>? candidates = null) =>
        StrategyCatalogue.Create(Definition("1jobs"), candidates ?? Candidates);

    private static string Text(SelectedJob? selected) => JsonSerializer.Serialize(selected, SearchJson.Options);

    private SearchState Searching(string budget) => Searches.Searching(Definition(budget));

    private void RequireSelection(SearchState state) => Require(state, Strategy().Next(state), Candidates);

    // Checks every selection and every null on the way; a job takes a second.
    private SearchState Run(SearchDefinition definition, IReadOnlyList<Candidate> candidates)
    {
        var strategy = new CheckedStrategy(Strategy(candidates), (state, selected) => Check(state, selected, candidates));
        return TrainedTable.Run(definition, strategy, secondsPerJob: 1, accuracy: Accuracy, baseline: Baseline);
    }

    private SearchState Run(SearchDefinition definition, int maximumJobs) =>
        TrainedTable.Run(definition, Strategy(), maximumJobs, accuracy: Accuracy, baseline: Baseline);

    private void Check(SearchState state, SelectedJob? selected, IReadOnlyList<Candidate> candidates)
    {
        if (selected is not null)
        {
            Require(state, selected, candidates);
            return;
        }

        Assert.DoesNotContain(
            candidates.Where(c => state.IsSelectable(c.Bits)),
            c => (TargetOnly ? [state.Definition.TargetEpochs] : state.Definition.Tasks)
                .Where(epochs => epochs > (state.TrialOf(c.Bits)?.MeasuredEpochs ?? -1))
                .Any(epochs => CostModel.IsAffordable(state, CostModel.MarginalCost(state, c.Bits, epochs).TotalEpochs)));
    }

    private void Require(SearchState state, SelectedJob? selected, IReadOnlyList<Candidate> candidates)
    {
        Assert.NotNull(selected);
        Assert.Contains(candidates, c => c.Bits == selected.Bits);
        Assert.Equal(selected.Bits, state.Definition.Space.BitsAt(selected.W));
        Assert.True(!TargetOnly || selected.Epochs == state.Definition.TargetEpochs);

        // Throws for what is in flight, set aside or already measured.
        var cost = CostModel.MarginalCost(state, selected.Bits, selected.Epochs).TotalEpochs;
        Assert.Equal(cost, selected.CostEpochs);
        Assert.True(CostModel.IsAffordable(state, cost));
        RequireRunnersUp(selected);
        RequireFinite(selected);
        Assert.NotEmpty(selected.Reason);
    }

    private static void RequireRunnersUp(SelectedJob selected)
    {
        Assert.InRange(selected.RunnersUp.Count, 0, 5);
        var scores = selected.RunnersUp.Select(r => r.Score).Prepend(selected.Score).ToList();
        Assert.Equal(scores.OrderDescending(), scores);
        Assert.DoesNotContain(selected.RunnersUp, r => r.Bits == selected.Bits && r.Epochs == selected.Epochs);
    }

    private void RequireFinite(SelectedJob selected)
    {
        double[] numbers =
        [
            selected.GainNats, selected.Score, .. selected.RunnersUp.SelectMany(r => (double[])[r.GainNats, r.CostEpochs, r.Score]),
            .. new[] { selected.PosteriorMean, selected.PosteriorDeviation, selected.ExpectedRegret }.OfType<double>(),
        ];
        Assert.All(numbers, number => Assert.True(double.IsFinite(number)));
        Assert.True(selected.GainNats >= 0);
        Assert.Equal(HasModel, selected.PosteriorMean is not null);
        Assert.Equal(HasModel, selected.ExpectedRegret is >= 0);
    }

    private sealed class CheckedStrategy(ISelectionStrategy inner, Action<SearchState, SelectedJob?> check) : ISelectionStrategy
    {
        public SelectedJob? Next(SearchState state)
        {
            var selected = inner.Next(state);
            check(state, selected);
            return selected;
        }
    }
}
