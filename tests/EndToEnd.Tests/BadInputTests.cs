using Bitcurve.Models.Networks;
using Bitcurve.Models.Weights;

namespace Bitcurve.EndToEnd.Tests;

/// <summary>Every fault of the user: one line on standard error that says what is wrong, exit code 2, nothing written.</summary>
public sealed class BadInputTests : IDisposable
{
    private static readonly string[] Tiny = ["run", "--workload", "vgg8/shapes32-tiny", "--tasks", "0,1", "--baseline-epochs", "2", "--threads", "1", "--no-verify"];

    private readonly Scratch scratch = new();

    public void Dispose() => scratch.Dispose();

    [Theory]
    [InlineData("--workload vgg9/shapes32", "unknown network 'vgg9': expected one of", "vgg8")]
    [InlineData("--workload vgg8/mnist", "unknown data 'mnist' for vgg8: expected", "shapes32")]
    [InlineData("--budget 0epochs", "Budget: expected more than 0, actual 0 epochs", "")]
    [InlineData("--budget -5m", "Budget: expected more than 0", "")]
    [InlineData("--budget 60", "Budget unit: expected one as in", "60epochs")]
    [InlineData("--bits 0..9", "Bits: expected a range within 1..8 such as 2..6, actual '0..9'", "")]
    [InlineData("--bits 5", "Bits: expected a range within 1..8", "actual '5'")]
    [InlineData("--space spline:3", "Space kind: expected bezier or chebyshev, actual 'spline'", "")]
    [InlineData("--space bezier:x", "Space dimension: expected an integer in 1..8, actual 'x'", "")]
    [InlineData("--tasks 0,2,1", "Tasks: expected ascending epochs", "actual '0,2,1'")]
    [InlineData("--tasks 0,one", "Tasks: expected ascending epochs", "actual '0,one'")]
    [InlineData("--strategy magic", "Strategy: expected one of information-gain, mf-mi-greedy, ucb, front-ucb, alternate, hyperband, random, actual 'magic'", "")]
    [InlineData("--kernel rbf", "Kernel: expected one of matern52, se, actual 'rbf'", "")]
    [InlineData("--about everything", "About: expected one of front, function, maximum, actual 'everything'", "")]
    [InlineData("--transform sqrt", "Accuracy transform: expected one of log-loss, none, actual 'sqrt'", "")]
    [InlineData("--threads 0", "--threads: expected 1 or more, actual 0", "")]
    [InlineData("--device cuda:7", "--device: expected one of this machine's devices", "actual 'cuda:7'")]
    [InlineData("--device gpu", "--device: expected one of this machine's devices (cpu", "actual 'gpu'")]
    [InlineData("--weights nowhere.safetensors", "nowhere.safetensors", "")]
    [InlineData("--workload vgg8/cifar10:nowhere", "nowhere", "")]
    [InlineData("--frobnicate", "'--frobnicate'", "--help")]
    [InlineData("--seed many", "Cannot parse argument 'many' for option '--seed': expected a whole number. See 'bitcurve run --help'", "")]
    [InlineData("--rank-by beauty", "for option '--rank-by': expected one of Accuracy, BitOperations, Bits, Effective, Memory.", "")]
    public async Task Run_BadOption_SaysWhatIsExpected(string option, string message, string alsoNamed)
    {
        var finished = await Executable.RunAsync(scratch, ["run", .. option.Split(' ')]);

        AssertRefused(finished, message, alsoNamed);
        Assert.False(Directory.Exists(scratch.PathOf("runs")), "nothing may be written");
    }

    [Fact]
    public async Task UnknownCommand_IsNamed() => AssertRefused(await Executable.RunAsync(scratch, "frobnicate"), "Unrecognized command or argument 'frobnicate'", "bitcurve --help");

    [Fact]
    public async Task Run_TruncatedCifarFile_NamesFileOffsetAndLengths()
    {
        var folder = Directory.CreateDirectory(scratch.PathOf("cifar")).FullName;
        foreach (var name in (string[])["data_batch_1.bin", "data_batch_2.bin", "data_batch_3.bin", "data_batch_4.bin", "data_batch_5.bin", "test_batch.bin"])
        {
            File.WriteAllBytes(Path.Combine(folder, name), new byte[3073 * 2]);
        }

        File.WriteAllBytes(Path.Combine(folder, "data_batch_3.bin"), new byte[3073 + 100]);

        AssertRefused(await Executable.RunAsync(scratch, ["run", "--workload", "resnet18-cifar/cifar10:cifar"]), "data_batch_3.bin", "byte 3073");
    }

    [Fact]
    public async Task Run_WeightsOfAnotherNetwork_NamesTheTensor()
    {
        using (var resnet = NetworkCatalogue.Create("resnet8", 10))
        {
            SafetensorsWriter.Write(scratch.PathOf("resnet8.safetensors"), resnet.named_parameters().Select(p => SafetensorsEntry.FromFloat32(p.name, p.parameter.shape, p.parameter.data<float>().ToArray())));
        }

        AssertRefused(await Executable.RunAsync(scratch, [.. Tiny, "--weights", "resnet8.safetensors"]), "resnet8.safetensors", "weights for vgg8");
        Assert.False(Directory.Exists(scratch.PathOf("runs")));
    }

    [Fact]
    public async Task Run_FolderOfAnotherSearch_NamesTheDifferenceAndLeavesItAlone()
    {
        Assert.Equal(0, (await Executable.RunAsync(scratch, [.. Tiny, "--budget", "2jobs", "--out", "mine"])).ExitCode);
        var before = File.ReadAllBytes(scratch.PathOf("mine/report.json"));

        AssertRefused(await Executable.RunAsync(scratch, [.. Tiny, "--budget", "2jobs", "--out", "mine", "--seed", "4"]), "seed", "actual 4");
        AssertRefused(await Executable.RunAsync(scratch, [.. Tiny, "--budget", "1jobs", "--out", "mine"]), "budget: expected at least 2jobs, actual 1jobs", "");
        Assert.Equal(before, File.ReadAllBytes(scratch.PathOf("mine/report.json")));
    }

    [Fact]
    public async Task Run_FullDisk_SaysSoAndAfterwardsGoesOn()
    {
        using var disk = SmallDisk.MountOrSkip(scratch.PathOf("disk"), megabytes: 2);
        string[] arguments = [.. Tiny, "--budget", "4jobs", "--out", "disk/run"];
        AssertRefused(await Executable.RunAsync(scratch, arguments), "No space left", "Free some space and run again");

        disk.Grow(megabytes: 200);
        var resumed = await Executable.RunAsync(scratch, arguments);

        Assert.True(resumed.ExitCode == 0, resumed.Error);
    }

    private static void AssertRefused(Finished finished, params string[] parts)
    {
        Assert.Equal(2, finished.ExitCode);
        Assert.Equal("", finished.Output);
        var message = Assert.Single(finished.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => !line.StartsWith('['));
        Assert.StartsWith("bitcurve: ", message);
        Assert.All(parts, part => Assert.Contains(part, message));
    }
}
