using Bitcurve.Search.Report;
using Bitcurve.Search.Space;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Report;

public sealed class SearchReportBuilderTests
{
    private static readonly SearchReport Report = ReportSearches.Report;

    [Fact]
    public void Chosen_FinishedSearch_IsTheStatesChoiceWithItsReason()
    {
        Assert.Equal(ReportSearches.Finished.ChosenConfiguration()!.Bits, Report.Chosen!.Bits);
        Assert.Equal("65544332", Report.Chosen.Bits.ToString());
        Assert.Equal(9, Report.Chosen.Trial);
        Assert.Equal(0.944, Report.Chosen.EffectiveAccuracy, 12); // 32 bits over 8 layers: nothing is charged.
        Assert.Equal(
            "Highest effective accuracy (accuracy less 0.1 points for each bit beyond 4 per layer) "
            + "among the 9 networks measured at the target of 15 epochs.",
            Report.Chosen.Reason);
    }

    [Fact]
    public void Baseline_Verified_CarriesBothSplitsAndItsMemory()
    {
        Assert.Equal(new ReportedBaseline(0.948, 0.9475, 40, 115_632 * 4), Report.Baseline);
        Assert.Equal(Report.Layers.Sum(layer => layer.Weights) * 4, Report.Baseline.MemoryBytes);
    }

    [Fact]
    public void Pareto_FinishedSearch_AscendsInMemoryAndAccuracyAtTheTarget()
    {
        Assert.True(Report.Pareto.Count >= 4);
        Assert.All(Report.Pareto, member => Assert.Equal(15, member.Epochs));
        Assert.All(Report.Pareto.Zip(Report.Pareto.Skip(1)), pair =>
        {
            Assert.True(pair.First.MemoryBytes < pair.Second.MemoryBytes);
            Assert.True(pair.First.Accuracy < pair.Second.Accuracy);
        });
        Assert.Equal(0.9365, Report.Pareto.Single(member => member.Bits.ToString() == "44433222").TestAccuracy);
    }

    [Fact]
    public void PredictedFront_IncludesNetworksNeverTried()
    {
        Assert.Contains(Report.PredictedFront, member => Report.TrialOf(member.Bits) is null);
        Assert.All(Report.PredictedFront.Zip(Report.PredictedFront.Skip(1)), pair => Assert.True(pair.First.Mean < pair.Second.Mean));
    }

    [Fact]
    public void Verified_ThreeRuns_GiveMeanSampleDeviationAndDifference()
    {
        ReportedVerification chosen = Report.VerificationOf(Report.Chosen!.Bits)!;
        Assert.Equal(3, chosen.Runs);
        Assert.Equal(0.944, chosen.Mean!.Value, 12);
        Assert.Equal(0.002, chosen.Deviation!.Value, 12); // Of 0.944, 0.946, 0.942: sqrt(2 * 0.002^2 / 2).
        Assert.Equal(chosen.Mean - chosen.Estimate!.Mean, chosen.DifferenceToEstimate);
        Assert.Equal(0.944, chosen.SearchAccuracy);
        Assert.Equal([5, 1005, 2005], chosen.Seeds);
    }

    [Fact]
    public void Verified_OneRunOrNone_HasNoDeviation()
    {
        Assert.Null(Report.VerificationOf(BitVector.Uniform(8, 8))!.Deviation);
        ReportedVerification failed = Report.VerificationOf(BitVector.Uniform(7, 8))!;
        Assert.Equal(0, failed.Runs);
        Assert.Null(failed.Mean);
        Assert.Equal(["OutOfMemory: Too large."], failed.Failures);
    }

    [Fact]
    public void Verified_FinishedSearch_StartsWithFp32ThenChosen()
    {
        Assert.True(Report.Verified[0].Bits.IsEmpty);
        Assert.Equal(Report.Chosen!.Bits, Report.Verified[1].Bits);
    }

    [Fact]
    public void Uniform_FinishedSearch_HasAllEightWidths()
    {
        Assert.Equal(Enumerable.Range(1, 8), Report.Uniform.Select(uniform => uniform.Bits[0]));
        Assert.All(Report.Uniform, uniform => Assert.NotNull(uniform.Estimate));
        ReportedUniform three = Report.Uniform[2];
        Assert.Equal((0.919, 0, 0.9395), (three.Accuracy, three.Epochs, three.TestAccuracy));
        Assert.Equal(418_320 / 8, three.MemoryBytes);
    }

    [Fact]
    public void Timings_FinishedSearch_StateTheShareOfTheModel()
    {
        Assert.Equal(0.02, Report.Timings.FitShareOfTraining!.Value, 12);
        Assert.Null(ReportSearches.Empty.Timings.FitShareOfTraining);
    }

    [Fact]
    public void Build_NewSearch_SaysWhatIsMissing()
    {
        SearchReport empty = ReportSearches.Empty;
        Assert.Null(empty.Chosen);
        Assert.Null(empty.Baseline.Accuracy);
        Assert.Empty(empty.Pareto);
        Assert.Empty(empty.PredictedFront);
        Assert.Equal(new ReportedFrontCheck(0, 0, null, null, null), empty.FrontHolds);
    }

    [Fact]
    public void Build_BelowTheTarget_SaysSoInTheReason()
    {
        SearchState early = ReportSearches.Finished with { Trials = [ReportSearches.Finished.Trials[9]] };
        Assert.EndsWith(
            "among the only network measured at 1 epochs, the highest fidelity reached (the target is 15).",
            SearchReportBuilder.Build(early, [], ReportSearches.Facts).Chosen!.Reason);
    }

    [Fact]
    public void Build_TwoPredictionsForOneNetwork_NamesIt()
    {
        PredictedConfiguration prediction = ReportSearches.Predictions[0];
        var problem = Assert.Throws<ArgumentException>(
            () => SearchReportBuilder.Build(ReportSearches.Finished, [prediction, prediction], ReportSearches.Facts));
        Assert.StartsWith("Predictions: expected one for each network, actual two for 44444444.", problem.Message);
    }

    [Theory]
    [InlineData(double.NaN, 0.1, "Estimate of 11: expected a finite mean, actual NaN.")]
    [InlineData(0.9, -1.0, "Estimate of 11: expected a deviation of 0 or more, actual -1.")]
    public void PredictedConfiguration_Impossible_NamesExpectedAndActual(double mean, double deviation, string message) =>
        Assert.StartsWith(
            message, Assert.Throws<ArgumentException>(() => new PredictedConfiguration(BitVector.Uniform(1, 2), mean, deviation)).Message);
}
