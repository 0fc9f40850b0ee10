using System.Xml.Linq;
using Bitcurve.Search.Report;
using Bitcurve.Search.Trials;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Report;

public sealed class LearnedCostsTests
{
    /// <summary>Five jobs on one device, one on another: 2 s an epoch but for one job that took half as long again.</summary>
    internal static readonly SearchState Timed = ReportSearches.Finished with
    {
        Jobs =
        [
            Job(1, 40, 500) with { Purpose = JobPurpose.Baseline, TrialId = null },
            Job(2, 1, 2),
            Job(3, 15, 30),
            Job(4, 2, 6),
            Job(5, 15, 30) with { Purpose = JobPurpose.Verify, TrialId = null },
            Job(6, 4, 8),
            Job(7, 4, 1) with { DeviceKind = "NVIDIA H100" },
        ],
    };

    private static readonly SearchReport Report = SearchReportBuilder.Build(Timed, [], ReportSearches.Facts);

    [Fact]
    public void Costs_OfEachDevice_ComeFromItsJobs()
    {
        Assert.Equal([("NVIDIA H100", 1, 4.0), ("cpu", 5, 37.0)], Report.Costs.Select(cost => (cost.DeviceKind, cost.Jobs, cost.Epochs)));
        Assert.Equal(0.25, Report.Costs[0].SecondsPerEpoch, 12);
        Assert.Equal(2 * Math.Pow(1.5, 2 / 37.0), Report.Costs[1].SecondsPerEpoch, 12);
        Assert.InRange(Report.Costs[1].SecondsPerEpoch, Report.Costs[1].SecondsPerEpochLow, Report.Costs[1].SecondsPerEpochHigh);
        Assert.InRange(15 * Report.Costs[1].SecondsPerEpoch, Report.Costs[1].NextTargetJobLow!.Value, Report.Costs[1].NextTargetJobHigh!.Value);
        Assert.Equal((15, 0.1), (Report.Costs[1].TargetEpochs, Report.Costs[1].SecondsPerEvaluation));
    }

    [Fact]
    public void Checks_EachJob_IsPredictedFromTheOthers()
    {
        var checks = Report.Costs[1].Checks;
        Assert.Equal([2, 3, 4, 5, 6], checks.Select(check => check.Job));
        Assert.Equal([2, 3, 4, null, 6], checks.Select(check => check.Trial));
        // All others of job 4 took exactly 2 s an epoch.
        Assert.Equal((4.0, 6.0), (Math.Round(checks[2].PredictedSeconds, 12), checks[2].MeasuredSeconds));
        Assert.Equal(2 * Math.Pow(1.5, 2 / 36.0), checks[0].PredictedSeconds, 12);
        // The middle one of five errors: jobs 3 and 5 leave out 15 of 37 epochs.
        Assert.Equal(Math.Pow(1.5, 2 / 22.0) - 1, Report.Costs[1].MedianAbsoluteError!.Value, 12);
        Assert.Equal(0.8, Report.Costs[1].Coverage90);
    }

    [Fact]
    public void Checks_EachJob_IsWhatTheOthersAloneWouldTeach()
    {
        Job[] jobs = [.. Timed.Jobs.Where(job => LearnedCost.IsTimed(job) && job.DeviceKind == "cpu")];
        foreach (ReportedJobCost check in Report.Costs[1].Checks)
        {
            LearnedCost others = LearnedCost.Of("vgg8", "cpu", [.. jobs.Where(job => job.Id != check.Job)])!;
            Assert.Equal(check.Epochs * others.SecondsPerEpoch, check.PredictedSeconds, 9);
            Assert.Equal(others.NextJob(check.Epochs).Low, check.Low, 9);
            Assert.Equal(others.NextJob(check.Epochs).High, check.High, 9);
        }
    }

    [Fact]
    public void Checks_SingleJob_HaveNothingToPredictFrom()
    {
        Assert.Empty(Report.Costs[0].Checks);
        Assert.Null(Report.Costs[0].MedianAbsoluteError);
        Assert.Null(Report.Costs[0].Coverage90);
    }

    [Fact]
    public void Section_TimedSearch_HasRatesAndEveryJob()
    {
        var section = Section(Report);
        var tables = section.Descendants("tbody").ToArray();
        Assert.Equal(["NVIDIA H100", "cpu"], tables[0].Elements("tr").Select(row => row.Elements("td").First().Value));
        // Four jobs without a residual: s^2 = 0.08 / 5, 2.015 x sqrt(0.016 (1/35 + 1/2)) = 0.185.
        Assert.Equal(["4", "4", "2", "4.00", "3.32–4.81", "6.00", "−33.3\u00A0%"], tables[1].Elements("tr").ElementAt(2).Elements("td").Select(cell => cell.Value));
        Assert.Equal("test", tables[1].Elements("tr").ElementAt(3).Elements("td").ElementAt(1).Value);
    }

    [Fact]
    public void Section_NothingTimed_SaysSo() => Assert.Contains("No fine-tuning has been timed yet", Section(ReportSearches.Report).Value);

    [Fact]
    public void Deserialize_Costs_GivesTheSameBytesAgain()
    {
        var json = ReportJson.Serialize(Report);
        Assert.Equal(json, ReportJson.Serialize(ReportJson.Deserialize(json)));
    }

    private static Job Job(int id, double epochs, double seconds) => new()
    {
        Id = id,
        Purpose = JobPurpose.Search,
        TrialId = id,
        Seed = 5,
        EvaluateAt = [15],
        Split = EvaluationSplit.Validation,
        DeviceKind = "cpu",
        Measurements = [new Measurement(0, 0.5), new Measurement(15, 0.9)],
        TrainedEpochs = epochs,
        TrainSeconds = seconds,
        EvaluationSeconds = 0.2,
    };

    private static XElement Section(SearchReport report) =>
        XDocument.Parse(HtmlReport.Of(report)).Descendants("section").Single(section => section.Attribute("id")?.Value == "costs");
}
