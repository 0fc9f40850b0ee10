using System.Text.Json.Nodes;
using Bitcurve.Search.Report;
using Bitcurve.Search.Selection;
using Bitcurve.Search.Space;
using Bitcurve.Search.Tests.Selection;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Tests.Shared;

namespace Bitcurve.Search.Tests.Report;

public sealed class ModelPictureTests
{
    // Figures are rounded to six digits.
    private const double Rounding = 1e-5;

    private static readonly SearchState State = TrainedTable.Run(
        TrainedTable.Definition("60epochs", 5), StrategyCatalogue.Create(TrainedTable.Definition("60epochs", 5), TrainedTable.Candidates));

    private static readonly ModelPicture Picture = ModelledReport.Estimate(State).Picture;

    private static readonly SurrogateModel Model = SurrogateModel.Fit(State, SurrogateModel.Recall(State.SelectionMemory));

    [Fact]
    public void Slices_GoThroughTheChosenNetwork()
    {
        Trial chosen = State.TrialOf(State.ChosenConfiguration()!.Bits)!;

        Assert.Equal([0, 1], Picture.Slices.Select(slice => slice.Parameter));
        Assert.Null(Picture.Slices[0].Others[0]);
        Assert.Equal(chosen.W[1], Picture.Slices[0].Others[1]!.Value, Rounding);
        Assert.Equal(chosen.W[0], Picture.Slices[1].Others[0]!.Value, Rounding);
        Assert.All(Picture.Slices, slice => Assert.Contains(slice.Observed, observed => observed.TrialId == chosen.Id && observed.Distance == 0));
    }

    [Fact]
    public void Slice_EachPoint_IsTheModelThere()
    {
        ModelSlice slice = Picture.Slices[1];
        CurveSpace space = State.Definition.Space;
        double fixedValue = State.TrialOf(State.ChosenConfiguration()!.Bits)!.W[0];
        for (int point = 0; point < ModelSlice.Points; point += 8)
        {
            double[] w = [fixedValue, slice.At[point]];
            Candidate candidate = new(space.BitsAt(w), w);

            // The central 95 % interval of the target, as decisions have it.
            (double lower, double upper) = Model.Intervals([candidate], 1.959964)[0];
            Assert.Equal(candidate.Bits.ToString(), slice.Bits[point]);
            Assert.Equal(State.Definition.SizeOf(candidate.Bits).MemoryBytes, slice.MemoryBytes[point]);
            Assert.Equal(Model.Predict([candidate])[0].Mean, slice.Tasks[^1].Mean[point], Rounding);
            Assert.Equal(lower, slice.Tasks[^1].Lower[point], Rounding);
            Assert.Equal(upper, slice.Tasks[^1].Upper[point], Rounding);
        }
    }

    [Fact]
    public void Slice_EveryTask_HasABandAroundItsMean()
    {
        Assert.All(Picture.Slices, slice => Assert.Equal([0, 1, 2, 15], slice.Tasks.Select(task => task.Epochs)));
        foreach (SliceBand band in Picture.Slices.SelectMany(slice => slice.Tasks))
        {
            Assert.Equal((ModelSlice.Points, ModelSlice.Points, ModelSlice.Points), (band.Mean.Count, band.Lower.Count, band.Upper.Count));
            Assert.All(Enumerable.Range(0, ModelSlice.Points), point => Assert.True(band.Lower[point] < band.Upper[point]));

            // The mean of a skewed distribution may lie off its centre, but not outside 95 % of it here.
            Assert.All(Enumerable.Range(0, ModelSlice.Points), point => Assert.InRange(band.Mean[point], band.Lower[point], band.Upper[point]));
        }
    }

    [Fact]
    public void Slice_MeasuredNetwork_IsMetWithinItsNoise()
    {
        // A network that was measured is known: the band at its place is narrow and near the measurement.
        Trial chosen = State.TrialOf(State.ChosenConfiguration()!.Bits)!;
        (double mean, double lower, double upper) = Model.Bands([new Candidate(chosen.Bits, chosen.W)], 3, 1.96)[0];

        Assert.InRange(chosen.Measurements[^1].Accuracy, lower - 0.01, upper + 0.01);
        Assert.InRange(upper - lower, 0, 0.05);
        Assert.InRange(mean, lower, upper);
    }

