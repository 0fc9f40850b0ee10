using System.Text.Json.Nodes;

namespace Bitcurve.EndToEnd.Tests;

/// <summary><c>bitcurve train</c>, <c>experiment</c> and <c>workloads</c>: what trains without a search.</summary>
public sealed class TrainTests : IDisposable
{
    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Fact]
    public async Task Train_SmallWorkload_EndsWithOneLineOfJsonAndLeavesAReport()
    {
        var folder = scratch.PathOf("trained");

        var finished = await TrainAsync(folder, "--workload", "voxnet", "--scale", "small", "--epochs", "2", "--bits", "4");

        Assert.True(finished.ExitCode == 0, finished.Error);
        var result = JsonNode.Parse(finished.Output.Trim().Split('\n')[^1])!;
        Assert.Equal("voxnet/solids@small", result["workload"]!.GetValue<string>());
        Assert.Equal("accuracy", result["metric"]!.GetValue<string>());
        Assert.Equal(2, result["epochs"]!.GetValue<int>());
        Assert.Equal("44", result["quantized"]!["bits"]!.GetValue<string>());
        Assert.InRange(result["value"]!.GetValue<double>(), 0, 1);
        Assert.True(result["test"]!["accuracy"]!.GetValue<double>() >= result["testTrivial"]!.GetValue<double>(), finished.Output);
        Assert.True(File.Exists(Path.Combine(folder, "weights.safetensors")));
        Assert.Contains("on the test split after 2 epochs", await File.ReadAllTextAsync(Path.Combine(folder, "report.html"), TestContext.Current.CancellationToken));
        Assert.Equal(4, (await File.ReadAllLinesAsync(Path.Combine(folder, "log.csv"), TestContext.Current.CancellationToken)).Length);
    }

    [Fact]
    public async Task Train_TheSameCommandAgain_TrainsNothingTwiceAndSaysTheSame()
    {
        var folder = scratch.PathOf("twice");
        string[] arguments = ["--workload", "vgg8/shapes32-tiny", "--epochs", "2"];
        var first = await TrainAsync(folder, arguments);

        var second = await TrainAsync(folder, arguments);

        Assert.Contains("epoch 2 of 2", first.Error);
        Assert.Contains("goes on after epoch 2", second.Error);
        Assert.DoesNotContain("epoch 2 of 2", second.Error);
        Assert.Equal(first.Output, second.Output);
    }

    [Fact]
    public async Task Train_FolderOfAnotherTraining_IsLeftAlone()
    {
        var folder = scratch.PathOf("taken");
        await TrainAsync(folder, "--workload", "vgg8/shapes32-tiny", "--epochs", "1");

        var other = await TrainAsync(folder, "--workload", "vgg8/shapes32-tiny", "--epochs", "1", "--seed", "7");

        Assert.Equal(2, other.ExitCode);
        Assert.Matches("checkpoint: expected vgg8/shapes32-tiny, seed 7, 1 epochs, .* actual vgg8/shapes32-tiny, seed 0", other.Error);
    }

    [Theory]
    [InlineData("train.lock", "train", "--workload", "vgg8/shapes32-tiny", "--epochs", "1", "--out", "held")]
    [InlineData("experiment.lock", "experiment", "dynamic-density", "--epochs", "1", "--out", "held")]
    public async Task FolderInUse_IsLeftAlone(string held, params string[] arguments)
    {
        var folder = scratch.PathOf("held");
        Directory.CreateDirectory(folder);
        using var other = new FileStream(Path.Combine(folder, held), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);

        var finished = await Executable.RunAsync(scratch, [.. arguments[..^1], folder]);

        Assert.Equal(2, finished.ExitCode);
        Assert.Equal($"bitcurve: {folder} is in use by another process. Stop that process first, or choose another folder.", finished.Error.TrimEnd());
        Assert.Equal([Path.Combine(folder, held)], Directory.GetFiles(folder));
    }

    [Theory]
    [InlineData("unknown network 'voxnot': expected one of", "train", "--workload", "voxnot")]
    [InlineData("unknown data 'rooms' for voxnet: expected solids", "train", "--workload", "voxnet/rooms")]
    [InlineData("--scale: expected full or small, actual 'tiny'", "train", "--workload", "voxnet", "--scale", "tiny")]
    [InlineData("unknown workload 'vgg8@small': expected vgg8 without @small, it has one size", "train", "--workload", "vgg8", "--scale", "small")]
    [InlineData("--epochs: expected 1 or more, actual 0", "train", "--workload", "voxnet", "--epochs", "0")]
    [InlineData("--device: expected one of this machine's devices", "train", "--workload", "voxnet", "--device", "tpu")]
    [InlineData("--bits: expected 2 digits, one for each layer of voxnet, or 1 for all, actual 3", "train", "--workload", "voxnet", "--scale", "small", "--epochs", "1", "--bits", "432")]
    [InlineData("/nowhere: ", "train", "--workload", "voxnet/modelnet40:/nowhere")]
    [InlineData("unknown experiment 'onet-everything': expected one of", "experiment", "onet-everything")]
    [InlineData("--seeds: expected 1 or more, actual 0", "experiment", "onet-joint", "--seeds", "0")]
    [InlineData("onet/parts@small: expected a network with convolutions to quantise, actual none", "run", "--workload", "onet/parts@small")]
    public async Task BadInput_IsOneLineAndExitCode2(string expected, params string[] arguments)
    {
        var finished = await Executable.RunAsync(scratch, arguments);

        Assert.Equal(2, finished.ExitCode);
        Assert.StartsWith($"bitcurve: {expected}", finished.Error);
        Assert.Single(finished.Error.TrimEnd().Split('\n'));
        Assert.Empty(finished.Output);
    }

    [Fact]
    public async Task Workloads_AsJson_SayWhereEverySystemComesFromAndWhatItTakes()
    {
        var finished = await Executable.RunAsync(scratch, "workloads", "--json");

        var systems = JsonNode.Parse(finished.Output)!.AsArray().ToDictionary(system => system!["network"]!.GetValue<string>(), system => system!);
        string[] expected =
        [
            "vgg8", "r3d-18", "voxnet", "shapenets3d", "3dmv", "ndf", "vgg13-3d", "vgg16-3d-pseudo3d", "vgg19-3d-depthwise",
            "rec6", "resrec6", "rec16-depthwise", "resrec16", "onet", "onet-image", "rangeudf", "mesh-refine",
        ];
        Assert.Subset(systems.Keys.ToHashSet(), expected.ToHashSet());
        Assert.Equal(["full", "small"], systems["ndf"]["scales"]!.AsArray().Select(scale => scale!.GetValue<string>()));
        Assert.Equal("minimize", systems["ndf"]["metric"]!["goal"]!.GetValue<string>());
        Assert.Equal(11, systems["ndf"]["layers"]!.AsArray().Count);
        Assert.Equal(3, systems["r3d-18"]["layers"]!.AsArray().Count(layer => layer!["sharesWith"] is not null));
        Assert.Empty(systems["onet"]["layers"]!.AsArray());
        Assert.All(systems.Values, system => Assert.Matches("thesis|seed", system["source"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Experiments_AreListedWithTheirTables()
    {
        var finished = await Executable.RunAsync(scratch, "experiment");

        Assert.Equal(0, finished.ExitCode);
        Assert.All(
            (string[])["onet-reconstruction", "onet-frozen", "onet-joint", "onet-parallel", "onet-holdout", "context-features", "context-cross", "context-ablations", "dynamic-density", "conv3d-variants", "bit-order"],
            name => Assert.Contains(name, finished.Output));
    }

    private Task<Finished> TrainAsync(string folder, params string[] arguments) =>
        Executable.RunAsync(scratch, ["train", .. arguments, "--out", folder, "--threads", "1"]);
}
