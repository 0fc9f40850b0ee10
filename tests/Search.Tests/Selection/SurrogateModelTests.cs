using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Selection;

public class SurrogateModelTests
{
    [Fact]
    public void Predict_MeasuredNetwork_ComesCloseToItsMeasurement()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("150epochs", 1), new InformationGainStrategy(TrainedTable.Candidates));
        var model = SurrogateModel.Fit(state, warmStart: null);
        var measured = TrainedTable.Candidates.Where(c => state.TrialOf(c.Bits)?.IsMeasuredAt(15) == true).ToList();

        Assert.All(measured.Zip(model.Predict(measured)), pair =>
            Assert.InRange(TrainedTable.Accuracy(pair.First.Bits, 15), pair.Second.Mean - (4 * pair.Second.Deviation) - 0.01, pair.Second.Mean + (4 * pair.Second.Deviation) + 0.01));
    }

    [Fact]
    public void Predict_UnseenNetwork_IsLessCertainThanASeenOne()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("60epochs", 1, new SelectionSettings { Transform = "none" }), new InformationGainStrategy(TrainedTable.Candidates));
        var model = SurrogateModel.Fit(state, warmStart: null);
        double Deviation(bool seen)
        {
            var group = TrainedTable.Candidates.Where(c => (state.TrialOf(c.Bits)?.IsMeasuredAt(15) == true) == seen).ToList();
            return model.Predict(group).Average(p => p.Deviation);
        }

        Assert.True(Deviation(seen: true) < Deviation(seen: false));
    }

    [Fact]
    public void OnModelScale_NetworkInFlight_KeepsItsMeanAndIsLessUncertain()
    {
        var settings = new SelectionSettings { Strategy = "ucb" };
        var state = TrainedTable.Run(TrainedTable.Definition("100epochs", 1, settings), StrategyCatalogue.Create(TrainedTable.Definition("1jobs", 1, settings), TrainedTable.Candidates), maximumJobs: 4);
        var (running, order) = state.Granted(new UpperConfidenceStrategy(TrainedTable.Candidates));
        var network = TrainedTable.Candidates.Where(c => c.Bits == new BitVector(order.Bits)).ToList();

        var before = SurrogateModel.Fit(state, warmStart: null).OnModelScale(network);
        var during = SurrogateModel.Fit(running, warmStart: null).OnModelScale(network);

        Assert.Equal(before.Mean, during.Mean);
        Assert.True(during.Variance[0] < 0.5 * before.Variance[0], $"{during.Variance[0]} of {before.Variance[0]}");
    }

    [Fact]
    public void Memory_Recalled_GivesTheSameHyperparameters()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("40epochs", 1), new InformationGainStrategy(TrainedTable.Candidates));
        var model = SurrogateModel.Fit(state, warmStart: null);

        var recalled = SurrogateModel.Recall(model.Memory())!;

        Assert.Equal(model.Hyperparameters.Lengthscale, recalled.Hyperparameters.Lengthscale);
        Assert.Equal(model.Hyperparameters.NoiseVariance, recalled.Hyperparameters.NoiseVariance);
    }

    [Fact]
    public void Calibration_MeasuredNetworks_ScoresEachMeasurementAndNoFreeObservation()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("40epochs", 1), new InformationGainStrategy(TrainedTable.Candidates));
        var figures = SurrogateModel.Fit(state, warmStart: null).Calibration();

        Assert.Equal([0, 1, 2, 3], figures.Select(task => task.Task));
        Assert.Equal(state.Definition.Tasks.Select(epochs => state.Trials.Count(trial => trial.IsMeasuredAt(epochs))), figures.Select(task => task.Count));
        Assert.All(figures, task => Assert.True(double.IsFinite(task.MeanLogDensity!.Value)));
    }

    [Fact]
    public void Calibration_NothingMeasuredAtTheTarget_HasNoFiguresThere()
    {
        var state = TrainedTable.Run(TrainedTable.Definition("40epochs", 1), new InformationGainStrategy(TrainedTable.Candidates), maximumJobs: 3);
        var cut = state with { Trials = [.. state.Trials.Select(trial => trial with { Measurements = [.. trial.Measurements.Where(m => m.Epochs == 0)] })] };
        var figures = SurrogateModel.Fit(cut, warmStart: null).Calibration();

        Assert.Equal((0, null, null), (figures[^1].Count, figures[^1].Coverage90, figures[^1].MeanLogDensity));
        Assert.Equal(cut.Trials.Sum(trial => trial.Measurements.Count), figures[0].Count);
    }
}
