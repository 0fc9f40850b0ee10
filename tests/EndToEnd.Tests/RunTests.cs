using System.Text.Json;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>One uninterrupted search that several tests look at.</summary>
public sealed class UninterruptedRun : IAsyncLifetime
{
    public static readonly string[] Arguments =
        ["run", "--workload", "vgg8/shapes32-tiny", "--tasks", "0,1,3", "--budget", "16epochs", "--baseline-epochs", "6", "--threads", "1", "--repeats", "2", "--json"];

    public Scratch Scratch { get; } = new();

    public string Output { get; private set; } = "";

    public string Error { get; private set; } = "";

    /// <summary>report.json as it was right after the run: a later one into the same folder writes it anew.</summary>
    public string ReportFile { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        var finished = await Executable.RunAsync(Scratch, [.. Arguments, "--out", "first"]);
        Assert.True(finished.ExitCode == 0, finished.Error);
        (Output, Error) = (finished.Output, finished.Error);
        ReportFile = File.ReadAllText(Scratch.PathOf("first/report.json"));
    }

    public ValueTask DisposeAsync()
    {
        Scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class RunTests(UninterruptedRun first) : IClassFixture<UninterruptedRun>
{
    [Fact]
    public void Run_Json_IsTheReportAndNothingElse()
    {
        using var report = JsonDocument.Parse(first.Output);

        Assert.Equal(first.ReportFile, first.Output);
        Assert.Equal("vgg8/shapes32-tiny", report.RootElement.GetProperty("workload").GetString());
        Assert.Contains("verifying on the test split", first.Error);
    }

    [Fact]
    public void Run_Report_HasEveryPromisedField()
    {
        using var document = JsonDocument.Parse(first.Output);
        var report = document.RootElement;

        Assert.Equal(0, report.GetProperty("seed").GetInt64());
        Assert.InRange(report.GetProperty("baseline").GetProperty("accuracy").GetDouble(), 0, 1);
        Assert.Equal(8, report.GetProperty("layers").GetArrayLength());
        var trial = report.GetProperty("trials")[0];
        Assert.True(trial.GetProperty("id").GetInt32() > 0);
        Assert.Equal(8, trial.GetProperty("bits").GetArrayLength());
        Assert.Equal(2, trial.GetProperty("w").GetArrayLength());
        Assert.True(trial.GetProperty("memoryBytes").GetInt64() > 0);
        Assert.True(trial.GetProperty("measurements")[0].TryGetProperty("epochs", out _));
        Assert.True(trial.GetProperty("measurements")[0].TryGetProperty("accuracy", out _));
        var decision = report.GetProperty("decisions")[0];
        Assert.All(["trial", "epochs", "gainNats", "costEpochs", "score"], name => Assert.Equal(JsonValueKind.Number, decision.GetProperty(name).ValueKind));
        Assert.True(report.GetProperty("pareto").GetArrayLength() > 0);
        Assert.Equal(8, report.GetProperty("chosen").GetProperty("bits").GetArrayLength());
        Assert.True(report.GetProperty("verified").GetArrayLength() >= 8, "the chosen one and uniform 1..8");
    }

    [Fact]
    public void Run_Report_SpendsWithinItsBudgetAndNeverMeasuresTwice()
    {
        using var document = JsonDocument.Parse(first.Output);
        var report = document.RootElement;

        Assert.InRange(report.GetProperty("decisions").EnumerateArray().Sum(d => d.GetProperty("costEpochs").GetDouble()), 1, 16 + 1e-9);
        foreach (var trial in report.GetProperty("trials").EnumerateArray())
        {
            var epochs = trial.GetProperty("measurements").EnumerateArray().Select(m => m.GetProperty("epochs").GetInt32()).ToList();
            Assert.Equal(epochs.Distinct().Order(), epochs);
        }

        Assert.Equal(
            report.GetProperty("trials").GetArrayLength(),
            report.GetProperty("trials").EnumerateArray().Select(t => t.GetProperty("bits").ToString()).Distinct().Count());
    }

    [Fact]
    public void Run_Folder_HoldsReportTableAndPage()
    {
        Assert.StartsWith("<!DOCTYPE html>", File.ReadAllText(first.Scratch.PathOf("first/report.html")), StringComparison.OrdinalIgnoreCase);
        Assert.True(File.ReadAllLines(first.Scratch.PathOf("first/trials.csv")).Length > 5);
    }

    [Fact]
    public async Task Run_WithTheWeightsOfAnotherRun_StartsFromThem()
    {
        using var scratch = new Scratch();
        var weights = first.Scratch.PathOf("first/baseline.safetensors");
        var finished = await Executable.RunAsync(scratch, ["run", "--workload", "vgg8/shapes32-tiny", "--tasks", "0,1", "--budget", "1jobs", "--threads", "1", "--no-verify", "--json", "--weights", weights]);

        Assert.True(finished.ExitCode == 0, finished.Error);
        using var expected = JsonDocument.Parse(first.Output);
        using var actual = JsonDocument.Parse(finished.Output);
        Assert.Equal(
            expected.RootElement.GetProperty("baseline").GetProperty("accuracy").GetDouble(),
            actual.RootElement.GetProperty("baseline").GetProperty("accuracy").GetDouble());
        Assert.True(new FileInfo(scratch.PathOf("runs/vgg8-shapes32-tiny-bezier-2-seed0/chosen.safetensors")).Length > 100_000);
    }

    [Fact]
    public async Task Run_Cifar10Files_TrainsOnThem()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch.PathOf("cifar"));
        var random = new Random(1);
        foreach (var name in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            // Records of 1 label byte and 3072 pixels.
            var records = new byte[3073 * 40];
            random.NextBytes(records);
            for (var k = 0; k < 40; k++)
            {
                records[3073 * k] = (byte)(k % 10);
            }

            File.WriteAllBytes(scratch.PathOf($"cifar/{name}.bin"), records);
        }

        var finished = await Executable.RunAsync(scratch, "run", "--workload", "resnet8/cifar10:cifar", "--baseline-epochs", "1", "--tasks", "0,1", "--budget", "2jobs", "--threads", "1", "--json", "--no-verify");

        Assert.True(finished.ExitCode == 0, finished.Error);
        using var report = JsonDocument.Parse(finished.Output);
        Assert.Equal(7, report.RootElement.GetProperty("layers").GetArrayLength());
        Assert.Equal("resnet8/cifar10:cifar", report.RootElement.GetProperty("workload").GetString());
    }

