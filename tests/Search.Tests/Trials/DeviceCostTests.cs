using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;
using static Bitcurve.Search.Tests.Trials.Searches;

namespace Bitcurve.Search.Tests.Trials;

public sealed class DeviceCostTests
{
    private static readonly WorkerRegistration Gpu = OtherWorker with { DeviceKind = "gpu" };

    [Fact]
    public void AskedFor_ADeviceThatHasTrained_CostsWhatItsJobsTook()
    {
        SearchState state = WithOneJobEach();

        MarginalCost onCpu = CostModel.MarginalCost(state.AskedFor("cpu"), BitVector.Uniform(4, 8), 15);
        MarginalCost onGpu = CostModel.MarginalCost(state.AskedFor("gpu"), BitVector.Uniform(4, 8), 15);

        // 10 s for 15 epochs and 6 s for 4 evaluations on the CPU; 1 s and 6 s on the other: there an evaluation is worth 22 epochs.
        Assert.Equal(15 + 0.3 + (4 * 2.25), onCpu.DecisionEpochs, 9);
        Assert.Equal(15 + 0.3 + (4 * 22.5), onGpu.DecisionEpochs, 9);
        Assert.Equal(onCpu.DecisionEpochs * 10 / 15, onCpu.ExpectedSeconds!.Value, 9);
        Assert.Equal((onCpu.TotalEpochs, 15.7), (onGpu.TotalEpochs, Math.Round(onGpu.TotalEpochs, 9)));
    }

    [Theory]
    [InlineData(true, "tpu")]
    [InlineData(true, null)]
    [InlineData(false, "cpu")]
    public void AskedFor_NothingKnownOrNotWanted_CostsTheEpochsOfTheBudget(bool perDevice, string? device)
    {
        SearchState state = WithOneJobEach(perDevice).AskedFor(device);

        MarginalCost cost = CostModel.MarginalCost(state, BitVector.Uniform(4, 8), 15);

        Assert.Equal(cost.TotalEpochs, cost.DecisionEpochs);
        Assert.Null(cost.ExpectedSeconds);
    }

    [Fact]
    public void Next_DearEvaluations_PreferFewerOfThem()
    {
        SearchState state = WithOneJobEach();
        ISelectionStrategy strategy = StrategyCatalogue.Create(state.Definition);

        SelectedJob onGpu = strategy.Next(state.AskedFor("gpu"))!;
        SelectedJob anywhere = strategy.Next(state)!;

        Assert.NotNull(onGpu.ExpectedSeconds);
        Assert.Null(anywhere.ExpectedSeconds);
        Assert.NotEqual(anywhere.Score, onGpu.Score);
        (SearchState ordered, _) = state.Apply(new SearchEvent.Selected(Start, onGpu, 0, "gpu"));
        Assert.Equal(("gpu", onGpu.ExpectedSeconds), (ordered.Decisions[^1].DeviceKind, ordered.Decisions[^1].ExpectedSeconds));
        Assert.Null(SearchJson.Deserialize(SearchJson.Serialize(state.AskedFor("gpu"))).Device);
    }

    [Fact]
    public void IsAffordable_BudgetOfTime_AdmitsWhatTheDeviceCanFinish()
    {
        SearchState state = WithOneJobEach(budget: "60s").AskedFor("gpu");

        // 105.3 epochs of decision cost at 1/15 s are 7 s; on the CPU it takes 16.
        Assert.True(CostModel.IsAffordable(Spent(state, 50), CostModel.MarginalCost(state, BitVector.Uniform(4, 8), 15)));
        Assert.False(CostModel.IsAffordable(Spent(state, 58), CostModel.MarginalCost(state, BitVector.Uniform(4, 8), 15)));
    }

    private static SearchState Spent(SearchState state, double seconds) => state with { Spent = state.Spent with { ActiveSeconds = seconds } };

    /// <summary>A CPU that trains at 1.5 epochs a second, and a device that trains ten times as fast but evaluates no faster.</summary>
    private static SearchState WithOneJobEach(bool perDevice = true, string budget = "600epochs")
    {
        SearchDefinition definition = Definition(budget);
        SearchState state = Searching(definition with { Selection = definition.Selection with { CostPerDevice = perDevice } });
        state = Done(state, Worker, bits: 3, trainSeconds: 10);
        return Done(state, Gpu, bits: 6, trainSeconds: 1);
    }

    private static SearchState Done(SearchState state, WorkerRegistration worker, int bits, double trainSeconds)
    {
        (SearchState leased, JobOrder order) = state.Granted(new ScriptedStrategy((3, 15), (6, 15)), worker);
        Assert.Equal(bits, order.Bits[0]);
        return leased.Report(order, Success(order) with { TrainSeconds = trainSeconds, EvaluationSeconds = 6 }, Start).State;
    }
}
