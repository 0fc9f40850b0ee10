using System.Text.Json;
using System.Xml.Linq;
using Bitcurve.Search.Report;

namespace Bitcurve.Search.Tests.Report;

public sealed class CalibrationTests
{
    [Theory]
    // Right intervals have 32 or fewer of 40 inside in 4.2 % of cases, 33 or fewer in 10 %; 5 or fewer of 8 in 3.8 %.
    [InlineData(40, 32, 1.6, "Do not trust the model's 90\u00A0% intervals at 15 epochs, they are too narrow: only 32 of 40 networks, each predicted from the others alone, lie inside theirs; errors are 1.6 times what the model expects.")]
    [InlineData(40, 33, 1.2, "The model's 90\u00A0% intervals at 15 epochs can be trusted: 33 of 40 networks, each predicted from the others alone, lie inside theirs.")]
    [InlineData(40, 40, 0.4, "The model's 90\u00A0% intervals at 15 epochs can be trusted, they are wider than they need be: 40 of 40 networks, each predicted from the others alone, lie inside theirs.")]
    [InlineData(9, 9, 0.9, "Too few networks were measured at 15 epochs to judge the model's 90\u00A0% intervals there: 9 of 9 networks, each predicted from the others alone, lie inside theirs; over all training lengths 59 of 59 predictions do.")]
    [InlineData(8, 5, 1.4, "Do not trust the model's 90\u00A0% intervals at 15 epochs, they are too narrow: only 5 of 8 networks, each predicted from the others alone, lie inside theirs; errors are 1.4 times what the model expects.")]
    public void Verdict_OfTheTarget_SaysWhetherToTrust(int observations, int inside, double residual, string expected) =>
        Assert.Equal(expected, Of(Task(0, 50, 50, 1), Task(15, observations, inside, residual)).Calibration!.Verdict);

    [Fact]
    public void Verdict_TargetNeverMeasured_SaysSo()
    {
        var report = Of(Task(0, 20, 18, 1), new ReportedTaskCalibration(15, 0, null, null, null, null));
        Assert.Equal("Nothing was measured at 15 epochs, so the model's intervals there are unchecked.", report.Calibration!.Verdict);
    }

    [Fact]
    public void Serialize_Calibration_HasEveryFigure()
    {
        var json = JsonDocument.Parse(ReportJson.Serialize(Of(Task(0, 20, 18, 1.25)))).RootElement.GetProperty("calibration");
        var task = json.GetProperty("tasks")[0];
        Assert.Equal((0, 20), (task.GetProperty("epochs").GetInt32(), task.GetProperty("observations").GetInt32()));
        Assert.Equal((0.9, 0.5), (task.GetProperty("coverage90").GetDouble(), task.GetProperty("coverage50").GetDouble()));
        Assert.Equal((1.25, -1.1), (task.GetProperty("rmsStandardizedResidual").GetDouble(), task.GetProperty("meanLogDensity").GetDouble()));
        Assert.StartsWith("The model's 90", json.GetProperty("verdict").GetString());
    }

    [Fact]
    public void Section_Calibrated_HasTheVerdictAndARowPerTask()
    {
        var section = Section(Of(Task(0, 20, 18, 1), new ReportedTaskCalibration(15, 0, null, null, null, null)));
        Assert.Contains("unchecked", section.Value);
        Assert.Equal(["0 epochs", "20", "90\u00A0%", "50\u00A0%", "1.00", "−1.10"], Row(section, 0));
        Assert.Equal(["15 epochs (target)", "0", "–", "–", "–", "–"], Row(section, 1));
    }

    [Fact]
    public void Section_NoModel_SaysSo() => Assert.Contains("no intervals to check", Section(ReportSearches.Report).Value);

    internal static SearchReport Of(params ReportedTaskCalibration[] tasks) =>
        SearchReportBuilder.Build(ReportSearches.Finished, ReportSearches.Predictions, ReportSearches.Facts, tasks);

    internal static ReportedTaskCalibration Task(int epochs, int observations, int inside, double residual) =>
        new(epochs, observations, -1.1, inside / (double)observations, 0.5, residual);

    private static XElement Section(SearchReport report) =>
        XDocument.Parse(HtmlReport.Of(report)).Descendants("section").Single(section => section.Attribute("id")?.Value == "calibration");

    private static string[] Row(XElement section, int row) =>
        [.. section.Descendants("tbody").Single().Elements("tr").ElementAt(row).Elements("td").Select(cell => cell.Value)];
}