    [Fact]
    public async Task Run_SameSeedElsewhere_DecidesByteForByteTheSame()
    {
        var again = await Executable.RunAsync(first.Scratch, [.. UninterruptedRun.Arguments, "--out", "second", "--no-cache"]);

        Assert.Equal(0, again.ExitCode);
        AssertSameResults(again.Output);
    }

    // Killed while the baseline trains, in the middle of the search, and during verification; then the same command.
    [Theory]
    [InlineData("FP32 baseline", 1)]
    [InlineData("% after 0 epochs", 2)]
    [InlineData("best so far", 4)]
    [InlineData("verified", 3)]
    public async Task Run_KilledThenRepeated_EndsLikeTheUninterruptedOne(string at, int occurrence)
    {
        using var scratch = new Scratch();
        string[] arguments = [.. UninterruptedRun.Arguments, "--out", "killed"];
        var killed = await Executable.SignalAtAsync(scratch, at, occurrence, "KILL", arguments);
        Assert.NotEqual(0, killed.ExitCode);

        var resumed = await Executable.RunAsync(scratch, arguments);

        Assert.True(resumed.ExitCode == 0, resumed.Error);
        AssertSameResults(resumed.Output);
    }

    [Fact]
    public async Task Run_Interrupted_SaysSoAndTheSameCommandGoesOn()
    {
        using var scratch = new Scratch();
        string[] arguments = [.. UninterruptedRun.Arguments, "--out", "stopped"];
        var stopped = await Executable.SignalAtAsync(scratch, "best so far", 2, "INT", arguments);

        Assert.Equal(130, stopped.ExitCode);
        Assert.Contains("the same command goes on", stopped.Error);
        Assert.Equal("", stopped.Output);
        AssertSameResults((await Executable.RunAsync(scratch, arguments)).Output);
    }

    [Fact]
    public async Task Run_FinishedFolderAgain_AnswersWithoutTraining()
    {
        var again = await Executable.RunAsync(first.Scratch, [.. UninterruptedRun.Arguments, "--out", "first"]);

        Assert.Equal(0, again.ExitCode);
        Assert.DoesNotContain("to epoch", again.Error);
        AssertSameResults(again.Output);
        Assert.Equal(Seconds(first.Output), Seconds(again.Output));
    }

    [Fact]
    public async Task Run_LargerBudget_GoesOnFromWhatThereIs()
    {
        using var scratch = new Scratch();
        string[] common = ["run", "--workload", "vgg8/shapes32-tiny", "--tasks", "0,1", "--baseline-epochs", "2", "--threads", "1", "--no-verify", "--json", "--out", "grown"];
        var small = Decisions((await Executable.RunAsync(scratch, [.. common, "--budget", "3jobs"])).Output);
        var large = Decisions((await Executable.RunAsync(scratch, [.. common, "--budget", "5jobs"])).Output);

        Assert.Equal((3, 5), (small.Count, large.Count));
        Assert.Equal(small, large.Take(3));
    }

    private static (double Total, double FitAndChoose) Seconds(string report)
    {
        using var document = JsonDocument.Parse(report);
        var timings = document.RootElement.GetProperty("timings");
        return (timings.GetProperty("totalSeconds").GetDouble(), timings.GetProperty("fitAndChooseSeconds").GetDouble());
    }

    private static List<string> Decisions(string report)
    {
        using var document = JsonDocument.Parse(report);
        return [.. document.RootElement.GetProperty("decisions").EnumerateArray().Select(d => d.GetRawText())];
    }

    // Everything but dates and timings.
    private void AssertSameResults(string report)
    {
        using var expected = JsonDocument.Parse(first.Output);
        using var actual = JsonDocument.Parse(report);
        foreach (var part in (string[])["decisions", "trials", "pareto", "chosen", "verified"])
        {
            Assert.Equal(expected.RootElement.GetProperty(part).GetRawText(), actual.RootElement.GetProperty(part).GetRawText());
        }
    }
}
