using Bitcurve.Search.Selection;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class InformationGainStrategyTests
{
    private static readonly InformationGainStrategy Strategy = new(TrainedTable.Candidates);

    [Fact]
    public void Next_BeforeAnyMeasurement_SelectsSomethingAffordable()
    {
        var state = Searches.Searching(TrainedTable.Definition("60epochs", 1));
        var selected = Strategy.Next(state)!;

        Assert.True(selected.GainNats > 0);
        Assert.Equal(selected.GainNats / selected.CostEpochs, selected.Score, 12);
        Assert.Equal(CostModel.MarginalCost(state, selected.Bits, selected.Epochs).TotalEpochs, selected.CostEpochs);
    }

    [Fact]
    public void Next_AnyDecision_BeatsItsFiveRunnersUpByScore()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("60epochs", 1, new SelectionSettings { ClosingShare = 0 }), Strategy);

        Assert.All(state.Decisions, d =>
        {
            Assert.Equal(5, d.RunnersUp.Count);
            Assert.All(d.RunnersUp, r => Assert.True(r.Score <= d.Score || d.Epochs == 15, $"decision {d.Id}"));
        });
    }

    [Fact]
    public void Search_SameSeed_DecidesTheSame()
    {
        var first = TrainedTable.Run(TrainedTable.Definition("60epochs", 3), Strategy);
        var second = TrainedTable.Run(TrainedTable.Definition("60epochs", 3), new InformationGainStrategy(TrainedTable.Candidates));

        Assert.Equal(SearchJson.Serialize(first), SearchJson.Serialize(second));
    }

    [Fact]
    public void Next_AfterAJsonRoundTrip_SelectsTheSame()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("60epochs", 3), Strategy, maximumJobs: 6);
        var reloaded = SearchJson.Deserialize(SearchJson.Serialize(state));

        Assert.Equal(Summary(Strategy.Next(state)!), Summary(Strategy.Next(reloaded)!));
    }

    [Fact]
    public void Search_LowFidelityRuns_AreBoundedByTheSetting()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("120epochs", 2, new SelectionSettings { MaximumLowFidelityRun = 3, ClosingShare = 0 }), Strategy);
        var (longest, run) = (0, 0);

        // Once the budget cannot pay for a target job any more, only cheap ones are left.
        var lastTarget = state.Decisions.Last(d => d.Epochs == 15).Id;
        foreach (var decision in state.Decisions.TakeWhile(d => d.Id <= lastTarget))
        {
            run = decision.Epochs == 15 ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        Assert.Equal(3, longest);
    }

    [Fact]
    public void Search_ClosingShare_MeasuresWhatTheModelBelievesBestAtTheTarget()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("80epochs", 4), Strategy);

        var closing = state.Decisions.First(d => d.Reason.EndsWith("measured at the target before the budget ends", StringComparison.Ordinal));
        Assert.Equal(15, closing.Epochs);
        Assert.True(state.Decisions.Where(d => d.Id < closing.Id).Sum(d => d.CostEpochs) >= 0.7 * 80);
        Assert.True(state.Trials.Single(t => t.Bits == closing.Bits).IsMeasuredAt(15));
    }

    [Fact]
    public void Next_NothingAffordable_IsNull() =>
        Assert.Null(Strategy.Next(Searches.Searching(TrainedTable.Definition("0.2epochs", 1))));

    [Fact]
    public void Next_JobsInFlight_AreNotSelectedAgain()
    {
        var state = Searches.Searching(TrainedTable.Definition("60epochs", 1));
        var seen = new HashSet<string>();
        for (var k = 0; k < 8; k++)
        {
            (state, var order) = state.Granted(Strategy, Searches.OtherWorker with { WorkerId = $"w{k}" });
            Assert.True(seen.Add(string.Concat(order.Bits)), "two workers got the same network");
        }
    }

    [Theory]
    [InlineData("se", "w", "none", "function")]
    [InlineData("matern52", "curve", "log-loss", "function")]
    [InlineData("se", "curve", "none", "front")]
    public void Search_EveryModelOption_RunsToTheEndOfItsBudget(string kernel, string input, string transform, string about)
    {
        var settings = new SelectionSettings { Kernel = kernel, KernelInput = input, Transform = transform, About = about };
        var state = TrainedTable.Run(TrainedTable.Definition("40epochs", 1, settings), Strategy);

        Assert.Equal(SearchPhase.Completed, state.Phase);
        Assert.InRange(state.Spent.Epochs, 38, 40);
        Assert.NotNull(state.ChosenConfiguration());
    }

    // What the product promises: with the same budget, a better front than trying networks at random. Deterministic for these seeds;
    // mean deficits measured when this was written: 8.0 % against 12.9 %.
    [Fact]
    public void Search_OnTheTrainedTable_MissesLessOfTheFrontThanRandom()
    {
        long[] seeds = [0, 1, 2, 3, 4, 5, 6, 7];
        var informed = seeds.Average(seed => TrainedTable.FrontDeficit(TrainedTable.Run(TrainedTable.Definition("150epochs", seed), Strategy)));
        var random = seeds.Average(seed => TrainedTable.FrontDeficit(TrainedTable.Run(TrainedTable.Definition("150epochs", seed), new RandomStrategy(TrainedTable.Candidates))));

        TestContext.Current.TestOutputHelper?.WriteLine($"front deficit: informed {informed:P1}, random {random:P1}");
        Assert.True(informed < random, $"informed {informed:P2}, random {random:P2}");
    }

    private static object Summary(SelectedJob job) => (job.Bits, job.Epochs, job.GainNats, job.Score, job.PosteriorMean, job.PosteriorDeviation);
}
