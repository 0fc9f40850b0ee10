using System.Text.Json;
using Bitcurve.Models.Onnx;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>A short search whose networks the tests export.</summary>
public sealed class ExportedRun : IAsyncLifetime
{
    public Scratch Scratch { get; } = new();

    /// <summary>The trials of report.json: number, bits, and the last measurement's accuracy on the validation split.</summary>
    public IReadOnlyList<(int Id, string Bits, double Accuracy)> Trials { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        var finished = await Executable.RunAsync(
            Scratch, "run", "--workload", "vgg8/shapes32-tiny", "--tasks", "0,1", "--budget", "4jobs", "--baseline-epochs", "8", "--threads", "1", "--no-verify", "--json", "--out", "run");
        Assert.True(finished.ExitCode == 0, finished.Error);
        using var report = JsonDocument.Parse(finished.Output);
        Trials =
        [
            .. report.RootElement.GetProperty("trials").EnumerateArray().Select(trial => (
                trial.GetProperty("id").GetInt32(),
                string.Concat(trial.GetProperty("bits").EnumerateArray().Select(width => width.GetInt32())),
                trial.GetProperty("measurements").EnumerateArray().Last().GetProperty("accuracy").GetDouble())),
        ];
    }

    public ValueTask DisposeAsync()
    {
        Scratch.Dispose();
        return ValueTask.CompletedTask;
    }
}

public sealed class ExportTests(ExportedRun run) : IClassFixture<ExportedRun>
{
    [Fact]
    public async Task Export_Packed_IsAsSmallAsComputedAndMeasuresWhatTheSearchMeasured()
    {
        foreach (var (id, bits, accuracy) in run.Trials)
        {
            var exported = await Succeed("export", "run", "--scheme", $"{id}");
            var file = $"run/trial{id}-{bits}.bitcurve";
            Assert.StartsWith($"{file}\n", exported);
            Assert.Contains($"vgg8, {bits}, ", exported);

            var computed = long.Parse(exported.Split("computed ")[1].Split('\n')[0]);
            Assert.InRange(new FileInfo(run.Scratch.PathOf(file)).Length, computed, (1.02 * computed) + 4096);
            Assert.Equal(accuracy, await Accuracy(file));
        }
    }

    [Fact]
    public async Task Export_Onnx_MeasuresWhatTheSearchMeasured()
    {
        Assert.SkipUnless(OnnxRuntimeLibrary.IsAvailable, $"ONNX Runtime is not installed; get it with {OnnxRuntimeLibrary.HowToGet}");
        var (_, bits, accuracy) = run.Trials[0];
        var exported = await Succeed("export", "run", "--scheme", bits, "--format", "onnx", "--out", "some.onnx");

        // Beside the weights there is the graph.
        var computed = long.Parse(exported.Split("computed ")[1].Split('\n')[0]);
        Assert.InRange(new FileInfo(run.Scratch.PathOf("some.onnx")).Length, computed, computed + 20_000);

        // Sums in another order may round an activation to the neighbouring step, and so turn one image of the hundred.
        Assert.InRange(await Accuracy("some.onnx"), accuracy - 0.01001, accuracy + 0.01001);
    }

    [Fact]
    public async Task Export_Safetensors_AreTheWeightsToBeQuantised()
    {
        var (id, bits, accuracy) = run.Trials[^1];
        await Succeed("export", "run", "--scheme", $"{id}", "--format", "safetensors", "--out", "some.safetensors");

        Assert.Equal(accuracy, await Accuracy("some.safetensors", "--bits", bits));
        Assert.InRange(await Accuracy("some.safetensors"), 0, 1);
        Assert.Contains("\"network\":\"vgg8\"", await Succeed("eval", "run/baseline.safetensors", "--network", "vgg8", "--data", "shapes32-tiny", "--json", "--threads", "1"));
    }

