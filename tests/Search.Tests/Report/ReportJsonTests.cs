using System.Globalization;
using System.Text.Json;
using Bitcurve.Search.Report;
using Bitcurve.Search.Trials;

namespace Bitcurve.Search.Tests.Report;

public sealed class ReportJsonTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(ReportJson.Serialize(ReportSearches.Report)).RootElement;

    [Theory]
    [InlineData("schema", "\"bitcurve-report/1\"")]
    [InlineData("workload", "\"vgg8/shapes32\"")]
    [InlineData("seed", "5")]
    [InlineData("baseline.accuracy", "0.948")]
    [InlineData("baseline.testAccuracy", "0.9475")]
    [InlineData("layers.1.weightShape", "[16,16,3,3]")]
    [InlineData("layers.1.weights", "2304")]
    [InlineData("space", "\"bezier:2\"")]
    [InlineData("tasks", "[0,1,2,15]")]
    [InlineData("budget", "\"100epochs\"")]
    [InlineData("spent.epochs", "99.5")]
    [InlineData("endReason", "\"The budget of 100epochs is spent.\"")]
    [InlineData("trials.2.id", "3")]
    [InlineData("trials.2.bits", "[6,5,5,4,3,2,2,1]")]
    [InlineData("trials.2.w", "[0.25,0.15]")]
    [InlineData("trials.2.measurements.3.epochs", "15")]
    [InlineData("trials.2.measurements.3.accuracy", "0.923")]
    [InlineData("trials.2.estimate.deviation", "0.004")]
    [InlineData("trials.3.failures.0.kind", "\"diverged\"")]
    [InlineData("decisions.1.trial", "2")]
    [InlineData("decisions.1.gainNats", "0.45")]
    [InlineData("decisions.1.costEpochs", "2.4")]
    [InlineData("decisions.1.runnersUp.0.bits", "[5,5,5,5,5,5,5,5]")]
    [InlineData("decisions.0.posteriorMean", "null")]
    [InlineData("uniform.7.testAccuracy", "0.945")]
    [InlineData("pareto.0.bits", "[1,1,1,1,1,1,1,1]")]
    [InlineData("chosen.trial", "9")]
    [InlineData("chosen.bits", "[6,5,5,4,4,3,3,2]")]
    [InlineData("verified.0.bits", "[]")]
    [InlineData("verified.0.groups.0", "\"fp32\"")]
    [InlineData("verified.1.accuracies", "[0.944,0.946,0.942]")]
    [InlineData("verified.0.deviation", "null")]
    [InlineData("frontHolds.pairs", "6")]
    [InlineData("timings.threads", "2")]
    public void Serialize_FinishedSearch_HasField(string path, string expected) => Assert.Equal(expected, At(path).GetRawText());

    [Theory]
    [InlineData("trials.2.memoryBytes")]
    [InlineData("trials.2.bitOperations")]
    [InlineData("trials.2.effectiveAccuracy")]
    [InlineData("decisions.3.score")]
    [InlineData("predictedFront.0.deviation")]
    [InlineData("chosen.effectiveAccuracy")]
    [InlineData("verified.1.differenceToEstimate")]
    public void Serialize_FinishedSearch_HasNumber(string path) => Assert.Equal(JsonValueKind.Number, At(path).ValueKind);

    [Fact]
    public void Serialize_Twice_GivesTheSameBytes() => Assert.Equal(
        ReportJson.Serialize(SearchReportBuilder.Build(ReportSearches.Finished, ReportSearches.Predictions, ReportSearches.Facts)),
        ReportJson.Serialize(SearchReportBuilder.Build(ReportSearches.Finished, ReportSearches.Predictions, ReportSearches.Facts)));

    [Fact]
    public void Serialize_OtherClockAndSpeed_KeepsTheDecisions()
    {
        SearchState slower = ReportSearches.Finished with { Spent = ReportSearches.Finished.Spent with { TrainSeconds = 999 } };
        ReportFacts facts = ReportSearches.Facts with { CreatedAt = ReportSearches.Facts.CreatedAt.AddDays(1), TotalSeconds = 9999 };
        JsonElement other = JsonDocument.Parse(ReportJson.Serialize(SearchReportBuilder.Build(slower, [], facts))).RootElement;
        Assert.Equal(At("decisions").GetRawText(), other.GetProperty("decisions").GetRawText());
    }

    [Fact]
    public void Deserialize_Serialized_GivesTheSameBytesAgain()
    {
        string json = ReportJson.Serialize(ReportSearches.Report);
        Assert.Equal(json, ReportJson.Serialize(ReportJson.Deserialize(json)));
    }

    [Fact]
    public void Deserialize_OtherSchema_NamesBoth()
    {
        string json = ReportJson.Serialize(ReportSearches.Report).Replace("bitcurve-report/1", "bitcurve-report/2");
        Assert.Equal(
            "Report: expected schema bitcurve-report/1, actual bitcurve-report/2.",
            Assert.Throws<InvalidDataException>(() => ReportJson.Deserialize(json)).Message);
    }

    private static JsonElement At(string path) => path.Split('.').Aggregate(Root, (element, part) =>
        int.TryParse(part, CultureInfo.InvariantCulture, out int index) ? element[index] : element.GetProperty(part));
}
