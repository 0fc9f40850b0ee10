using System.Diagnostics;
using System.Runtime.CompilerServices;
using Bitcurve.Models.Data;

namespace Bitcurve.Models.Tests.Data;

/// <summary>Runs samples/imagenet_shards.py on .ppm images, for which Python alone is enough, and loads what it writes.</summary>
public sealed class ImageNetShardsScriptTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Convert_FoldersOfImages_WritesShardsThatLoad()
    {
        RequirePython();
        for (int image = 0; image < 5; image++)
        {
            Write("train", image % 2 == 0 ? "n01" : "n02", $"{image}.ppm", 4, 4, Flat(16, (byte)(10 * image), 2, 3));
        }

        Write("val", "n01", "a.ppm", 4, 4, Flat(16, 100, 2, 3));
        Write("val", "n02", "b.PPM", 4, 4, Flat(16, 200, 2, 3));

        Assert.Equal((0, ""), Convert("--size", "3", "--resize", "4", "--shard", "2"));
        ImageSplits splits = ShardedImages.Load(folder.File("out"));

        Assert.Equal((5, 1, 1), (splits.Train.Count, splits.Validation.Count, splits.Test.Count));
        Assert.Equal((3, 3, 3), (splits.Train.Channels, splits.Train.Height, splits.Train.Width));
        Assert.Equal(["n01", "n02"], splits.Train.ClassNames);
        int[] reds = [.. Enumerable.Range(0, 5).Select(k => (int)splits.Train.Image(k)[0])];
        Assert.Equal([0, 10, 20, 30, 40], reds.Order());
        Assert.Equal(reds.Select(red => red / 10 % 2), splits.Train.Labels);
        Assert.All(Enumerable.Range(0, 5), k => Assert.Equal(Flat(9, 2, 2, 2)[..9], splits.Train.Image(k)[9..18].ToArray()));
        Assert.Equal(
            ["train-00000.safetensors", "train-00001.safetensors", "train-00002.safetensors", "validation-00000.safetensors"],
            Directory.GetFiles(folder.File("out")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Convert_LargerImage_AveragesAreasAndCropsTheCentre()
    {
        RequirePython();
        // 8 x 4 pixels to 4 x 2, of which the middle 2 x 2 stay: each the mean of 2 x 2 pixels.
        byte[] pixels = [.. Enumerable.Range(0, 32).SelectMany(k => new[] { (byte)(k * 7), (byte)k, (byte)(255 - k) })];
        Write("train", "n01", "a.ppm", 8, 4, pixels);
        Write("val", "n01", "a.ppm", 8, 4, pixels);
        Write("val", "n01", "b.ppm", 8, 4, pixels);

        Assert.Equal((0, ""), Convert("--size", "2", "--resize", "2"));
        byte[] image = ShardedImages.Load(folder.File("out")).Train.Image(0).ToArray();

        // Green: columns 2, 3 of rows 0, 1 are 2, 3, 10, 11 with mean 6.5, rounded up; the next block is two more, the next row sixteen.
        Assert.Equal([7, 9, 23, 25], image[4..8]);
        Assert.Equal([46, 60, 158, 172], image[..4]); // red: 7 x 6.5 = 45.5
        Assert.Equal([249, 247, 233, 231], image[8..]); // blue: 255 - 6.5 = 248.5
    }

    [Fact]
    public void Convert_Interrupted_GoesOnWithTheMissingShard()
    {
        RequirePython();
        for (int image = 0; image < 4; image++)
        {
            Write("train", "n01", $"{image}.ppm", 2, 2, Flat(4, (byte)image, 0, 0));
            Write("val", "n01", $"{image}.ppm", 2, 2, Flat(4, (byte)image, 0, 0));
        }

        string[] arguments = ["--size", "2", "--resize", "2", "--shard", "2"];
        Convert(arguments);
        byte[] second = File.ReadAllBytes(folder.File("out/train-00001.safetensors"));
        File.Delete(folder.File("out/train-00001.safetensors"));
        var untouched = File.GetLastWriteTimeUtc(folder.File("out/train-00000.safetensors"));

        Assert.Equal((0, ""), Convert(arguments));
        Assert.Equal(second, File.ReadAllBytes(folder.File("out/train-00001.safetensors")));
        Assert.Equal(untouched, File.GetLastWriteTimeUtc(folder.File("out/train-00000.safetensors")));

        // Other arguments in the same folder would mix two data sets.
        (int code, string error) = Convert("--size", "1", "--resize", "2", "--shard", "2");
        Assert.Equal(2, code);
        Assert.Contains("train-00000.safetensors: expected a shard made with the same arguments", error);
    }

    [Theory]
    [InlineData("P6 2 2 255\n", 11, "pixels at byte 11: expected 12 bytes, actual 11")]
    [InlineData("P5 2 2 255\n", 12, "header at byte 0: expected P6 WIDTH HEIGHT 255, actual b'P5 2 2 255'")]
    [InlineData("P6 2 2", 0, "expected P6 WIDTH HEIGHT 255, actual the end of the file")]
    [InlineData("P6 # never ends", 0, "expected P6 WIDTH HEIGHT 255, actual the end of the file")]
    public void Convert_DamagedImage_NamesFileAndByte(string header, int pixelBytes, string message)
    {
        RequirePython();
        Write("val", "n01", "a.ppm", 2, 2, new byte[12]);
        Directory.CreateDirectory(folder.File("in/train/n01"));
        File.WriteAllBytes(folder.File("in/train/n01/bad.ppm"), [.. header.Select(c => (byte)c), .. new byte[pixelBytes]]);

        (int code, string error) = Convert("--size", "2");

        Assert.Equal(2, code);
        Assert.StartsWith(folder.File("in/train/n01/bad.ppm"), error);
        Assert.Contains(message, error);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public void Convert_FoldersThatDoNotFit_SaysSo()
    {
        RequirePython();
        Write("train", "n01", "a.ppm", 2, 2, new byte[12]);
        Assert.EndsWith("in: expected a folder validation, actual none\n", Convert("--size", "2").Error);
        Write("val", "n01", "a.ppm", 2, 2, new byte[12]);
        Write("val", "n07", "a.ppm", 2, 2, new byte[12]);
        Assert.EndsWith("val: expected the classes of the training images, actual also n07\n", Convert("--size", "2").Error);
    }

    private static byte[] Flat(int pixels, byte red, byte green, byte blue) =>
        [.. Enumerable.Repeat(new[] { red, green, blue }, pixels).SelectMany(pixel => pixel)];

    private static void RequirePython()
    {
        bool found = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(place => File.Exists(Path.Combine(place, "python3")));
        Assert.SkipUnless(found, "python3 is not on the PATH: samples/imagenet_shards.py was not run");
    }

    private void Write(string split, string name, string file, int width, int height, byte[] pixels)
    {
        string place = folder.File($"in/{split}/{name}");
        Directory.CreateDirectory(place);
        File.WriteAllBytes(Path.Combine(place, file), [.. "P6\n# a comment\n"u8, .. System.Text.Encoding.ASCII.GetBytes($"{width} {height}\n255\n"), .. pixels]);
    }

    private (int Code, string Error) Convert(params string[] arguments)
    {
        string script = Path.Combine(SourceFolder(), "../../../samples/imagenet_shards.py");
        var start = new ProcessStartInfo(
            "python3", [script, "--from", folder.File("in"), "--to", folder.File("out"), "--workers", "1", .. arguments])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        // What it prints on the way is short; errors are read first so that neither pipe fills up.
        string error = process.StandardError.ReadToEnd();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, error);
    }

    private static string SourceFolder([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