    // Once as the baseline's kernels with fitted series and statistics of their own, once fine-tuned; one layer stays as it is.
    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    public async Task Export_Series_MeasuresWhatTheSearchMeasured(string tasks)
    {
        var finished = await Executable.RunAsync(
            run.Scratch,
            "run", "--workload", "vgg8/shapes32-tiny", "--space", "joint:bezier:2", "--skip", "last", "--recalibrate-bn", "--tasks", tasks, "--budget", "1jobs", "--baseline-epochs", "8", "--threads", "1", "--no-verify", "--json", "--out", $"series{tasks}");
        Assert.True(finished.ExitCode == 0, finished.Error);
        using var report = JsonDocument.Parse(finished.Output);
        var expected = report.RootElement.GetProperty("chosen").GetProperty("accuracy").GetDouble();

        await Succeed("export", $"series{tasks}", "--out", $"series{tasks}.bitcurve");

        Assert.Equal(expected, await Accuracy($"series{tasks}.bitcurve"));
    }

    [Fact]
    public async Task Export_Baseline_StaysInFullPrecision()
    {
        var exported = await Succeed("export", "run", "--scheme", "fp32", "--out", "fp32.bitcurve");

        Assert.Contains("FP32", exported);
        Assert.InRange(new FileInfo(run.Scratch.PathOf("fp32.bitcurve")).Length, 467_688, 480_000);
        Assert.Equal(await Accuracy("run/baseline.safetensors", "--network", "vgg8"), await Accuracy("fp32.bitcurve"));
    }

    [Fact]
    public async Task Export_FileThatExists_IsReplacedOnlyByForce()
    {
        await File.WriteAllTextAsync(run.Scratch.PathOf("taken"), "mine", TestContext.Current.CancellationToken);

        await Refuse("taken: expected no such file, actual one that exists; replace it with --force", "export", "run", "--out", "taken");
        Assert.Equal("mine", await File.ReadAllTextAsync(run.Scratch.PathOf("taken"), TestContext.Current.CancellationToken));
        await Succeed("export", "run", "--out", "taken", "--force");
        Assert.True(new FileInfo(run.Scratch.PathOf("taken")).Length > 10_000);
    }

    [Theory]
    [InlineData("nowhere", "chosen", "nowhere: expected the folder of a 'bitcurve run' with a search.db, actual no such folder")]
    [InlineData(".", "chosen", ".: expected the folder of a 'bitcurve run' with a search.db, actual a folder without")]
    [InlineData("run", "77", "--scheme 77: expected a trial or 8 levels, one for each layer that the search of vgg8/shapes32-tiny chooses for, actual 2 and no trial of that number; measured are ")]
    [InlineData("run", "99", "--scheme: expected chosen, fp32, a trial or its bits (")]
    [InlineData("run", "4444444", "--scheme 4444444: expected a trial or 8 levels")]
    [InlineData("run", "18181818", "--scheme 18181818: expected a measured network (")]
    [InlineData("run", "best", "--scheme: expected chosen, fp32, a trial or its bits (")]
    public async Task Export_WhatIsNotThere_IsOneClearLine(string folder, string scheme, string expected) =>
        await Refuse(expected, "export", folder, "--scheme", scheme, "--out", "never");

    [Fact]
    public async Task Export_WeightsThatWereDeleted_SaysSo()
    {
        var artifacts = new DirectoryInfo(run.Scratch.PathOf("run/artifacts"));
        var kept = run.Scratch.PathOf("kept");
        Directory.Move(artifacts.FullName, kept);
        try
        {
            await Refuse("expected a file below run/artifacts, actual none", "export", "run", "--out", "never");
        }
        finally
        {
            Directory.Move(kept, artifacts.FullName);
        }
    }

