using System.IO.Compression;
using System.Text.Json.Nodes;
using Bitcurve.Search.Report;
using Bitcurve.Search.Tests.Trials;
using Bitcurve.Search.Trials;
using Bitcurve.Tests.Shared;
using Bitcurve.Workers.Contracts;

namespace Bitcurve.Search.Tests.Report;

public sealed class SearchPictureTests
{
    private const int GzippedBytes = 600_000;

    [Fact]
    public void Of_FinishedSearch_HasTheReportsFiguresAsColumns()
    {
        SearchPicture picture = SearchPicture.Of(ReportSearches.Report);

        int row = picture.Trials.Bits.ToList().IndexOf("23333444");
        Assert.Equal(10, picture.Trials.Id[row]);
        Assert.Equal([0.25, 0.5], picture.Trials.W[row]);
        Assert.Equal([0.923, 0.936, null, null], picture.Trials.Accuracy[row]);

        // 26 bits in 8 layers: 6 below 4 everywhere, and a bit is worth 0.001.
        Assert.Equal(0.942, picture.Trials.Effective[row]);
        Assert.Equal(ReportSearches.Definition.SizeOf(ReportSearches.Finished.Trials[row].Bits).MemoryBytes, picture.Trials.MemoryBytes[row]);
        Assert.Equal((1, "Diverged: the metric is \"NaN\", at 1 epoch."), (picture.Trials.Failures[3], picture.Trials.SetAside[3]));
        Assert.Equal(("65544332", 9), (picture.Trials.Bits[8], picture.Chosen));
        Assert.Equal(ReportSearches.Report.Pareto.Select(member => member.Trial), picture.Front);
        Assert.Equal("bezier:2", picture.Space);
        Assert.Equal(2, picture.Parameters);
    }

    [Fact]
    public void ToJson_Metric_IsDescribedOnlyWhereItIsNoAccuracy()
    {
        string usual = SearchPicture.Of(ReportSearches.Report).ToJson();
        Assert.DoesNotContain("metricGoal", usual);
        Assert.DoesNotContain("metricIsFraction", usual);
        Assert.DoesNotContain("sharesWith", usual);
        Assert.Contains(
            "\"metric\":\"Chamfer distance\",\"metricGoal\":\"minimize\",\"metricIsFraction\":false", SearchPicture.Of(ReportSearches.MinimisedReport).ToJson());
    }

    [Fact]
    public void Of_MinimisedMetric_HasItsEffectiveValueInItsUnit()
    {
        SearchPicture picture = SearchPicture.Of(ReportSearches.MinimisedReport);

        // 26 bits in 8 layers: 6 below 4 everywhere, and a bit is worth 0.1 % of FP32's 0.02104.
        int row = picture.Trials.Bits.ToList().IndexOf("23333444");
        Assert.Equal(0.02128 - (6 * 0.00002104), picture.Trials.Effective[row]!.Value, 6);
    }

    [Fact]
    public void Of_FinishedSearch_HasItsVerificationAndUniformLine()
    {
        SearchPicture picture = SearchPicture.Of(ReportSearches.Report);

        PictureVerification chosen = Assert.Single(picture.Verified, verified => verified.Groups.Contains(VerificationGroup.Chosen));
        Assert.Equal(("65544332", 3, 0.944, 0.002), (chosen.Bits, chosen.Runs, chosen.Mean, chosen.Deviation));
        Assert.Equal("", Assert.Single(picture.Verified, verified => verified.Groups.Contains(VerificationGroup.Fp32)).Bits);
        Assert.Equal(Enumerable.Range(1, 8), picture.Uniform.Select(uniform => uniform.Level));
        Assert.Equal((0.919, 0, 0.9395), (picture.Uniform[2].Accuracy, picture.Uniform[2].Epochs, picture.Uniform[2].TestAccuracy));
    }

    [Fact]
    public void Of_FinishedSearch_HasItsDecisions()
    {
        PictureDecisions decisions = SearchPicture.Of(ReportSearches.Report).Decisions;

        Assert.Equal(Enumerable.Range(1, 12), decisions.Id);
        Assert.Equal(("12334566", 0, 0.225, 4.4, 0.05114), (decisions.Bits[3], decisions.Epochs[3], decisions.GainNats[3], decisions.CostEpochs[3], decisions.Score[3]));
        Assert.Equal((null, 0.93), (decisions.Mean[0], decisions.Mean[1]));
    }

    [Fact]
    public void Of_JobInFlight_SaysWhichNetworkPends()
    {
        SearchState state = Searches.Searching();
        var strategy = new ScriptedStrategy((8, 1), (4, 1));
        (state, JobOrder first) = state.Granted(strategy);
        state = state.Succeeded(first);
        (state, _) = state.Granted(strategy);

        SearchPicture picture = SearchPicture.Of(state, 17, SearchReportBuilder.Build(state, [], ReportSearches.Facts));

        Assert.Equal([false, true], picture.Trials.Pending);
        Assert.Equal((17, 0), (picture.Version, picture.Since));
        Assert.Equal([null, null, null, null], picture.Trials.Accuracy[1]);
    }

    [Fact]
    public void Of_NothingTriedYet_IsEmptyButComplete()
    {
        SearchState state = SearchState.Create(Searches.Definition() with { Name = "First", Selection = new() { StopRegret = 0.001 } });
        SearchPicture picture = SearchPicture.Of(state, 1, SearchReportBuilder.Build(state, [], ReportSearches.Facts));

        Assert.Empty(picture.Trials.Id);
        Assert.Empty(picture.Decisions.Id);
        Assert.Equal(("First", 0.001, 2, null), (picture.Name, picture.StopRegret, picture.Parameters, picture.Chosen));
        Assert.Equal(8, picture.Layers.Count);
        Assert.Null(picture.Baseline.Accuracy);
    }

    [Fact]
    public void ToJson_HasTheNamesThatPagesRead()
    {
        JsonNode json = JsonNode.Parse(SearchPicture.Of(ReportSearches.Report).ToJson())!;

        Assert.Equal("completed", (string)json["phase"]!);
        Assert.Equal("bits", (string)json["subject"]!);
        Assert.Equal("chosen", (string)json["verified"]![1]!["groups"]![0]!);
        Assert.Equal(
            ["id", "bits", "w", "memoryBytes", "bitOperations", "effective", "accuracy", "setAside", "failures", "pending", "mean", "deviation"],
            json["trials"]!.AsObject().Select(column => column.Key));
        Assert.Equal(
            ["id", "trialId", "bits", "epochs", "gainNats", "costEpochs", "score", "regret", "mean", "deviation"],
            json["decisions"]!.AsObject().Select(column => column.Key));
    }

    [Fact]
    public void ToJson_TenThousandTrials_IsSmallWhenCompressed()
    {
        LargeSearch large = LargeSearch.Make(10_000);
        SearchPicture picture = SearchPicture.Of(large.State, large.Events.Count, SearchReportBuilder.Build(large.State, [], ReportSearches.Facts));
        Assert.Equal(10_000, picture.Trials.Id.Count);

        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(picture.ToJson()));
        }

        Assert.InRange(compressed.Length, 1, GzippedBytes);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.123456789, 0.123457)]
    [InlineData(-1234567.8, -1234568)]
    [InlineData(0.1, 0.1)]
    [InlineData(1.23456789e-20, 1.23457e-20)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Rounded_KeepsSixDigits(double value, double expected) => Assert.Equal(expected, PictureNumbers.Rounded(value));
}