    [Fact]
    public void Observed_AreTheMeasurementsCloseBy()
    {
        ModelSlice slice = Picture.Slices[0];
        double other = State.TrialOf(State.ChosenConfiguration()!.Bits)!.W[1];

        var expected = State.Trials.Where(trial => Math.Abs(trial.W[1] - other) <= 0.15)
            .SelectMany(trial => trial.Measurements.Select(measurement => (trial.Id, measurement.Epochs, measurement.Accuracy)));
        Assert.Equal(expected, slice.Observed.Select(observed => (observed.TrialId, observed.Epochs, observed.Accuracy)));
    }

    [Fact]
    public void Correlation_IsSymmetricWithOnesOnItsDiagonal()
    {
        Assert.Equal(4, Picture.Correlation.Count);
        for (int a = 0; a < 4; a++)
        {
            Assert.Equal(1, Picture.Correlation[a][a], Rounding);
            Assert.All(Enumerable.Range(0, 4), b => Assert.Equal(Picture.Correlation[a][b], Picture.Correlation[b][a]));
            Assert.All(Picture.Correlation[a], value => Assert.InRange(value, -1, 1));
        }

        Assert.Equal(4, Picture.NoiseDeviation.Count);
        Assert.All(Picture.NoiseDeviation, deviation => Assert.True(deviation > 0));
    }

    [Fact]
    public void Estimates_AreThoseOfTheReport()
    {
        SearchReport report = ModelledReport.Of(State, ReportSearches.Facts);
        foreach ((int id, double mean) in Picture.Estimates.TrialId.Zip(Picture.Estimates.Mean))
        {
            Assert.Equal(report.Trials[id - 1].Estimate!.Mean, mean, Rounding);
        }

        Assert.Equal(report.Uniform.Select(uniform => uniform.Bits.ToString()), Picture.Uniform.Select(uniform => uniform.Bits));
        Assert.All(report.Uniform.Zip(Picture.Uniform), pair => Assert.Equal(pair.First.Estimate!.Mean, pair.Second.Mean, Rounding));
        Assert.Equal(State.Trials.Count, Picture.Estimates.TrialId.Count);
        Assert.Equal(report.PredictedFront.Select(member => member.Bits.ToString()), Picture.PredictedFront.Select(member => member.Bits));
        Assert.Equal(report.Calibration!.Verdict, Picture.Calibration!.Verdict);
        Assert.Equal(State.Trials.Sum(trial => trial.Measurements.Count), Picture.Measurements);
    }

    [Fact]
    public void Estimate_NothingMeasured_SaysSo()
    {
        ModelledReport.Estimated estimated = ModelledReport.Estimate(Searches.Searching());

        Assert.Equal("Nothing has been measured yet.", estimated.Picture.Unavailable);
        Assert.Equal([0, 1, 2, 15], estimated.Picture.Tasks);
        Assert.Empty(estimated.Predictions);
    }

    [Fact]
    public void Estimate_TooManyMeasurements_SaysSoInsteadOfComputingForHours()
    {
        SearchState large = LargeSearch.Make(ModelledReport.MaximumMeasurements).State;

        ModelledReport.Estimated estimated = ModelledReport.Estimate(large);

        int measurements = large.Trials.Sum(trial => trial.Measurements.Count);
        Assert.Equal(
            $"{measurements} measurements are too many to fit the model to for a picture: expected at most {ModelledReport.MaximumMeasurements}.",
            estimated.Picture.Unavailable);
        Assert.Empty(estimated.Predictions);
    }

    [Fact]
    public void Bands_NoSuchTask_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Model.Bands(TrainedTable.Candidates, 4, 1.96));

    [Fact]
    public void ToJson_HasTheNamesThatPagesRead()
    {
        JsonNode json = JsonNode.Parse(Picture.ToJson())!;

        Assert.Equal(
            ["parameter", "others", "at", "memoryBytes", "bits", "tasks", "observed"],
            json["slices"]![0]!.AsObject().Select(field => field.Key));
        Assert.Equal(["epochs", "mean", "lower", "upper"], json["slices"]![0]!["tasks"]![0]!.AsObject().Select(field => field.Key));
        Assert.Equal(["trialId", "at", "epochs", "accuracy", "distance"], json["slices"]![0]!["observed"]![0]!.AsObject().Select(field => field.Key));
    }
}