    [Fact]
    public async Task Eval_DamagedFiles_AreOneClearLine()
    {
        await Succeed("export", "run", "--out", "whole.bitcurve");
        await Succeed("export", "run", "--format", "onnx", "--out", "whole.onnx");
        var (packed, onnx) = (Read("whole.bitcurve"), Read("whole.onnx"));

        await RefuseFile(packed[..^1], "truncated");
        await RefuseFile(Changed(packed), "checksum");
        await RefuseFile(onnx[..^1], "truncated");
        await RefuseFile(Changed(onnx), "checksum");
        await RefuseFile([], "magic at byte 0: expected the start of a packed, ONNX or safetensors file, actual an empty file");
        await RefuseFile("PK\u0003\u0004 something"u8.ToArray(), "magic at byte 0: expected the start of a packed, ONNX or safetensors file, actual 504B0304");
        await Refuse("none: network: expected a file, actual no such file", "eval", "none", "--data", "shapes32-tiny");
        await Refuse("whole.bitcurve: network: expected resnet8, actual vgg8", "eval", "whole.bitcurve", "--data", "shapes32-tiny", "--network", "resnet8");
        await Refuse("--bits: expected only with a safetensors file", "eval", "whole.onnx", "--data", "shapes32-tiny", "--bits", "44444444");
        await Refuse("unknown data 'mnist'", "eval", "whole.onnx", "--data", "mnist");
        await Refuse("expected the network of run/baseline.safetensors", "eval", "run/baseline.safetensors", "--data", "shapes32-tiny");
        await Refuse("run/baseline.safetensors: ", "eval", "run/baseline.safetensors", "--data", "shapes32-tiny", "--network", "resnet8");
    }

    [Fact]
    public async Task Eval_OtherClasses_AreRefused()
    {
        await Succeed("export", "run", "--out", "shapes.bitcurve");
        Directory.CreateDirectory(run.Scratch.PathOf("cifar"));
        foreach (var name in (string[])["data_batch_1", "data_batch_2", "data_batch_3", "data_batch_4", "data_batch_5", "test_batch"])
        {
            // Records of 1 label byte and 3072 pixels.
            await File.WriteAllBytesAsync(run.Scratch.PathOf($"cifar/{name}.bin"), new byte[3073 * 40], TestContext.Current.CancellationToken);
        }

        await Refuse("shapes.bitcurve: network: expected the classes of ", "eval", "shapes.bitcurve", "--data", "cifar10:cifar");
    }

    [Fact]
    public async Task Eval_OnnxWithoutRuntime_SaysHowToGetIt()
    {
        await Succeed("export", "run", "--format", "onnx", "--out", "lonely.onnx");

        var refused = await Executable.RunAsync(run.Scratch, "/nowhere/at/all", ["eval", "lonely.onnx", "--data", "shapes32-tiny"]);

        AssertRefused(refused, "ONNX Runtime: expected libonnxruntime.so.1 in ONNXRUNTIME", "npm install --ignore-scripts --prefix");
    }

    private byte[] Read(string file) => File.ReadAllBytes(run.Scratch.PathOf(file));

    // A byte in the middle: of the weights.
    private static byte[] Changed(byte[] file)
    {
        var changed = (byte[])file.Clone();
        changed[file.Length / 2] ^= 0x10;
        return changed;
    }

    private async Task<double> Accuracy(string file, params string[] more)
    {
        using var result = JsonDocument.Parse(await Succeed(["eval", file, "--data", "shapes32-tiny", "--split", "validation", "--json", "--threads", "1", .. more]));
        Assert.Equal(100, result.RootElement.GetProperty("images").GetInt32());
        return result.RootElement.GetProperty("accuracy").GetDouble();
    }

    private async Task<string> Succeed(params string[] arguments)
    {
        var finished = await Executable.RunAsync(run.Scratch, arguments);
        Assert.True(finished.ExitCode == 0, finished.Error);
        Assert.Equal("", finished.Error);
        return finished.Output;
    }

    private async Task RefuseFile(byte[] bytes, string expected)
    {
        await File.WriteAllBytesAsync(run.Scratch.PathOf("damaged"), bytes, TestContext.Current.CancellationToken);
        await Refuse(expected, "eval", "damaged", "--data", "shapes32-tiny");
    }

    private async Task Refuse(string expected, params string[] arguments)
    {
        AssertRefused(await Executable.RunAsync(run.Scratch, arguments), expected);
        Assert.False(File.Exists(run.Scratch.PathOf("never")), "a file was written");
    }

    private static void AssertRefused(Finished refused, params string[] expected)
    {
        Assert.Equal(2, refused.ExitCode);
        Assert.Equal("", refused.Output);
        Assert.All(expected, text => Assert.Contains(text, refused.Error));
        Assert.Single(refused.Error.TrimEnd().Split('\n'));
    }
}
